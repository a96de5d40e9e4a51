import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { Connections } from "../firewall";
import { Watchlist } from "../monitoring";
import { INetwork } from "../network";
import { PropChecks, isKnown } from "../validation";
import { LoadBalancerBase } from "./load-balancer-base";
import { RULES_AFTER } from "./maintenance";
import {
  IpAddressType,
  PlacementOptions,
  RecordType,
  checkAddressType,
  defaultAddressType,
  recordTypes,
} from "./placement";
import { ListenerRules } from "./rules/listener-rules";
import { ListenerPort } from "./rules/redirect";
import { TargetGroupOptions, checkTargetGroupOptions } from "./targets/target-group";
import { LoadBalancerThresholds } from "./watching";

/** An application load balancer that exists already, and what new target groups behind it have. */
export interface LoadBalancerAttributes extends TargetGroupOptions {
  /**
   * ARN of the listener that gets rules, as in `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/…`.
   * Rules that it has already keep their priorities; where one has a number from 1000 that a rule here gets, or
   * is to come before or after it, the rule here needs a `priority`. Numbers that follow from rules follow from the
   * stack and this construct too, so that those of two stacks differ, but for one pair in 372. Where a `LoadBalancer`
   * of this library has the listener, say so by `behindMaintenance`.
   */
  readonly listenerArn: string;

  /**
   * Whether the listener is that of a `LoadBalancer` of this library: rules get numbers behind its maintenance page,
   * as its own do, or they would go on answering during maintenance. `priority` is then 1 to 16664.
   *
   * Such rules have no copies for those whom `maintenance.allow` lets through: from those addresses, the balancer's
   * own rules and its `forwardTo` answer in their place, whether the page is shown or not. To see these rules from
   * there, make them in the balancer's stack, or leave `allow` out.
   *
   * @default false
   */
  readonly behindMaintenance?: boolean;

  /**
   * Security groups of the balancer. Rules that let it out to targets are added to them, as resources of their
   * own; a group that has its rules written into itself loses them again when its owner deploys.
   */
  readonly securityGroupIds: readonly string[];

  /** DNS name that AWS gave the balancer. */
  readonly dnsName: string;

  /** Hosted zone of that name, as `aws elbv2 describe-load-balancers` says it (`CanonicalHostedZoneId`). */
  readonly zoneId: string;

  /** Where targets are. */
  readonly network: INetwork;

  /**
   * The end of the balancer's ARN, as CloudWatch names it: `app/web-1234/50dc6c495c0c9188`.
   *
   * @default - from the listener's ARN; needed where that is known only after deploy
   */
  readonly loadBalancerArnSuffix?: string;

  /**
   * Whether the listener speaks plain HTTP.
   *
   * @default false
   */
  readonly plainHttp?: boolean;

  /**
   * Over which addresses clients reach the balancer. With `"ipv4"` it reaches no targets over IPv6.
   *
   * @default - "dualstack" where the network has IPv6, else "ipv4"
   */
  readonly ipAddressType?: PlacementOptions["ipAddressType"];

  /**
   * TCP port of the listener.
   *
   * @default 443, or 80 with plainHttp
   */
  readonly listenerPort?: number;
}

const LISTENER_ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:[^:]+:\d{12}:listener\/(app\/[^/]+\/[^/]+)\/[^/]+$/;

/** @internal */
export class ImportedLoadBalancer extends LoadBalancerBase {
  public readonly connections: Connections;
  public readonly dnsName: string;
  public readonly zoneId: string;
  public readonly listenerArn: string;
  public readonly loadBalancerArnSuffix: string;
  public readonly listens: ListenerPort;
  public readonly network: INetwork;
  protected readonly targetDefaults: TargetGroupOptions;
  public readonly ipAddressType: IpAddressType;
  public readonly http2 = undefined;
  public readonly watchlist: Watchlist<LoadBalancerThresholds>;
  protected readonly rules: ListenerRules;

  public constructor(scope: Construct, id: string, attributes: LoadBalancerAttributes) {
    super(scope, id);
    const { listenerArn, plainHttp, listenerPort } = attributes;
    this.check(attributes);
    this.listenerArn = listenerArn;
    this.loadBalancerArnSuffix = attributes.loadBalancerArnSuffix ?? LISTENER_ARN.exec(listenerArn)![1]!;
    this.dnsName = attributes.dnsName;
    this.zoneId = attributes.zoneId;
    this.network = attributes.network;
    this.ipAddressType = attributes.ipAddressType ?? defaultAddressType(attributes.network);
    this.rules = new ListenerRules({
      after: attributes.behindMaintenance ? RULES_AFTER : 0,
      // Other stacks have rules of the listener too, and can't be asked for their numbers.
      within: this.node.path,
    });
    this.targetDefaults = attributes;
    this.listens = plainHttp
      ? { port: listenerPort ?? 80, protocol: "HTTP" }
      : { port: listenerPort ?? 443, protocol: "HTTPS" };
    this.connections = new Connections(this, { securityGroupIds: attributes.securityGroupIds });
    this.watchlist = this.createWatchlist();
  }

  protected get recordTypes(): readonly RecordType[] {
    return recordTypes(this.ipAddressType);
  }

  private check(attributes: LoadBalancerAttributes): void {
    const { listenerArn, loadBalancerArnSuffix, listenerPort } = attributes;
    const checks = new PropChecks(this);
    checks.matches("listenerArn", listenerArn, LISTENER_ARN, {
      allowed:
        "the ARN of an application load balancer's listener, as in " +
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
      remedy: "Listeners are listed by: aws elbv2 describe-listeners --load-balancer-arn ….",
    });
    const suffix = {
      allowed: "the end of a balancer's ARN, as in app/web/50dc6c495c0c9188",
      remedy: "Take it from the ARN that is listed by: aws elbv2 describe-load-balancers.",
    };
    checks.matches("loadBalancerArnSuffix", loadBalancerArnSuffix, /^app\/[^/]+\/[^/]+$/, suffix);
    checks.require(isKnown(listenerArn) || loadBalancerArnSuffix !== undefined, {
      prop: "loadBalancerArnSuffix",
      value: loadBalancerArnSuffix,
      ...suffix,
    });
    checkHostedZoneId(checks, "zoneId", attributes.zoneId);
    checks.integer("listenerPort", listenerPort, { min: 1, max: 65535 }, "Use the port of the listener.");
    checkAddressType(checks, attributes.ipAddressType);
    checkTargetGroupOptions(checks, attributes);
  }
}
