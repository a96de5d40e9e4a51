import { LetThroughRule, LoadBalancerProps, MaintenanceOptions } from "../../../lib";
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

const rule = (key: string, priority: number, conditions: LetThroughRule["conditions"]): LetThroughRule => ({
  key,
  priority,
  conditions,
  actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
});

describe("maintenance", () => {
  it("is nothing until it is asked for", () => {
    const json = testBalancerWithHosts().tf();
    for (const type of ["aws_lambda_function", "aws_lb_listener_rule", "aws_cloudwatch_log_group"]) {
      expect(json.count(type)).toBe(0);
    }
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
      priority: 500,
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
      "491 source_ip=192.0.2.7/32,198.51.100.0/24,2001:db8::1/128",
      ...(active ? ["500 path_pattern=*"] : []),
    ]);
    const [copy] = Object.values(json.resources("aws_lb_listener_rule")).filter(
      (one) => one.priority === 491,
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
      "491 source_ip=192.0.2.0/32,192.0.2.1/32,192.0.2.2/32,192.0.2.3/32,192.0.2.4/32",
      "492 source_ip=192.0.2.5/32,192.0.2.6/32",
    ]);
    expect(tf().addresses.filter((address) => address.startsWith("aws_lb_listener_rule"))).toEqual([
      expect.stringMatching(/Maintenance_DefaultAction_Copy-1_/),
      expect.stringMatching(/Maintenance_DefaultAction_Copy-2_/),
    ]);
  });

  it("copies rules in their order, before the default action, with room between them", () => {
    const { balancer, tf } = testBalancer(maintenance({ active: true, allow: ["192.0.2.7", "192.0.2.8"] }));
    const paths = { pathPattern: { values: ["/a", "/b", "/c", "/d"] } };
    balancer.maintenance!.letThrough(rule("late", 2000, [{ hostHeader: { values: ["api.example.com"] } }]));
    balancer.maintenance!.letThrough(rule("early", 1000, [paths]));
    const json = tf();
    expect(rules(json)).toEqual([
      "1 path_pattern=/a,/b,/c,/d source_ip=192.0.2.7/32",
      "2 path_pattern=/a,/b,/c,/d source_ip=192.0.2.8/32",
      "6 host_header=api.example.com source_ip=192.0.2.7/32,192.0.2.8/32",
      "491 source_ip=192.0.2.7/32,192.0.2.8/32",
      "500 path_pattern=*",
    ]);
  });

  it("copies a rule that has addresses of its own for those that are in both", () => {
    const allow = ["192.0.2.0/24", "10.1.2.3", "2001:db8::/32"];
    const { balancer, tf } = testBalancer(maintenance({ allow }));
    const values = ["192.0.2.128/25", "10.0.0.0/8", "2001:db8:1::/48"];
    balancer.maintenance!.letThrough(rule("office", 1000, [{ sourceIp: { values } }]));
    balancer.maintenance!.letThrough(rule("others", 1010, [{ sourceIp: { values: ["172.16.0.0/12"] } }]));
    expect(rules(tf())[0]).toBe("1 source_ip=192.0.2.128/25,10.1.2.3/32,2001:db8:1::/48");
    expect(rules(tf())).toHaveLength(2);
  });

  it("lets its copies of a rule do what the rule does from now on", () => {
    const { balancer, tf } = testBalancer(maintenance({ allow: ["192.0.2.7"] }));
    const first = balancer.maintenance!.letThrough(rule("api", 1000, []));
    const actions = [{ type: "redirect", redirect: { path: "/new", statusCode: "HTTP_302" } }];
    expect(balancer.maintenance!.letThrough({ ...rule("api", 1000, []), actions })).toBe(first);
    expect(tf().of(first[0]!).action[0].type).toBe("redirect");
    expect(rules(tf())).toHaveLength(2);
  });

  it("copies nothing where nobody is let through", () => {
    const { balancer, tf } = testBalancer(maintenance());
    expect(balancer.maintenance!.letThrough(rule("api", 1000, []))).toEqual([]);
    expect(tf().count("aws_lb_listener_rule")).toBe(0);
  });
});
