import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Fn } from "cdktf";
import { IConstruct } from "constructs";
import { LogDestination, Metric, ThresholdRanges, Watchlist, logsIn } from "../../monitoring";

/** When a web ACL has to be looked at. */
export interface WebAclThresholds {
  /**
   * Percentage of requests that are blocked, where there are at least a hundred in five minutes.
   *
   * @default 20, in two of three times five minutes
   */
  readonly blockedRequests?: number | false;
}

const WEB_ACL_THRESHOLDS: ThresholdRanges<WebAclThresholds> = {
  blockedRequests: { min: 0, max: 100, unit: "percent" },
};

const FIVE_MINUTES = 300;
/** Fewer blocked requests than these are those of any day. */
const MANY = 100;

export interface WatchedWebAcl {
  readonly arn: string;
  readonly metricName: string;
  readonly ruleNames: readonly string[];
  /** Log group of its own. */
  readonly logGroup?: CloudwatchLogGroup;
  /** Where logs go otherwise. */
  readonly destinationArn?: string;
}

/**
 * What tells whether a web ACL stops more than it does on any day: an attack, or one's own users.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
 */
export function watchWebAcl(owner: IConstruct, webAcl: WatchedWebAcl): Watchlist<WebAclThresholds> {
  const region = Fn.element(Fn.split(":", webAcl.arn), 3) as string;
  const watchlist = new Watchlist<WebAclThresholds>(owner, {
    tier: "edge",
    region,
    thresholds: WEB_ACL_THRESHOLDS,
  });
  const requests = (metricName: string, Rule = "ALL"): Metric => ({
    namespace: "AWS/WAFV2",
    metricName,
    statistic: "Sum",
    dimensions: { WebACL: webAcl.metricName, Region: region, Rule },
  });
  const share = {
    expression: `IF(FILL(blocked, 0) < ${MANY}, 0, 100 * FILL(blocked, 0) / (FILL(blocked, 0) + FILL(allowed, 0)))`,
    metrics: { blocked: requests("BlockedRequests"), allowed: requests("AllowedRequests") },
    period: FIVE_MINUTES,
  };
  watchlist.add({
    alarm: {
      kind: "requests-blocked",
      meaning: "The web ACL blocks many requests: somebody attacks the site, or a rule stops its users.",
      severity: "warning",
      metric: share,
      alarmWhen: "above",
      threshold: { name: "blockedRequests", default: 20 },
      periods: 3,
      badPeriods: 2,
      missingData: "good",
    },
    chart: {
      title: "Requests and what becomes of them",
      unit: "a minute",
      lines: [
        { label: "let through", metric: requests("AllowedRequests") },
        { label: "blocked", metric: requests("BlockedRequests") },
        { label: "counted", metric: requests("CountedRequests"), right: true },
      ],
    },
  });
  watchlist.add(
    {
      chart: {
        title: "Blocked by rule",
        unit: "a minute",
        lines: webAcl.ruleNames.map((rule) => ({ label: rule, metric: requests("BlockedRequests", rule) })),
      },
    },
    {
      chart: {
        title: "Share of blocked requests",
        unit: "percent",
        lines: [{ label: "blocked", metric: share }],
        alarms: ["requests-blocked"],
      },
    },
  );
  const logs = logsOf(webAcl, region);
  if (logs) watchlist.add({ logs });
  return watchlist;
}

function logsOf({ logGroup, destinationArn }: WatchedWebAcl, region: string): LogDestination | undefined {
  const title = "Requests that the web ACL stopped or counted";
  if (logGroup) return logsIn(logGroup, title, region);
  return destinationArn === undefined
    ? undefined
    : { title, name: destinationArn, kind: "destination", region };
}
