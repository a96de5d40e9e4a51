import { LoadBalancerProps, MaintenanceOptions, TargetGroup, WebHosts } from "../../../lib";
import { testBalancer, testBalancerWithHosts } from "../../support/balancer";
import { Synthesized, reference } from "../../support/synth";

const maintenance = (props: Partial<MaintenanceOptions> = {}): Partial<LoadBalancerProps> => ({
  maintenance: { active: false, ...props },
});

/** Rules of the listener in the order that they are asked: priority, sources, and the rest of the condition. */
function rules(json: Synthesized): string[] {
  return Object.values(json.resources("aws_lb_listener_rule"))
    .sort((one, other) => one.priority - other.priority)
    .map(({ priority, condition }) => {
      const parts = condition.map((one: Record<string, { values: string[] }>) =>
        Object.entries(one).map(([kind, { values }]) => `${kind}=${values}`),
      );
      return `${priority} ${parts.join(" ")}`;
    });
}

/** What a rule answers itself. */
const GONE = { statusCode: 410 } as const;

describe("maintenance", () => {
  it("is nothing until it is asked for", () => {
    const json = testBalancerWithHosts().tf();
    expect(json.addresses.join()).not.toMatch(/Maintenance|aws_lambda|aws_lb_listener_rule/);
  });

  it("is ready, but not shown, until it is active", () => {
    const { balancer, tf } = testBalancerWithHosts(maintenance());
    const json = tf();
    expect(json.count("aws_lambda_function")).toBe(1);
    expect(json.count("aws_lb_listener_rule")).toBe(0);
    expect(balancer.maintenance!.rule).toBeUndefined();
  });

  it("takes every request once it is active", () => {
    const { balancer, tf } = testBalancerWithHosts(maintenance({ active: true }));
    const { rule: shown, page } = balancer.maintenance!;
    expect(tf().of(shown!)).toMatchObject({
      listener_arn: reference(balancer.listener, "arn"),
      priority: 33_336,
      condition: [{ path_pattern: { values: ["*"] } }],
      action: [{ type: "forward", target_group_arn: reference(page.targetGroup, "arn") }],
      depends_on: [`aws_lb_target_group_attachment.${page.attachment.friendlyUniqueId}`],
    });
  });

  it.each([true, false])("lets addresses through to the hosts, whether active or not: %s", (active) => {
    const allow = ["192.0.2.7", "198.51.100.0/24", "2001:db8::1", "192.0.2.7/32"];
    const { balancer, tf } = testBalancerWithHosts(maintenance({ active, allow }));
    const json = tf();
    expect(rules(json)).toEqual([
      "33329 source_ip=192.0.2.7/32,198.51.100.0/24,2001:db8::1/128",
      ...(active ? ["33336 path_pattern=*"] : []),
    ]);
    const [copy] = Object.values(json.resources("aws_lb_listener_rule")).filter(
      (one) => one.priority === 33_329,
    );
    expect(copy!.action).toEqual([
      { type: "forward", target_group_arn: reference(balancer.targetGroup!.targetGroup, "arn") },
    ]);
  });

  it("lets addresses through to what a balancer without hosts answers", () => {
    const { tf } = testBalancer(maintenance({ allow: ["192.0.2.7"] }));
    expect(tf().only("aws_lb_listener_rule").action[0].type).toBe("fixed-response");
  });

  it("needs several copies for many addresses, as a rule takes five values", () => {
    const allow = Array.from({ length: 7 }, (_, index) => `192.0.2.${index}`);
    const { tf } = testBalancerWithHosts(maintenance({ allow }));
    expect(rules(tf())).toEqual([
      "33329 source_ip=192.0.2.0/32,192.0.2.1/32,192.0.2.2/32,192.0.2.3/32,192.0.2.4/32",
      "33330 source_ip=192.0.2.5/32,192.0.2.6/32",
    ]);
    expect(tf().addresses.filter((address) => address.startsWith("aws_lb_listener_rule"))).toEqual([
      expect.stringMatching(/Maintenance_DefaultAction_Copy-1_/),
      expect.stringMatching(/Maintenance_DefaultAction_Copy-2_/),
    ]);
  });

  it("copies rules in their order, before the page and after nothing but earlier copies", () => {
    const { balancer, tf } = testBalancer(maintenance({ active: true, allow: ["192.0.2.7", "192.0.2.8"] }));
    balancer.addFixedResponse("Late", { hosts: ["api.example.com"], priority: 2000, ...GONE });
    balancer.addFixedResponse("Early", { paths: ["/a", "/b", "/c", "/d"], priority: 1, ...GONE });
    expect(rules(tf())).toEqual([
      "1 path_pattern=/a,/b,/c,/d source_ip=192.0.2.7/32",
      "2 path_pattern=/a,/b,/c,/d source_ip=192.0.2.8/32",
      "3999 host_header=api.example.com source_ip=192.0.2.7/32,192.0.2.8/32",
      "33329 source_ip=192.0.2.7/32,192.0.2.8/32",
      "33336 path_pattern=*",
      "33337 path_pattern=/a,/b,/c,/d",
      "35336 host_header=api.example.com",
    ]);
  });

  it("gives every rule a number behind the page, and every copy one before it, up to the last", () => {
    const { balancer, tf } = testBalancer(maintenance({ active: true, allow: ["192.0.2.7", "192.0.2.8"] }));
    const paths = ["/a", "/b", "/c", "/d"];
    balancer.addFixedResponse("Last", { paths, priority: 16_664, ...GONE });
    balancer.addFixedResponse("Own", { hosts: ["example.com"], ...GONE });
    const numbers = rules(tf()).map((rule) => Number(rule.split(" ")[0]));
    expect(numbers).toHaveLength(7);
    expect(new Set(numbers).size).toBe(7);
    expect(numbers.slice(1, 3)).toEqual([33_327, 33_328]);
    expect(numbers.at(-1)).toBe(50_000);
  });

  it("moves no copy when a rule comes in between", () => {
    const numbers = (between: boolean) => {
      const { balancer, tf } = testBalancer(maintenance({ allow: ["192.0.2.7"] }));
      balancer.addFixedResponse("A", { hosts: ["a.example.com"], ...GONE });
      if (between) balancer.addFixedResponse("B", { hosts: ["b.example.com"], ...GONE });
      balancer.addFixedResponse("C", { hosts: ["c.example.com"], ...GONE });
      const { byAddress } = tf();
      return Object.entries(byAddress)
        .filter(([address]) => address.startsWith("aws_lb_listener_rule."))
        .map(([address, { priority }]) => `${address} ${priority}`);
    };
    expect(numbers(true)).toEqual(expect.arrayContaining(numbers(false)));
    expect(numbers(true)).toHaveLength(numbers(false).length + 2);
  });

  it("copies a rule that has addresses of its own for those that are in both", () => {
    const allow = ["192.0.2.0/24", "10.1.2.3", "2001:db8::/32"];
    const { balancer, tf } = testBalancer(maintenance({ allow }));
    const sourceIps = ["192.0.2.128/25", "10.0.0.0/8", "2001:db8:1::/48"];
    balancer.addFixedResponse("Office", { sourceIps, priority: 1, ...GONE });
    balancer.addFixedResponse("Others", { sourceIps: ["172.16.0.0/12"], priority: 2, ...GONE });
    expect(rules(tf())).toEqual([
      "1 source_ip=192.0.2.128/25,10.1.2.3/32,2001:db8:1::/48",
      "33329 source_ip=192.0.2.0/24,10.1.2.3/32,2001:db8::/32",
      "33337 source_ip=192.0.2.128/25,10.0.0.0/8,2001:db8:1::/48",
      "33338 source_ip=172.16.0.0/12",
    ]);
  });

  it("lets its copies of a rule do what the rule does from now on", () => {
    const { balancer, stack, network, tf } = testBalancer(maintenance({ allow: ["192.0.2.7"] }));
    const hosts = (id: string) => new WebHosts(stack, id, { network });
    const rule = balancer.addTargets("Api", { target: hosts("Api"), hosts: ["api.example.com"] });
    const canary = rule.forwardTo(hosts("Canary"), { key: "Canary", weight: 10 });
    const json = tf();
    const [copy] = Object.entries(json.resources("aws_lb_listener_rule"))
      .filter(([name]) => name.includes("LetThrough_Api"))
      .map(([, config]) => config);
    const arn = (group: TargetGroup) => reference(group.targetGroup, "arn");
    expect(copy!.action[0].forward.target_group.map((one: { arn: string }) => one.arn)).toEqual([
      arn(rule.targetGroup),
      arn(canary),
    ]);
    expect(copy!.action).toEqual(json.of(rule.rule).action);
  });

  it.each([
    ["says nothing of as many rules as AWS allows, copies and the page's included", 49, 0],
    ["warns of more rules than AWS allows, copies and the page's included", 50, 1],
  ])("%s", (_, count, warnings) => {
    const { balancer } = testBalancer(maintenance({ allow: ["192.0.2.7"] }));
    for (let index = 1; index <= count; index++) {
      balancer.addFixedResponse(`Rule-${index}`, { paths: [`/${index}`], priority: index, ...GONE });
    }
    const said = balancer.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
    expect(said.filter((text) => text.includes("more than 100 rules"))).toHaveLength(warnings);
  });

  it("copies nothing where nobody is let through", () => {
    const { balancer, tf } = testBalancer(maintenance());
    balancer.addFixedResponse("Gone", { paths: ["/old"], ...GONE });
    expect(tf().count("aws_lb_listener_rule")).toBe(1);
  });
});
