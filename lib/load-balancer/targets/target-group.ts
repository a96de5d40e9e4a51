import { ITerraformDependable } from "cdktf";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { Connections, Peer } from "../../firewall";
import { nameTag } from "../../naming";
import { INetwork } from "../../network";
import { PropChecks } from "../../validation";
import { DAY } from "../seconds";
import { DistributionOptions, checkDistribution } from "./distribution";
import { HealthCheckOptions, checkHealthCheck, completeHealthCheck } from "./health-check";
import { ProtocolVersion, checkProtocolVersion } from "./protocol-version";
import { TargetHealthOptions, checkTargetHealth, targetHealth } from "./target-health";

/** What spreads requests over a target group, as its targets need to know it. */
export interface TargetGroupRoute {
  /** The end of the balancer's ARN, as CloudWatch names it: `app/web-1234/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: string;
  /** The listener or the rule that sends requests to the group; metrics of both exist only after it. */
  readonly routedBy?: ITerraformDependable;
  /** The network that the group is in. */
  readonly network?: Pick<INetwork, "cidrBlock">;
}

/** Something that can stand behind a load balancer: hosts, or your own construct. */
export interface ILoadBalancerTarget {
  /** TCP port that requests are sent to. */
  readonly port: number;
  /**
   * What requests are sent over.
   *
   * @default "HTTP"
   */
  readonly protocol?: TargetProtocol;
  /** Path that tells whether the application is healthy, where it has one. */
  readonly healthCheckPath?: string;
  /**
   * Versions of the protocol that the target speaks.
   *
   * @default - not known: whatever the target group is told
   */
  readonly protocolVersions?: readonly ProtocolVersion[];
  /**
   * What is registered: instances by their ids, or addresses.
   *
   * @default "instance"
   */
  readonly targetType?: TargetType;
  /**
   * Kind of the addresses that are registered, where `targetType` is `ip`.
   *
   * @default "ipv4"
   */
  readonly ipAddressType?: TargetAddressType;
  /** Whose firewall lets the balancer in; one of `connections` and `peer` is needed. */
  readonly connections?: Connections;
  /** What the balancer is let out to, where somebody else looks after the target's firewall. */
  readonly peer?: Peer;
  /** Registers the target. */
  attachToTargetGroup(targetGroup: LbTargetGroup, route?: TargetGroupRoute): void;
}

/** What requests are sent to hosts over. */
export type TargetProtocol = "HTTP" | "HTTPS";

/** What a target group holds. */
export type TargetType = "instance" | "ip";

/** Kind of the addresses in a target group. */
export type TargetAddressType = "ipv4" | "ipv6";

/** What can be chosen about the spreading of requests over hosts. */
export interface TargetGroupOptions extends DistributionOptions {
  /** How the balancer finds out whether a host can take requests. */
  readonly healthCheck?: HealthCheckOptions;

  /**
   * Seconds that a host may go on with requests in progress after it was taken out, 0 to 3600.
   *
   * @default 60
   */
  readonly deregistrationDelay?: number;

  /**
   * Whether each zone's part of the balancer sends requests to the hosts of all zones. Otherwise each zone has to
   * carry its own requests, which keeps traffic between zones, and its price, away from large answers. Not with
   * `stickiness`.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /** How many hosts have to be healthy, and what happens when they are fewer. */
  readonly targetHealth?: TargetHealthOptions;

  /**
   * What hosts speak. Changing it replaces the target group.
   *
   * @default "HTTP1"
   */
  readonly protocolVersion?: ProtocolVersion;
}

export interface TargetGroupProps extends TargetGroupOptions {
  readonly network: Pick<INetwork, "vpcId">;
  /** TCP port that requests are sent to. */
  readonly port: number;

  /**
   * What requests and health checks are sent over. Certificates of hosts are not verified by AWS. Changing it
   * replaces the target group.
   *
   * @default "HTTP"
   */
  readonly protocol?: TargetProtocol;

  /**
   * What is registered: instances by their ids, or addresses. Changing it replaces the group.
   *
   * @default "instance"
   */
  readonly targetType?: TargetType;

  /**
   * Kind of the addresses, with the target type `ip`. Changing it replaces the group.
   *
   * @default "ipv4"
   */
  readonly ipAddressType?: TargetAddressType;
}

const DEFAULT_DEREGISTRATION_DELAY = 60;

/**
 * The hosts that requests are spread over, and how. `LoadBalancer` makes its own; use this one behind a
 * balancer that exists already.
 *
 * @throws InvalidPropError for numbers out of AWS's ranges, and for settings that exclude each other.
 */
export class TargetGroup extends Construct {
  public readonly targetGroup: LbTargetGroup;

  public constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const checks = new PropChecks(this);
    checkTargetGroupOptions(checks, props);
    checks.given(
      "port",
      props.port,
      "a whole number from 1 to 65535",
      "Use the port the application listens on.",
    );
    checks.integer("port", props.port, { min: 1, max: 65535 }, "Use the port the application listens on.");
    checkTargetKind(checks, props);
    this.targetGroup = this.createTargetGroup(props);
  }

  /** ARN of the target group, for a listener's forward action. */
  public get arn(): string {
    return this.targetGroup.arn;
  }

  private createTargetGroup(props: TargetGroupProps): LbTargetGroup {
    const { distribution = "round_robin", stickiness, anomalyMitigation } = props;
    const { protocol = "HTTP", protocolVersion = "HTTP1", targetType = "instance" } = props;
    return new LbTargetGroup(this, "TargetGroup", {
      vpcId: props.network.vpcId,
      // A target group in use can't be deleted, so its successor must be able to stand beside it.
      namePrefix: "web-",
      lifecycle: { createBeforeDestroy: true },
      port: props.port,
      protocol,
      protocolVersion,
      targetType,
      ipAddressType: props.ipAddressType,
      loadBalancingAlgorithmType: distribution,
      // What is left out stays as it was: Terraform can only switch off what says so.
      loadBalancingAnomalyMitigation: anomalyMitigation ? "on" : "off",
      slowStart: props.slowStart ?? 0,
      deregistrationDelay: String(props.deregistrationDelay ?? DEFAULT_DEREGISTRATION_DELAY),
      stickiness: {
        enabled: stickiness !== undefined,
        type: stickiness?.cookieName === undefined ? "lb_cookie" : "app_cookie",
        cookieDuration: stickiness?.duration ?? DAY,
        cookieName: stickiness?.cookieName,
      },
      loadBalancingCrossZoneEnabled: props.crossZone === false ? "false" : "true",
      targetGroupHealth: targetHealth(props.targetHealth ?? {}),
      healthCheck: { ...completeHealthCheck(props.healthCheck ?? {}, protocolVersion), protocol },
      tags: nameTag(this),
    });
  }
}

/** Checks what doesn't depend on the target, so that a balancer without one is checked as well. */
export function checkTargetGroupOptions(checks: PropChecks, options: TargetGroupOptions): void {
  checkDistribution(checks, options);
  checkProtocolVersion(checks, options.protocolVersion);
  checkHealthCheck(checks, options.healthCheck ?? {}, options.protocolVersion);
  checkTargetHealth(checks, options.targetHealth ?? {});
  const range = { min: 0, max: 3600, unit: "seconds" };
  const remedy = "Give it as long as your longest request takes.";
  checks.integer("deregistrationDelay", options.deregistrationDelay, range, remedy);
  checks.require(options.crossZone !== false || options.stickiness === undefined, {
    prop: "crossZone",
    value: options.crossZone,
    allowed: "true with stickiness",
    remedy: "Leave one of them out: a client may come back through another zone.",
  });
}

function checkTargetKind(checks: PropChecks, props: TargetGroupProps): void {
  const { protocol, targetType, ipAddressType } = props;
  checks.oneOf("protocol", protocol, ["HTTP", "HTTPS"], "Use what the application speaks.");
  checks.oneOf("targetType", targetType, ["instance", "ip"], "Leave it out for instances.");
  checks.oneOf("ipAddressType", ipAddressType, ["ipv4", "ipv6"], "Leave it out for IPv4.");
  checks.require(ipAddressType === undefined || targetType === "ip", {
    prop: "ipAddressType",
    value: ipAddressType,
    allowed: 'nothing unless targetType is "ip"',
    remedy: "Leave it out.",
  });
}
