import { Fn, TerraformVariable, Testing } from "cdktf";
import { Network, NetworkProps } from "../../lib";
import { Config, ZONES, reference, synth, testStack } from "../support/synth";

function network(props: Partial<NetworkProps> = {}, stack = testStack()) {
  const made = new Network(stack, "Network", { availabilityZones: ZONES, ...props });
  return { stack, made, tf: () => synth(stack) };
}

/** What the ACL lets through, as "in 10.0.64.0/21". */
function allowed(tf: ReturnType<typeof synth>): string[] {
  return Object.values(tf.resources("aws_network_acl_rule"))
    .map((rule) => `${rule.egress ? "out" : "in"} ${rule.cidr_block}`)
    .sort();
}

function numbers(made: Network, tf: ReturnType<typeof synth>): Record<string, number> {
  const rules = Object.entries(made.dataTierAcl!.rules).filter(([key]) => key.startsWith("from-"));
  return Object.fromEntries(rules.map(([key, rule]) => [key.slice(5), tf.of(rule).rule_number]));
}

describe("the data tier's network ACL", () => {
  it("lets TCP through between hosts and databases, and among databases, in both directions", () => {
    const { tf } = network();
    expect(allowed(tf())).toEqual([
      "in 10.0.128.0/21",
      "in 10.0.136.0/21",
      "in 10.0.64.0/21",
      "in 10.0.72.0/21",
      "out 10.0.128.0/21",
      "out 10.0.136.0/21",
      "out 10.0.64.0/21",
      "out 10.0.72.0/21",
    ]);
  });

  it("lets nothing else through: no other protocol, no low port, no IPv6, and denies nothing by a rule", () => {
    const rules = Object.values(network({ ipv6: true }).tf().resources("aws_network_acl_rule"));
    expect(rules).toHaveLength(8);
    for (const rule of rules) {
      expect(rule).toMatchObject({ protocol: "tcp", from_port: 1024, to_port: 65535, rule_action: "allow" });
      expect(rule.ipv6_cidr_block).toBeUndefined();
    }
  });

  it("is around the data subnets, and around no other", () => {
    const { made, tf } = network();
    const json = tf();
    const acl = json.only("aws_network_acl");
    expect(acl.vpc_id).toBe(reference(made.vpc, "id"));
    expect(acl.ingress ?? acl.egress ?? acl.subnet_ids).toBeUndefined();
    const subnets = Object.values(json.resources("aws_network_acl_association")).map((one) => one.subnet_id);
    expect(subnets).toEqual(ZONES.map((zone) => reference(made.dataTier.subnets[zone]!, "id")));
  });

  it("takes subnets in when all its rules are there, so that no connection is cut meanwhile", () => {
    const { made, tf } = network();
    const rules = Object.values(made.dataTierAcl!.rules).map(
      (rule) => `aws_network_acl_rule.${rule.friendlyUniqueId}`,
    );
    for (const association of Object.values(tf().resources("aws_network_acl_association"))) {
      expect(association.depends_on.sort()).toEqual(rules.sort());
    }
  });

  it("numbers rules by the letters of zones, whatever else there is", () => {
    const { made, tf } = network({
      availabilityZones: ["eu-west-1c", "eu-west-1a", "eu-west-1b"],
      dataTierAcl: { clients: { office: "192.168.0.0/16" } },
    });
    const few = network();
    const all = numbers(made, tf());
    expect(all).toMatchObject({
      "application-eu-west-1a": 100,
      "application-eu-west-1b": 101,
      "application-eu-west-1c": 102,
      "data-eu-west-1a": 200,
      "data-eu-west-1c": 202,
    });
    expect(all).toMatchObject(numbers(few.made, few.tf()));
  });

  it("numbers clients, and zones whose keys end in no letter of their own, by their keys alone", () => {
    const blocks = (first: number) => ({
      "first-1a": `10.0.${first}.0/24`,
      "second-1a": `10.0.${first + 1}.0/24`,
    });
    const availabilityZones = { "first-1a": "eu-west-1a", "second-1a": "eu-west-1b" };
    const subnetCidrs = { public: blocks(0), application: blocks(10), data: blocks(20) };
    const of = (clients: Record<string, string>) => {
      const { made, tf } = network({ availabilityZones, subnetCidrs, dataTierAcl: { clients } });
      return numbers(made, tf());
    };
    const before = of({ office: "192.168.0.0/16" });
    const after = of({ branch: "172.16.0.0/24", office: "192.168.0.0/16" });
    expect(after).toMatchObject(before);
    expect(new Set(Object.values(after)).size).toBe(6);
    for (const number of Object.values(after)) {
      expect(number).toBeGreaterThanOrEqual(1000);
      expect(number).toBeLessThanOrEqual(32766);
    }
  });

  it("has a rule in each direction for every client", () => {
    const { tf } = network({ dataTierAcl: { clients: { office: "192.168.0.0/16" } } });
    expect(allowed(tf()).filter((rule) => rule.includes("192.168"))).toEqual([
      "in 192.168.0.0/16",
      "out 192.168.0.0/16",
    ]);
  });

  it("takes blocks that are known only after deploy", () => {
    const stack = testStack();
    const cidr = new TerraformVariable(stack, "cidr", { type: "string" });
    const { tf } = network(
      {
        cidrBlock: cidr.stringValue,
        dataTierAcl: { clients: { peer: Fn.cidrsubnet(cidr.stringValue, 4, 1) } },
      },
      stack,
    );
    expect(allowed(tf()).filter((rule) => rule.startsWith("in"))).toEqual([
      "in ${cidrsubnet(var.cidr, 4, 1)}",
      "in ${cidrsubnet(var.cidr, 5, 16)}",
      "in ${cidrsubnet(var.cidr, 5, 17)}",
      "in ${cidrsubnet(var.cidr, 5, 8)}",
      "in ${cidrsubnet(var.cidr, 5, 9)}",
    ]);
  });

  it("is left out when it is not wanted", () => {
    const { made, tf } = network({ dataTierAcl: false });
    const types = ["aws_network_acl", "aws_network_acl_rule", "aws_network_acl_association"];
    expect(types.map((type) => tf().count(type))).toEqual([0, 0, 0]);
    expect(made.dataTierAcl).toBeUndefined();
  });

  it("says when it has more rules than AWS allows unless asked", () => {
    const warnings = (count: number) => {
      const { made } = network({ dataTierAcl: { clients: manyClients(count) } });
      return made.dataTierAcl!.node.metadata.map((entry) => entry.data as string);
    };
    expect(warnings(15)).toEqual([]);
    expect(warnings(16)).toEqual([expect.stringContaining("20 rules in each direction")]);
  });

  it("passes the checks of Checkov and Trivy for network ACLs, as far as those look at one resource", () => {
    const { stack } = network({ dataTierAcl: { clients: { office: "192.168.0.0/16" } } });
    const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Config };
    for (const rule of Object.values<Config>(resource.aws_network_acl_rule)) {
      // CKV_AWS_352 and AWS-0102: no rule for all ports; CKV_AWS_229 to 232 and AWS-0105: nobody from anywhere.
      expect([rule.from_port, rule.protocol]).toEqual([1024, "tcp"]);
      expect(rule.cidr_block).not.toMatch(/\/0$/);
    }
  });
});

function manyClients(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`c${index}`, `172.16.${index}.0/24`]),
  );
}
