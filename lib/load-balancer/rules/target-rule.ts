import { Construct } from "constructs";
import { PropChecks } from "../../validation";
import { withDefaults, withoutPath } from "../targets/target-defaults";
import {
  ILoadBalancerTarget,
  TargetGroup,
  TargetGroupOptions,
  checkTargetGroupOptions,
} from "../targets/target-group";
import {
  ForwardOptions,
  WeightedTargets,
  WeightedTargetsOptions,
  checkWeightedTargets,
} from "../targets/weighted-targets";
import { ListenerRule, ListenerRuleProps, RuleOptions } from "./listener-rule";

/** Which requests go to a target of their own, and how. */
export interface TargetRuleOptions extends RuleOptions, ForwardOptions, WeightedTargetsOptions {
  /** Where the requests go. */
  readonly target: ILoadBalancerTarget;
}

export interface TargetRuleProps extends TargetRuleOptions, ListenerRuleProps {
  /** What the balancer's target groups have that say nothing else. */
  readonly defaults: TargetGroupOptions;
}

/** A rule that sends requests to a target, or shares them between several. */
export class TargetRule extends ListenerRule {
  private readonly targets: WeightedTargets;

  public constructor(scope: Construct, id: string, props: TargetRuleProps) {
    super(scope, id, props);
    const { target, key, weight, listener, targetGroupStickiness, defaults, ...options } = props;
    const checks = new PropChecks(this);
    const own = withDefaults<TargetGroupOptions>(options, withoutPath(defaults));
    checkTargetGroupOptions(checks, own);
    checkWeightedTargets(checks, props);
    this.targets = new WeightedTargets(this, {
      listener,
      targetGroupStickiness,
      authenticates: options.authenticate !== undefined,
      defaults: own,
      route: (forward) => this.act(forward),
    });
    this.targets.forwardTo(target, { key, weight });
  }

  /** The target group that the rule was made with. */
  public get targetGroup(): TargetGroup {
    return this.targets.targetGroups[0]!;
  }

  /** All target groups that share the rule's requests. */
  public get targetGroups(): readonly TargetGroup[] {
    return this.targets.targetGroups;
  }

  /**
   * Sends a share of the rule's requests to a further target; deploy it with weight 0 first, and take it away in
   * the same two steps.
   *
   * @param options a key and a weight, and what differs from the rule's own options
   */
  public forwardTo(target: ILoadBalancerTarget, options: ForwardOptions = {}): TargetGroup {
    return this.targets.forwardTo(target, options);
  }
}
