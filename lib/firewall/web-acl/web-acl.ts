import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { IWatchable, Watchlist } from "../../monitoring";
import { namePrefix, nameTag, pathName } from "../../naming";
import { PropChecks } from "../../validation";
import { AclRule, AclUse, responseBodies, ruleBlock, visibility } from "./acl-rule";
import { AddressSets } from "./address-sets";
import { capacityOf, checkCapacity } from "./capacity";
import { ImportedWebAcl } from "./imported-web-acl";
import { IWebAcl } from "./iweb-acl";
import { checkManagedRules, managedRules } from "./managed-rules";
import { CLIENT_ADDRESSES } from "./match/client-address";
import { checkOrigins, originRules } from "./origin-rules";
import { checkOwnRules, ownRules } from "./own-rules";
import { checkRateLimit, rateLimitRule } from "./rate-limit";
import { RulePriorities } from "./rule-priorities";
import { WebAclThresholds, watchWebAcl } from "./watch-web-acl";
import { WebAclBase } from "./web-acl-base";
import { WebAclLogs, checkWebAclLogs } from "./web-acl-logs";
import { WebAclProps } from "./web-acl-props";

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html */
const METRIC_NAME_LENGTH = 128;

/**
 * A web application firewall before load balancers: it looks into each request and blocks what looks like an attack.
 *
 * Rules look at a request one after the other, until one allows or blocks it: allowed addresses, blocked addresses,
 * countries, own rules, the rate limit, managed rules, then own rules that need what managed rules found out. A body
 * is looked into up to 8192 bytes.
 *
 * AWS charges a fee a month for the web ACL, one for each rule and each group of managed rules, and one for each
 * million requests; more for each million where the rules take more than 1500 capacity units (these take some 1200),
 * and for puzzles. Logs cost what CloudWatch Logs charges.
 *
 * @example
 * const webAcl = new WebAcl(stack, "WebAcl", {
 *   countries: { block: ["KP"] },
 *   rules: {
 *     admin: {
 *       statement: RequestMatch.path("/admin").and(RequestMatch.notFromAddresses(["192.0.2.0/24"])),
 *       action: "block",
 *     },
 *   },
 * });
 * webAcl.protect(balancer);
 *
 * @throws InvalidPropError for names, numbers and statements that AWS does not take, for two rules of one priority, and
 * for more rules than a web ACL has room for.
 */
export class WebAcl extends WebAclBase implements IWatchable<WebAclThresholds> {
  /**
   * A web ACL that exists, to be put before a balancer.
   *
   * @throws InvalidPropError for an ARN of another form
   */
  public static fromArn(scope: Construct, id: string, arn: string): IWebAcl {
    return new ImportedWebAcl(scope, id, arn);
  }

  public readonly webAcl: Wafv2WebAcl;
  /** Where logs go, unless they are off. */
  public readonly logs?: WebAclLogs;
  /** The dimension WebACL of its metrics, in the namespace AWS/WAFV2; beside it are Region, and Rule by its name. */
  public readonly metricName: string;
  /** Names of the rules, in the order that they look at requests; the dimension Rule of their metrics. */
  public readonly ruleNames: readonly string[];
  /** Capacity units that the rules take at least; AWS charges more for each million requests where it is over 1500. */
  public readonly capacity: number;
  public readonly watchlist: Watchlist<WebAclThresholds>;

  private readonly addressSets: AddressSets;

  public constructor(scope: Construct, id: string, props: WebAclProps = {}) {
    super(scope, id);
    const checks = new PropChecks(this);
    checkWebAcl(checks, props);
    const rules = this.createRules(checks, props);
    checkCapacity(checks, rules);
    this.capacity = capacityOf(rules);
    this.ruleNames = rules.map((rule) => rule.name);
    this.metricName = pathName(this).slice(0, METRIC_NAME_LENGTH);
    this.addressSets = new AddressSets(this, "Addresses");
    this.webAcl = this.createWebAcl(checks, props, rules);
    const { logs = {} } = props;
    if (logs) this.logs = new WebAclLogs(this, "Logs", { ...logs, webAclArn: this.webAcl.arn });
    const { arn, metricName, ruleNames, logGroup } = this;
    const destinationArn = logs ? logs.destinationArn : undefined;
    this.watchlist = watchWebAcl(this, { arn, metricName, ruleNames, logGroup, destinationArn });
  }

  public get arn(): string {
    return this.webAcl.arn;
  }

  /** Sets of addresses that rules refer to. */
  public get ipSets(): readonly Wafv2IpSet[] {
    return this.addressSets.all;
  }

  /** The log group of its own, unless logs go elsewhere or nowhere. */
  public get logGroup(): CloudwatchLogGroup | undefined {
    return this.logs?.logGroup;
  }

  public get logging(): Wafv2WebAclLoggingConfiguration | undefined {
    return this.logs?.logging;
  }

  /** No request is to pass unlogged. */
  protected get readyWhen() {
    return this.logging ? [this.logging] : [];
  }

  /** All rules in the order that they look at requests. */
  private createRules(checks: PropChecks, props: WebAclProps): AclRule[] {
    const { rules = {}, rateLimit = {}, clientAddress = "address" } = props;
    const all = [
      ...originRules(props),
      ...ownRules(rules, new RulePriorities(checks), clientAddress),
      ...(rateLimit ? [rateLimitRule(rateLimit, clientAddress)] : []),
      ...managedRules(this, props.managedRules ?? {}),
    ];
    return all.sort((one, other) => one.priority - other.priority);
  }

  private createWebAcl(checks: PropChecks, props: WebAclProps, rules: readonly AclRule[]): Wafv2WebAcl {
    const { countOnly = false, sampledRequests = false, clientAddress = "address" } = props;
    const use: AclUse = {
      countOnly,
      sampledRequests,
      clientAddress,
      ipSetArn: (rule, family) => this.addressSets.arnOf(checks, rule, family),
    };
    const bodies = responseBodies(rules, use);
    const blocks = props.defaultAction === "block" && !countOnly;
    return new Wafv2WebAcl(this, "WebAcl", {
      namePrefix: namePrefix(this, 128),
      scope: "REGIONAL",
      defaultAction: blocks ? { block: {} } : { allow: {} },
      rule: rules.map((rule) => ruleBlock(rule, use)),
      customResponseBody: bodies.length === 0 ? undefined : bodies,
      visibilityConfig: visibility(this.metricName, sampledRequests),
      tags: nameTag(this),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

function checkWebAcl(checks: PropChecks, props: WebAclProps): void {
  const { rules, rateLimit, managedRules: groups, logs, clientAddress, defaultAction } = props;
  checkOrigins(checks, props);
  if (rules !== undefined) checkOwnRules(checks, rules);
  if (rateLimit !== undefined && rateLimit !== false) checkRateLimit(checks, rateLimit);
  if (groups !== undefined) checkManagedRules(checks, groups);
  if (logs !== undefined && logs !== false) checkWebAclLogs(checks, logs);
  const remedy = 'Behind CloudFront it is "forwardedAddress".';
  checks.oneOf("clientAddress", clientAddress, CLIENT_ADDRESSES, remedy);
  checks.oneOf("defaultAction", defaultAction, ["allow", "block"], '"allow" suits sites for everyone.');
  checks.flag("countOnly", props.countOnly, "true blocks nothing.");
  checks.flag("sampledRequests", props.sampledRequests, "true keeps samples.");
}
