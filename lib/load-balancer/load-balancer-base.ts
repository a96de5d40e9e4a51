import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { Connections } from "../firewall";
import { Watchlist } from "../monitoring";
import { INetwork } from "../network";
import { PropChecks, isKnown } from "../validation";
import { FixedResponseRuleOptions, ILoadBalancer, RedirectRuleOptions } from "./iload-balancer";
import { Listener } from "./listener";
import { IpAddressType, RecordType } from "./placement";
import { checkFixedResponse, fixedResponseAction } from "./rules/fixed-response";
import { ListenerRule, RuleOptions } from "./rules/listener-rule";
import { ListenerRules } from "./rules/listener-rules";
import { ListenerPort, checkRedirect, redirectAction } from "./rules/redirect";
import { TargetRule, TargetRuleOptions } from "./rules/target-rule";
import { TargetGroupOptions } from "./targets/target-group";
import { LOAD_BALANCER_THRESHOLDS, LoadBalancerThresholds, watchBalancer } from "./watching";

/** What every balancer can do, whether it is made here or exists: rules of its listener, and names for it. */
export abstract class LoadBalancerBase extends Construct implements ILoadBalancer, Listener {
  public abstract readonly connections: Connections;
  public abstract readonly dnsName: string;
  public abstract readonly zoneId: string;
  public abstract readonly listenerArn: string;
  public abstract readonly loadBalancerArnSuffix: string;
  public abstract readonly listens: ListenerPort;
  public abstract readonly network: INetwork;
  public abstract readonly ipAddressType: IpAddressType;
  public abstract readonly http2?: boolean;
  /** Types of the records that clients find the balancer by. */
  protected abstract readonly recordTypes: readonly RecordType[];
  /** What target groups have that say nothing else. */
  protected abstract readonly targetDefaults: TargetGroupOptions;

  /** What to watch about it, and about the hosts behind it as it sees them. */
  public abstract readonly watchlist: Watchlist<LoadBalancerThresholds>;

  /** The rules of the listener, and their numbers. */
  protected abstract readonly rules: ListenerRules;

  public addTargets(id: string, options: TargetRuleOptions): TargetRule {
    const { rules, targetDefaults: defaults } = this;
    return new TargetRule(this.rulesIn, id, { ...options, listener: this, rules, defaults });
  }

  public addRedirect(id: string, options: RedirectRuleOptions): ListenerRule {
    const rule = this.addRule(id, options);
    checkRedirect(new PropChecks(rule), options, options, this.listens);
    rule.act(redirectAction(options, this.listens));
    return rule;
  }

  public addFixedResponse(id: string, options: FixedResponseRuleOptions): ListenerRule {
    const rule = this.addRule(id, options);
    checkFixedResponse(new PropChecks(rule), options);
    rule.act(fixedResponseAction(options));
    return rule;
  }

  public addAlias(name: string, hostedZoneId: string, key: string = name): void {
    const checks = new PropChecks(this);
    checkHostedZoneId(checks, "hostedZoneId", hostedZoneId);
    checks.require(isKnown(key), {
      prop: "key",
      value: key,
      allowed: "a word that is known now, since it is part of a Terraform address",
      remedy: 'Give the alias a key: addAlias(name, hostedZoneId, "www").',
    });
    const place = new Construct(this, `Alias-${key}`);
    for (const type of this.recordTypes) {
      new Route53Record(place, type, {
        zoneId: hostedZoneId,
        name,
        type,
        alias: { name: this.dnsName, zoneId: this.zoneId, evaluateTargetHealth: true },
      });
    }
  }

  protected createWatchlist(siteDown?: string): Watchlist<LoadBalancerThresholds> {
    const watchlist = new Watchlist<LoadBalancerThresholds>(this, {
      tier: "loadBalancer",
      region: this.network.region,
      thresholds: LOAD_BALANCER_THRESHOLDS,
    });
    watchlist.add(...watchBalancer(this.loadBalancerArnSuffix, siteDown));
    return watchlist;
  }

  private addRule(id: string, options: RuleOptions): ListenerRule {
    return new ListenerRule(this.rulesIn, id, { ...options, listener: this, rules: this.rules });
  }

  private get rulesIn(): Construct {
    return (this.node.tryFindChild("Rules") as Construct | undefined) ?? new Construct(this, "Rules");
  }
}
