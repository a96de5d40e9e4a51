import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Connections, Firewall, Peer, Port } from "../../lib";
import { synth, testApp, testStack } from "../support/synth";

const network = { vpcId: "vpc-1" };
const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

function ends(stack = testStack()) {
  const application = new Firewall(stack, "App", {
    network,
    description: "app",
    defaultPort: Port.tcp(8080),
  });
  const database = new Firewall(stack, "Db", { network, description: "db", defaultPort: Port.tcp(5432) });
  return { stack, application, database };
}

/** Short names of rules: without the hash that CDKTF adds. */
function names(stack: TerraformStack, type: string): string[] {
  return Object.keys(synth(stack).resources(type)).map((name) => name.replace(/_[0-9A-F]{8}$/, ""));
}

describe("Connections", () => {
  it("opens both ends of a connection, on one port", () => {
    const { stack, application, database } = ends();
    database.connections.allowDefaultPortFrom(application);
    const json = synth(stack);
    const [app, db] = [application, database].map(
      (one) => `\${aws_security_group.${one.securityGroup.friendlyUniqueId}.id}`,
    );
    expect(json.only(INGRESS)).toMatchObject({
      security_group_id: db,
      referenced_security_group_id: app,
      from_port: 5432,
      to_port: 5432,
      ip_protocol: "tcp",
    });
    expect(json.only(EGRESS)).toMatchObject({
      security_group_id: app,
      referenced_security_group_id: db,
      from_port: 5432,
      to_port: 5432,
    });
  });

  it("keys rules by who talks to whom, so that another connection moves none", () => {
    const { stack, application, database } = ends();
    database.connections.allowFrom(Peer.ipv4("10.9.0.0/16"), Port.tcpRange(8000, 8010));
    database.connections.allowDefaultPortFrom(application);
    expect(names(stack, INGRESS)).toEqual(["Db_from-10-9-0-0-16-tcp-8000-8010", "Db_from-App-tcp-5432"]);
  });

  it("is the same said twice, or from either end", () => {
    const { stack, application, database } = ends();
    database.connections.allowDefaultPortFrom(application);
    database.connections.allowDefaultPortFrom(application);
    application.connections.allowToDefaultPort(database);
    application.connections.allowTo(database, Port.tcp(5432));
    const json = synth(stack);
    expect([json.count(INGRESS), json.count(EGRESS)]).toEqual([1, 1]);
  });

  it("makes one rule of what is said under two keys", () => {
    const { stack, application } = ends();
    application.connections.allowTo(Peer.ANY_IPV4, Port.HTTPS);
    application.connections.allowTo(Peer.ipv4("0.0.0.0/0"), Port.HTTPS);
    application.connections.allowTo(Peer.ipv4("0.0.0.0/0", "world"), Port.tcp(443, "https"));
    expect(synth(stack).count(EGRESS)).toBe(1);
  });

  it("makes both rules where the connection is said", () => {
    const { stack, application, database } = ends();
    application.connections.allowToDefaultPort(database);
    expect([names(stack, EGRESS), names(stack, INGRESS)]).toEqual([
      ["App_to-Db-tcp-5432"],
      ["App_into-Db-tcp-5432"],
    ]);
  });

  it("lets addresses, prefix lists and foreign groups in and out on its own side only", () => {
    const { stack, application } = ends();
    application.connections.allowFrom(Peer.anywhere({ ipv6: true }), Port.HTTPS);
    application.connections.allowFrom(Peer.prefixList("pl-0123"), Port.HTTPS);
    application.connections.allowFrom(Peer.securityGroup("sg-0123"), Port.HTTPS);
    application.connections.allowTo(Peer.ipv6("2001:db8::/32"), Port.udp(53));
    const json = synth(stack);
    expect(
      Object.values(json.resources(INGRESS)).map(
        (rule) =>
          rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.prefix_list_id ?? rule.referenced_security_group_id,
      ),
    ).toEqual(expect.arrayContaining(["0.0.0.0/0", "::/0", "pl-0123", "sg-0123"]));
    expect(json.only(EGRESS)).toMatchObject({
      cidr_ipv6: "2001:db8::/32",
      ip_protocol: "udp",
      from_port: 53,
    });
  });

  it("connects ends in different stacks, with all rules in the stack of the end that is reached", () => {
    const app = testApp();
    const first = ends(testStack("first", app));
    const second = ends(testStack("second", app));
    second.database.connections.allowDefaultPortFrom(first.application);
    second.database.connections.allowDefaultPortFrom(second.application);
    expect(synth(first.stack).count(INGRESS)).toBe(0);
    expect(names(second.stack, INGRESS).sort()).toEqual([
      "Db_from-App-tcp-5432",
      "Db_from-first-App-tcp-5432",
    ]);
    app.synth();
    const needs = (stack: TerraformStack) => stack.dependencies.map((one) => one.node.id);
    expect([needs(first.stack), needs(second.stack)]).toEqual([[], ["first"]]);
  });

  it("takes in security groups that somebody else made, several of one end as well", () => {
    const { stack, application } = ends();
    const groups = ["one", "two"].map((id) => new SecurityGroup(stack, id, { vpcId: "vpc-1" }));
    const legacy = new Connections(stack, {
      securityGroupIds: groups.map((group) => group.id),
      name: "legacy",
    });
    application.connections.allowDefaultPortFrom(legacy);
    legacy.allowFrom(application, Port.HTTPS);
    const json = synth(stack);
    expect(json.count(INGRESS)).toBe(4);
    expect(json.count(EGRESS)).toBe(4);
  });

  it("keeps several ends of one scope apart by their names", () => {
    const { stack, database } = ends();
    const use = (id: string, name?: string) =>
      new Connections(stack, { securityGroupIds: [id], name }).allowToDefaultPort(database);
    use("sg-0a", "first");
    use("sg-0b", "second");
    expect(names(stack, EGRESS).sort()).toEqual(["first_to-Db-tcp-5432", "second_to-Db-tcp-5432"]);
    use("sg-0c");
    expect(() => use("sg-0d")).toThrow("the name of your Connections");
  });

  it("names a security group of another account", () => {
    const { stack, database } = ends();
    database.connections.allowDefaultPortFrom(Peer.securityGroup("123456789012/sg-0123456789abcdef0"));
    expect(synth(stack).only(INGRESS).referenced_security_group_id).toBe("123456789012/sg-0123456789abcdef0");
  });

  it("takes ports that are known only after deploy, and tells two of them apart by their keys", () => {
    const { stack, application, database } = ends();
    const port = new TerraformVariable(stack, "port", { type: "number" });
    database.connections.allowFrom(application, Port.tcp(port.numberValue));
    expect(synth(stack).only(INGRESS).from_port).toBe("${var.port}");
    const other = new TerraformVariable(stack, "other", { type: "number" });
    expect(() => database.connections.allowFrom(application, Port.tcp(other.numberValue))).toThrow(
      "Allowed: connections whose peers and ports have different keys",
    );
    database.connections.allowFrom(application, Port.tcp(other.numberValue, "other"));
    expect(synth(stack).count(INGRESS)).toBe(2);
  });
});

describe("Firewall", () => {
  it("lets nothing in or out by itself, and can be replaced and deleted", () => {
    const { stack, application } = ends();
    const config = synth(stack).of(application.securityGroup);
    expect(config).toMatchObject({
      lifecycle: { create_before_destroy: true },
      revoke_rules_on_delete: true,
      name_prefix: "shop-App-",
    });
    expect(config.ingress).toBeUndefined();
    expect(config.egress).toBeUndefined();
  });
});
