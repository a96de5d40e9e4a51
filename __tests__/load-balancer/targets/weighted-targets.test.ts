import { App, Testing } from "cdktf";
import { reference } from "../../support/synth";
import { TestTarget, testBalancer } from "../../support/balancer";

describe("weighted targets", () => {
  it("are forwarded to plainly where there is one, whatever its weight", () => {
    const { balancer, target, tf } = testBalancer();
    const group = balancer.forwardTo(target, { weight: 90 });
    expect(tf().of(balancer.listener).default_action).toEqual([
      { type: "forward", target_group_arn: reference(group.targetGroup, "arn") },
    ]);
  });

  it("share requests behind the balancer, and leave the first group where it was", () => {
    const alone = testBalancer();
    alone.balancer.forwardTo(alone.target);
    const { balancer, target, tf } = testBalancer();
    const group = balancer.forwardTo(target, { weight: 90 });
    const canary = balancer.forwardTo(new TestTarget(), { key: "Canary", weight: 10 });
    const json = tf();
    expect(json.of(balancer.listener).default_action).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: reference(group.targetGroup, "arn"), weight: 90 },
            { arn: reference(canary.targetGroup, "arn"), weight: 10 },
          ],
          stickiness: { enabled: false, duration: 1 },
        },
      },
    ]);
    expect(json.addresses.filter((address) => !alone.tf().addresses.includes(address))).toEqual([
      `aws_lb_target_group.${canary.targetGroup.friendlyUniqueId}`,
    ]);
    expect(balancer.targetGroups).toEqual([group, canary]);
    expect(balancer.targetGroup).toBe(group);
  });

  it("share the requests of a rule, and have its options", () => {
    const { balancer, target, tf } = testBalancer();
    const rule = balancer.addTargets("Api", { target, paths: ["/api/*"], deregistrationDelay: 5 });
    const canary = rule.forwardTo(new TestTarget(), { key: "Canary", weight: 10 });
    const json = tf();
    expect(json.of(rule.rule).action[0].forward.target_group).toEqual([
      { arn: reference(rule.targetGroup.targetGroup, "arn"), weight: 100 },
      { arn: reference(canary.targetGroup, "arn"), weight: 10 },
    ]);
    expect(json.of(canary.targetGroup).deregistration_delay).toBe("5");
  });

  it("keep clients where they were first, when told to", () => {
    const { balancer, target, tf } = testBalancer({ targetGroupStickiness: 3600 });
    balancer.forwardTo(target);
    balancer.forwardTo(target, { key: "Green", weight: 0 });
    const rule = balancer.addTargets("Api", { target, paths: ["/api/*"], targetGroupStickiness: 60 });
    rule.forwardTo(target, { key: "Green", weight: 0 });
    const json = tf();
    const stickiness = (actions: any) => actions[0].forward.stickiness;
    expect(stickiness(json.of(balancer.listener).default_action)).toEqual({ enabled: true, duration: 3600 });
    expect(stickiness(json.of(rule.rule).action)).toEqual({ enabled: true, duration: 60 });
  });

  it("keep clients with a host of the target that answered first", () => {
    const { balancer, target, tf } = testBalancer({ targetGroupStickiness: 3600, stickiness: {} });
    balancer.forwardTo(target);
    balancer.forwardTo(target, { key: "Green", weight: 1 });
    const groups = Object.values(tf().resources("aws_lb_target_group"));
    expect(groups.map(({ stickiness }) => stickiness.enabled)).toEqual([true, true]);
  });

  it("have keys that stay when the first one goes: blue, then both, then green", () => {
    const { balancer, target, tf } = testBalancer();
    const group = balancer.forwardTo(target, { key: "Green" });
    expect(group.node.id).toBe("Targets-Green");
    expect(tf().only("aws_lb_target_group").name_prefix).toBe("web-");
  });

  it("are refused at synthesis when none of them gets requests", () => {
    const { stack, balancer, target } = testBalancer();
    balancer.forwardTo(target, { weight: 0 });
    expect(() => (stack.node.root as App).synth()).toThrow(
      "shop/LoadBalancer: weight is 0. Allowed: a number above 0 for one of the targets",
    );
    balancer.forwardTo(target, { key: "Green", weight: 1 });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});
