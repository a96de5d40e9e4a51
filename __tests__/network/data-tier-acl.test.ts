import { Fn, TerraformVariable } from "cdktf";
import { Network, NetworkProps } from "../../lib";
import { Config, ZONES, reference, synth, testStack } from "../support/synth";

function network(props: Partial<NetworkProps> = {}, stack = testStack()) {
  const made = new Network(stack, "Network", { availabilityZones: ZONES, ...props });
  return { stack, made, tf: () => synth(stack) };
}

const acl = (tf: ReturnType<typeof synth>): Config => tf.only("aws_network_acl");

/** What the ACL lets through, as "in 10.0.64.0/21". */
function allowed(tf: ReturnType<typeof synth>): string[] {
  const { ingress, egress } = acl(tf);
  const blocks = (direction: string, rules: Config[]) =>
    rules.map((rule) => `${direction} ${rule.cidr_block}`);
  return [...blocks("in", ingress), ...blocks("out", egress)];
}

/** Numbers of rules by their blocks. */
function numbers(tf: ReturnType<typeof synth>): Record<string, number> {
  const { ingress, egress } = acl(tf);
  expect(ingress).toEqual(egress);
  return Object.fromEntries(ingress.map((rule: Config) => [rule.cidr_block, rule.rule_no]));
}

describe("the data tier's network ACL", () => {
  it("lets TCP through between hosts and databases, and among databases, in both directions", () => {
    const { tf } = network();
    expect(allowed(tf())).toEqual([
      "in 10.0.64.0/21",
      "in 10.0.72.0/21",
      "in 10.0.128.0/21",
      "in 10.0.136.0/21",
      "out 10.0.64.0/21",
      "out 10.0.72.0/21",
      "out 10.0.128.0/21",
      "out 10.0.136.0/21",
    ]);
  });

  it("lets nothing else through: no other protocol, no low port, no IPv6, and denies nothing by a rule", () => {
    const { ingress, egress } = acl(network({ ipv6: true }).tf());
    expect(ingress).toHaveLength(4);
    for (const rule of [...ingress, ...egress]) {
      expect(rule).toMatchObject({ protocol: "tcp", from_port: 1024, to_port: 65535, action: "allow" });
      expect(rule.ipv6_cidr_block).toBeNull();
    }
  });

  it("is around the data subnets, and around no other", () => {
    const { made, tf } = network();
    expect(acl(tf())).toMatchObject({
      vpc_id: reference(made.vpc, "id"),
      subnet_ids: ZONES.map((zone) => reference(made.dataTier.subnets[zone]!, "id")),
      tags: { Name: "shop/Network/DataTierAcl" },
    });
  });

  it("numbers rules by the letters of zones, whatever else there is", () => {
    const { tf } = network({
      availabilityZones: ["eu-west-1c", "eu-west-1a", "eu-west-1b"],
      dataTierAcl: { clients: { office: "192.168.0.0/16" } },
    });
    const all = numbers(tf());
    expect(all).toMatchObject({
      "10.0.64.0/21": 100,
      "10.0.72.0/21": 101,
      "10.0.80.0/21": 102,
      "10.0.128.0/21": 200,
      "10.0.136.0/21": 201,
      "10.0.144.0/21": 202,
    });
    expect(all).toMatchObject(numbers(network().tf()));
  });

  it("numbers clients, and zones whose keys end in no letter of their own, by their keys alone", () => {
    const blocks = (first: number) => ({
      "first-1a": `10.0.${first}.0/24`,
      "second-1a": `10.0.${first + 1}.0/24`,
    });
    const availabilityZones = { "first-1a": "eu-west-1a", "second-1a": "eu-west-1b" };
    const subnetCidrs = { public: blocks(0), application: blocks(10), data: blocks(20) };
    const of = (clients: Record<string, string>) =>
      numbers(network({ availabilityZones, subnetCidrs, dataTierAcl: { clients } }).tf());
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
    expect(
      allowed(tf())
        .filter((rule) => rule.startsWith("in"))
        .sort(),
    ).toEqual([
      "in ${cidrsubnet(var.cidr, 4, 1)}",
      "in ${cidrsubnet(var.cidr, 5, 16)}",
      "in ${cidrsubnet(var.cidr, 5, 17)}",
      "in ${cidrsubnet(var.cidr, 5, 8)}",
      "in ${cidrsubnet(var.cidr, 5, 9)}",
    ]);
  });

  it("is left out when it is not wanted", () => {
    const { made, tf } = network({ dataTierAcl: false });
    expect(tf().count("aws_network_acl")).toBe(0);
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
});

function manyClients(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`c${index}`, `172.16.${index}.0/24`]),
  );
}
