import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import { Connections, Peer } from "../../firewall";
import { canonicalAddress } from "../../firewall/address-block";
import { PropChecks, isKnown } from "../../validation";
import { NamedTargets, checkAddresses, checkNames, targetKey } from "./named-targets";
import {
  ILoadBalancerTarget,
  TargetAddressType,
  TargetGroupRoute,
  TargetProtocol,
  TargetType,
} from "./target-group";

/** What a balancer needs to know of targets that somebody else looks after. */
export interface ExistingTargetsOptions {
  /** TCP port that requests are sent to. */
  readonly port: number;

  /**
   * What requests are sent over.
   *
   * @default "HTTP"
   */
  readonly protocol?: TargetProtocol;

  /** Path that tells whether the application is healthy. @default "/" */
  readonly healthCheckPath?: string;

  /**
   * Security group of the targets, which the balancer is let out to. The group itself stays as it is: it has to
   * let the balancer in. For groups whose rules are to be made here too, there is `connections`.
   */
  readonly securityGroupId?: string;

  /**
   * The targets' own connections, in which the balancer is let in: `new Connections(scope, { securityGroupIds })`.
   */
  readonly connections?: Connections;
}

/** What a balancer needs to know of addresses. */
export interface ExistingAddressesOptions extends ExistingTargetsOptions {
  /**
   * Security group of the addresses, where they have one.
   *
   * @default - the balancer is let out to the addresses themselves
   */
  readonly securityGroupId?: string;

  /**
   * Whether the addresses are outside of the VPC: reached through peering, a VPN or Direct Connect, in one of the
   * ranges for private use. They get requests from all zones of the balancer, so not with `crossZone: false`.
   *
   * @default false
   */
  readonly outsideVpc?: boolean;

  /**
   * Kind of the addresses; a target group holds only one.
   *
   * @default - from the addresses; "ipv4" where those are known only after deploy
   */
  readonly ipAddressType?: TargetAddressType;
}

/** How targets of one kind are checked and registered. */
interface Kind {
  readonly targetType: TargetType;
  readonly ipAddressType?: TargetAddressType;
  readonly peer?: Peer;
  check(checks: PropChecks, targetGroup: LbTargetGroup, route?: TargetGroupRoute): void;
  register(place: Construct, targetGroupArn: string): void;
}

/**
 * Targets that exist already, behind a balancer: `balancer.forwardTo(targets)`. Each is registered by a resource
 * of its own, keyed by what it is, so that adding, removing or renaming one moves no other.
 *
 * @throws InvalidPropError when a balancer forwards to them: for ids and addresses that are none, names that are
 * used twice, IPv4 beside IPv6, and targets without anything that the balancer could be let out to.
 */
export class ExistingTargets implements ILoadBalancerTarget {
  /**
   * EC2 instances, by names of your own.
   *
   * @example
   * ExistingTargets.instances(
   *   { "web-1": "i-0123456789abcdef0", "web-2": "i-0fedcba9876543210" },
   *   { port: 8080, securityGroupId: "sg-0123456789abcdef0" },
   * );
   */
  public static instances(instanceIds: NamedTargets, options: ExistingTargetsOptions): ExistingTargets {
    return new ExistingTargets(options, {
      targetType: "instance",
      check: (checks) => {
        checkNames(checks, "instances", instanceIds);
        for (const [name, id] of Object.entries(instanceIds)) {
          checks.matches(`instances.${name}`, id, /^i-[0-9a-z]+$/, {
            allowed: "the id of an instance, as in i-0123456789abcdef0",
            remedy: "Instances are listed by: aws ec2 describe-instances.",
          });
        }
      },
      register: (place, targetGroupArn) => attachAll(place, targetGroupArn, instanceIds),
    });
  }

  /**
   * Addresses, by names of your own: all IPv4 or all IPv6.
   *
   * @example
   * ExistingTargets.ips({ "rack-1": "192.168.10.11" }, { port: 8080, outsideVpc: true });
   */
  public static ips(addresses: NamedTargets, options: ExistingAddressesOptions): ExistingTargets {
    const { outsideVpc } = options;
    const known = Object.values(addresses).find(isKnown);
    const ipAddressType = options.ipAddressType ?? (known?.includes(":") ? "ipv6" : "ipv4");
    return new ExistingTargets(options, {
      targetType: "ip",
      ipAddressType,
      peer: Peer.all(
        ...Object.entries(addresses).map(([name, address]) => {
          // Two targets may have the same names, but not the same addresses.
          const key = isKnown(address) ? undefined : name;
          return ipAddressType === "ipv6"
            ? Peer.ipv6(`${spelled(address)}/128`, key)
            : Peer.ipv4(`${address}/32`, key);
        }),
      ),
      check: (checks, targetGroup, route) => {
        checkNames(checks, "ips", addresses);
        checkAddresses(checks, addresses, ipAddressType, {
          outsideVpc,
          cidrBlock: route?.network?.cidrBlock,
        });
        checks.require(!outsideVpc || targetGroup.loadBalancingCrossZoneEnabledInput !== "false", {
          prop: "outsideVpc",
          value: outsideVpc,
          allowed: "false with crossZone: false",
          remedy:
            "Addresses outside of the VPC are in no zone, so each one gets requests from all: leave crossZone out.",
        });
      },
      register: (place, targetGroupArn) =>
        attachAll(place, targetGroupArn, addresses, outsideVpc ? "all" : undefined),
    });
  }

  /**
   * The instances of an Auto Scaling group, as they come and go. The group's own configuration must not name
   * target groups (`target_group_arns`), or the two take each other's away.
   *
   * @param name name of the group in AWS
   */
  public static autoScalingGroup(name: string, options: ExistingTargetsOptions): ExistingTargets {
    return new ExistingTargets(options, {
      targetType: "instance",
      check: (checks) => {
        const allowed = "the name of an Auto Scaling group, up to 255 characters";
        const remedy = "Groups are listed by: aws autoscaling describe-auto-scaling-groups.";
        checks.given("autoScalingGroup", name, allowed, remedy);
        checks.matches("autoScalingGroup", name, /^[^:]{1,255}$/, { allowed, remedy });
      },
      register: (place, lbTargetGroupArn) => {
        new AutoscalingAttachment(place, "AutoScalingGroup", {
          autoscalingGroupName: name,
          lbTargetGroupArn,
        });
      },
    });
  }

  public readonly port: number;
  public readonly protocol?: TargetProtocol;
  public readonly healthCheckPath?: string;
  public readonly targetType: TargetType;
  public readonly ipAddressType?: TargetAddressType;
  public readonly connections?: Connections;
  public readonly peer?: Peer;

  private constructor(
    private readonly options: ExistingTargetsOptions,
    private readonly kind: Kind,
  ) {
    const { port, protocol, healthCheckPath, connections, securityGroupId } = options;
    this.port = port;
    this.protocol = protocol;
    this.healthCheckPath = healthCheckPath;
    this.targetType = kind.targetType;
    this.ipAddressType = kind.ipAddressType;
    this.connections = connections;
    if (securityGroupId !== undefined) this.peer = Peer.securityGroup(securityGroupId);
    else if (!connections) this.peer = kind.peer;
  }

  public attachToTargetGroup(targetGroup: LbTargetGroup, route?: TargetGroupRoute): void {
    const place = targetGroup.node.scope as Construct;
    const checks = new PropChecks(place);
    this.kind.check(checks, targetGroup, route);
    const { securityGroupId, connections } = this.options;
    checks.require(this.peer !== undefined || connections !== undefined, {
      prop: "securityGroupId",
      value: securityGroupId,
      allowed: "the targets' security group, or connections in its place",
      remedy: 'Say what the balancer is to be let out to: securityGroupId: "sg-0123456789abcdef0".',
    });
    checks.require(securityGroupId === undefined || connections === undefined, {
      prop: "securityGroupId",
      value: securityGroupId,
      allowed: "nothing beside connections, which have the targets' security groups",
      remedy: "Leave out one of them.",
    });
    this.kind.register(place, targetGroup.arn);
  }
}

function attachAll(
  place: Construct,
  targetGroupArn: string,
  targets: NamedTargets,
  availabilityZone?: string,
): void {
  for (const [name, target] of Object.entries(targets)) {
    // Two resources must never have one target: the first one that goes takes it out, whatever the other one says.
    new LbTargetGroupAttachment(place, `Target-${targetKey(name, target)}`, {
      targetGroupArn,
      targetId: spelled(target),
      availabilityZone,
      // Where the group is replaced, the targets are in the new one before they leave the old one.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

function spelled(target: string): string {
  return isKnown(target) ? canonicalAddress(target) : target;
}
