import { TerraformVariable } from "cdktf";
import { LoadBalancerProps, Network, Peer } from "../../lib";
import { plan } from "../../lib/testing";
import { DOMAIN, testBalancer, testBalancerWithHosts } from "../support/balancer";
import { Synthesized, ZONES, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

const LIST = "pl-0123456789abcdef0";

/** Who gets in at which port, as "0.0.0.0/0 443". */
function admitted(tf: Synthesized): string[] {
  return Object.entries(tf.resources("aws_vpc_security_group_ingress_rule"))
    .filter(([name]) => name.startsWith("LoadBalancer"))
    .map(([, rule]) => `${rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.prefix_list_id} ${rule.from_port}`)
    .sort();
}

function dualStack(props: Partial<LoadBalancerProps>) {
  const stack = testStack();
  const network = new Network(stack, "Network", { availabilityZones: ZONES, ipv6: true });
  return testBalancer({ network, ...props }, stack);
}

describe("a balancer that speaks HTTPS only", () => {
  it("listens on no other port, and lets nobody in to one", () => {
    const { balancer, tf } = testBalancer({ httpRedirect: false });
    expect(tf().only("aws_lb_listener")).toMatchObject({ port: 443, protocol: "HTTPS" });
    expect(balancer.redirectListener).toBeUndefined();
    expect(admitted(tf())).toEqual(["0.0.0.0/0 443"]);
  });

  it("is still found by HTTPS", () => {
    const { balancer } = testBalancer({ httpRedirect: false });
    expect(balancer.url).toMatch(/^https:/);
    expect(testBalancer({ httpRedirect: false, domain: DOMAIN }).balancer.url).toBe(
      "https://shop.example.com",
    );
    expect(testBalancer({ plainHttp: true }).balancer.url).toMatch(/^http:/);
  });

  it("has clients of the user's own", () => {
    const clients = [Peer.ipv4("192.0.2.0/24")];
    expect(admitted(testBalancer({ httpRedirect: false, clients }).tf())).toEqual(["192.0.2.0/24 443"]);
  });

  it("is what it was where the redirect is asked for", () => {
    expect(testBalancer({ httpRedirect: true }).tf().json).toEqual(testBalancer().tf().json);
  });

  it("shows its maintenance page all the same", () => {
    const { tf } = testBalancer({ httpRedirect: false, maintenance: { active: true } });
    expect(tf().count("aws_lb_listener_rule")).toBe(1);
  });
});

describe("a balancer for CloudFront only", () => {
  const lists = (tf: Synthesized) =>
    Object.values<{ name: string }>(tf.json.data?.aws_ec2_managed_prefix_list ?? {})
      .map(({ name }) => name)
      .sort();

  it("admits CloudFront's addresses, which are looked up by name, to one port", () => {
    const { balancer, tf } = testBalancer({ cloudFrontOnly: true });
    const json = tf();
    expect(lists(json)).toEqual(["com.amazonaws.global.cloudfront.origin-facing"]);
    expect(admitted(json)).toEqual([
      expect.stringMatching(
        /^\$\{data\.aws_ec2_managed_prefix_list\.LoadBalancer_Firewall_CloudFront_\w+\.id\} 443$/,
      ),
    ]);
    expect(balancer.redirectListener).toBeUndefined();
  });

  it("admits them over IPv6 too where it has IPv6, and over that alone where it has nothing else", () => {
    expect(lists(dualStack({ cloudFrontOnly: true }).tf())).toEqual([
      "com.amazonaws.global.cloudfront.origin-facing",
      "com.amazonaws.global.ipv6.cloudfront.origin-facing",
    ]);
    const ipAddressType = "dualstack-without-public-ipv4" as const;
    expect(lists(dualStack({ cloudFrontOnly: true, ipAddressType }).tf())).toEqual([
      "com.amazonaws.global.ipv6.cloudfront.origin-facing",
    ]);
  });

  it("needs no account where the list is named", () => {
    const { tf } = testBalancer({ cloudFrontOnly: { prefixListId: LIST } });
    expect(admitted(tf())).toEqual([`${LIST} 443`]);
    expect(tf().json.data).toBeUndefined();
  });

  it("takes a list that is known only after deploy", () => {
    const stack = testStack();
    const list = new TerraformVariable(stack, "list", { type: "string" }).stringValue;
    const { tf } = testBalancer({ cloudFrontOnly: { prefixListId: list } }, stack);
    expect(admitted(tf())).toEqual(["${var.list} 443"]);
  });

  it("may answer CloudFront over plain HTTP, where that is asked for", () => {
    const { tf } = testBalancer({ cloudFrontOnly: { prefixListId: LIST }, plainHttp: true });
    expect(admitted(tf())).toEqual([`${LIST} 80`]);
  });

  it("admits everyone where it is off", () => {
    expect(testBalancer({ cloudFrontOnly: false }).tf().json).toEqual(testBalancer().tf().json);
  });
});

describeWhere(terraformProblem(), "a balancer for CloudFront only, planned,", () => {
  it("finds the list of CloudFront's addresses", async () => {
    const { stack } = testBalancerWithHosts({ cloudFrontOnly: true });
    const planned = await plan(stack);
    const rules = planned.created.filter(({ type }) => type === "aws_vpc_security_group_ingress_rule");
    const ofList = rules.map((rule) => rule.after!.prefix_list_id).filter(Boolean);
    expect(ofList).toEqual([expect.any(String)]);
  });
});
