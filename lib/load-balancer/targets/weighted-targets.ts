import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Port } from "../../firewall";
import { pathBelow } from "../../naming";
import { InvalidPropError, PropChecks, isKnown } from "../../validation";
import { Listener } from "../listener";
import { Action } from "../rules/listener-rules";
import { WEEK } from "../seconds";
import { watchTargets } from "../watching";
import { checkProtocolVersionOfListener, checkProtocolVersionOfTarget } from "./protocol-version";
import { withDefaults } from "./target-defaults";
import { ILoadBalancerTarget, TargetGroup, TargetGroupOptions } from "./target-group";

/** What differs for one of the targets that requests go to. */
export interface ForwardOptions extends TargetGroupOptions {
  /**
   * Part of the address of the target group, which tells targets beside each other apart: `Targets-Canary`. A
   * letter or digit, then letters, digits and hyphens.
   *
   * @default - none, for one of them: `Targets`
   */
  readonly key?: string;

  /**
   * Share of the requests, 0 to 999, relative to the other targets: of 90 and 10, the second one gets a tenth; of
   * 100, which one has that says none, and 10, an eleventh.
   * Needed beside another target.
   *
   * @default 100
   */
  readonly weight?: number;
}

/** What can be chosen where several targets share the requests. */
export interface WeightedTargetsOptions {
  /**
   * Seconds that a client stays with the target that answered it first, 1 to 604800, where there are several. Needed
   * where one of them has `stickiness`, and deployed before it: AWS looks at each when it changes the other.
   *
   * @default - each request goes where the weights say
   */
  readonly targetGroupStickiness?: number;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_TARGET_GROUPS = 5;
const DEFAULT_WEIGHT = 100;

interface WeightedTarget {
  readonly key?: string;
  readonly weight: number;
  readonly targetGroup: TargetGroup;
  /** Whether clients stay with one host of the group. */
  readonly isSticky: boolean;
}

export interface WeightedTargetsProps extends WeightedTargetsOptions {
  readonly listener: Listener;
  /** Whether users sign in before they are forwarded. */
  readonly authenticates: boolean;
  /** What targets have that say nothing else. */
  readonly defaults: TargetGroupOptions;
  /** What is down while none of the targets can answer. @default - one of several applications */
  readonly siteDown?: string;
  /** Sends requests on, from now on so; returns what does it. */
  readonly route: (forward: Action) => ITerraformDependable;
}

/**
 * The targets behind one action, each in a target group of its own with a share of the requests. A single one is
 * forwarded to plainly; a second one turns the action into a weighted one, and leaves the first group in place.
 */
export class WeightedTargets {
  private readonly targets: WeightedTarget[] = [];

  /** @param scope what the target groups are made under */
  public constructor(
    private readonly scope: Construct,
    private readonly props: WeightedTargetsProps,
  ) {
    scope.node.addValidation({ validate: () => this.findings() });
  }

  /** The groups, as they were added. */
  public get targetGroups(): readonly TargetGroup[] {
    return this.targets.map(({ targetGroup }) => targetGroup);
  }

  /** Sends a share of the requests to a target, or all of them, and lets the balancer reach its port. */
  public forwardTo(target: ILoadBalancerTarget, options: ForwardOptions): TargetGroup {
    const { listener, defaults } = this.props;
    const { key, weight, ...groupOptions } = options;
    const something = "hosts, or another target";
    new PropChecks(this.scope).given(
      "target",
      target,
      something,
      "Say where the requests go: forwardTo(hosts).",
    );
    const own = withDefaults<TargetGroupOptions>(groupOptions, defaults);
    this.check(target, options, own);
    const targetGroup = new TargetGroup(this.scope, key === undefined ? "Targets" : `Targets-${key}`, {
      ...own,
      network: listener.network,
      port: target.port,
      protocol: target.protocol,
      targetType: target.targetType,
      ipAddressType: target.ipAddressType,
      healthCheck: {
        ...(target.healthCheckPath !== undefined && { path: target.healthCheckPath }),
        ...own.healthCheck,
      },
    });
    const isSticky = own.stickiness !== undefined;
    this.targets.push({ key, weight: weight ?? DEFAULT_WEIGHT, targetGroup, isSticky });
    const routedBy = this.props.route(this.action);
    const { loadBalancerArnSuffix, network, watchlist } = listener;
    watchlist.add(
      ...watchTargets({
        key: pathBelow(watchlist.owner, targetGroup),
        targetGroupArnSuffix: targetGroup.targetGroup.arnSuffix,
        loadBalancerArnSuffix,
        // Who gets no requests stands in for nobody.
        siteDown: weight === 0 ? undefined : this.props.siteDown,
      }),
    );
    target.attachToTargetGroup(targetGroup.targetGroup, { loadBalancerArnSuffix, routedBy, network });
    new PropChecks(this.scope).require(target.connections !== undefined || target.peer !== undefined, {
      prop: "target",
      value: undefined,
      allowed: "a target that has connections, or a peer",
      remedy: "Say what the balancer is to be let out to: peer: Peer.securityGroup(id).",
    });
    const port = Port.tcp(target.port);
    if (target.connections) target.connections.allowFrom(listener, port);
    if (target.peer) listener.connections.allowTo(target.peer, port);
    return targetGroup;
  }

  private get action(): Action {
    const [first, ...others] = this.targets;
    if (others.length === 0) return { type: "forward", targetGroupArn: first!.targetGroup.arn };
    const duration = this.props.targetGroupStickiness;
    return {
      type: "forward",
      forward: {
        targetGroup: this.targets.map(({ targetGroup, weight }) => ({ arn: targetGroup.arn, weight })),
        // What is left out stays as it was, and a duration is needed even where it means nothing.
        stickiness: { enabled: duration !== undefined, duration: duration ?? 1 },
      },
    };
  }

  private check(
    target: ILoadBalancerTarget,
    { key, weight }: ForwardOptions,
    { protocolVersion, stickiness }: TargetGroupOptions,
  ): void {
    const { listener, authenticates, targetGroupStickiness } = this.props;
    const checks = new PropChecks(this.scope);
    checkProtocolVersionOfTarget(checks, protocolVersion, target.protocolVersions);
    const { http2 } = listener;
    const https = listener.listens.protocol === "HTTPS";
    checkProtocolVersionOfListener(checks, protocolVersion, { https, http2, authenticates });
    checkAddressTypes(checks, target, listener);
    const another = 'as in forwardTo(canary, { key: "Canary", weight: 10 })';
    checks.require(isKnown(key) ? /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(key) : key === undefined, {
      prop: "key",
      value: key,
      allowed:
        "a letter or digit, then letters, digits and hyphens, known now, since it is part of an address",
      remedy: `Give it a word, ${another}.`,
    });
    checks.require(!this.targets.some((one) => one.key === key), {
      prop: "key",
      value: key,
      allowed: "a key of its own for each target beside another one",
      remedy: `Give this one a key and a share of the requests, ${another}; or put all hosts into one target.`,
    });
    checks.require(this.targets.length === 0 || weight !== undefined, {
      prop: "weight",
      value: weight,
      allowed: "a whole number from 0 to 999 for a target beside another one",
      remedy: `Say its share of the requests, ${another}, and that of the first, { weight: 90 }: one that says none has 100.`,
    });
    checks.integer("weight", weight, { min: 0, max: 999 }, "Shares are relative: 90 and 10, or 1 and 3.");
    const isSticky = stickiness !== undefined || this.targets.some((one) => one.isSticky);
    checks.require(this.targets.length === 0 || targetGroupStickiness !== undefined || !isSticky, {
      prop: "targetGroupStickiness",
      value: targetGroupStickiness,
      allowed: "a number of seconds where one of several targets has stickiness",
      remedy:
        "AWS refuses clients that stay with a host but not with its target group. Deploy targetGroupStickiness: 3600 first.",
    });
    checks.require(this.targets.length < MAX_TARGET_GROUPS, {
      prop: "forwardTo",
      value: target.connections?.name ?? key,
      allowed: `up to ${MAX_TARGET_GROUPS} targets that share requests`,
      remedy: "Remove those that get none any more.",
    });
  }

  /** Only when all are there can it be said that nobody gets requests. */
  private findings(): string[] {
    const weights = this.targets.map(({ weight }) => weight);
    if (weights.length === 0 || weights.some((weight) => !isKnown(weight) || weight > 0)) return [];
    const problem = {
      prop: "weight",
      value: 0,
      allowed: "a number above 0 for one of the targets that share requests",
      remedy: "Give the one that is to get them a weight: forwardTo(hosts, { weight: 100 }).",
    };
    return [new InvalidPropError(this.scope, problem).message];
  }
}

function checkAddressTypes(checks: PropChecks, target: ILoadBalancerTarget, listener: Listener): void {
  const { ipAddressType } = target;
  checks.require(ipAddressType !== "ipv6" || listener.ipAddressType !== "ipv4", {
    prop: "target.ipAddressType",
    value: ipAddressType,
    allowed: '"ipv4" behind a balancer whose ipAddressType is "ipv4"',
    remedy: 'In a network with IPv6, a balancer is of ipAddressType: "dualstack".',
  });
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html */
export function checkWeightedTargets(checks: PropChecks, options: WeightedTargetsOptions): void {
  const range = { min: 1, max: WEEK, unit: "seconds" };
  checks.integer("targetGroupStickiness", options.targetGroupStickiness, range, "An hour is 3600.");
}
