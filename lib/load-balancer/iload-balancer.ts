import { IConnectable } from "../firewall";
import { IWatchable } from "../monitoring";
import { FixedResponseOptions } from "./rules/fixed-response";
import { ListenerRule, RuleOptions } from "./rules/listener-rule";
import { RedirectOptions } from "./rules/redirect";
import { TargetRule, TargetRuleOptions } from "./rules/target-rule";
import { LoadBalancerThresholds } from "./watching";

/** Which requests are sent elsewhere, and where. */
export interface RedirectRuleOptions extends RuleOptions, RedirectOptions {}

/** Which requests the balancer answers itself, and how. */
export interface FixedResponseRuleOptions extends RuleOptions, FixedResponseOptions {}

/**
 * A load balancer that applications share: each has rules for its requests.
 *
 * `LoadBalancer` makes one; `LoadBalancer.fromAttributes` describes one that exists.
 */
export interface ILoadBalancer extends IConnectable, IWatchable<LoadBalancerThresholds> {
  /** DNS name that AWS gave the balancer. */
  readonly dnsName: string;
  /** Hosted zone of that name, for aliases. */
  readonly zoneId: string;
  /** ARN of the listener that takes requests, for rules of your own. */
  readonly listenerArn: string;
  /** The end of the balancer's ARN, as CloudWatch names it: `app/web-1234/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: string;

  /**
   * Sends some of the requests to a target of their own, and lets the balancer reach its port.
   *
   * @param id part of the rule's address; the rule's priority follows from it too
   * @example
   * balancer.addTargets("Blog", { target: blog, hosts: ["blog.example.com"] });
   * balancer.addTargets("Api", { target: api, paths: ["/api/*"] });
   * @throws InvalidPropError for conditions beyond AWS's limits, and for a rule whose place isn't clear: as specific
   * as another one, and for some of the same requests.
   */
  addTargets(id: string, options: TargetRuleOptions): TargetRule;

  /**
   * Sends clients elsewhere.
   *
   * @example
   * balancer.addRedirect("Old", { hosts: ["old.example.com"], host: "shop.example.com", permanent: true });
   * @throws InvalidPropError as `addTargets` does, and for a redirect that changes nothing.
   */
  addRedirect(id: string, options: RedirectRuleOptions): ListenerRule;

  /**
   * Answers some of the requests itself.
   *
   * @example
   * balancer.addFixedResponse("Robots", { paths: ["/robots.txt"], statusCode: 200, body: "User-agent: *" });
   * @throws InvalidPropError as `addTargets` does, and for statuses and bodies that AWS does not take.
   */
  addFixedResponse(id: string, options: FixedResponseRuleOptions): ListenerRule;

  /**
   * Points a further name at the balancer. With HTTPS, the certificate has to know the name.
   *
   * @param key part of the record's address. @default - the name; needed where that is known only after deploy
   */
  addAlias(name: string, hostedZoneId: string, key?: string): void;
}
