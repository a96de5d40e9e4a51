import type { WatchedItems } from "../../monitoring";
import { balancerMetric, targetErrorShare } from "./balancer-metrics";
import { LoadBalancerThresholds } from "./load-balancer-thresholds";

export interface WatchedTargets {
  /** What tells target groups of a balancer apart, in addresses. */
  readonly key: string;
  readonly targetGroupArnSuffix: string;
  readonly loadBalancerArnSuffix: string;
  /** Whose requests the site is down without; absent where others are answered still. */
  readonly siteDown?: string;
}

/** What tells whether the hosts of a target group are well, as the balancer sees them. */
export function watchTargets(targets: WatchedTargets): WatchedItems<LoadBalancerThresholds>[] {
  const { key, siteDown } = targets;
  // The first group of a balancer has no name of its own.
  const ofWhich = key === "Targets" ? "" : `: ${key}`;
  const dimensions = {
    TargetGroup: targets.targetGroupArnSuffix,
    LoadBalancer: targets.loadBalancerArnSuffix,
  };
  const errors = targetErrorShare(dimensions);
  const healthy = balancerMetric("HealthyHostCount", "Maximum", dimensions);
  const unhealthy = balancerMetric("UnHealthyHostCount", "Maximum", dimensions);
  return [
    {
      alarm: {
        kind: "no-healthy-host",
        key,
        meaning: "No host is healthy: requests to them are answered by errors.",
        severity: "critical",
        metric: healthy,
        alarmWhen: "below",
        threshold: 1,
        periods: 3,
        // A target group without hosts reports nothing.
        missingData: "bad",
        siteDown: siteDown && `no healthy host of ${siteDown}`,
      },
      chart: {
        title: `Healthy hosts${ofWhich}`,
        unit: "hosts",
        lines: [
          { label: "healthy", metric: healthy },
          { label: "unhealthy", metric: unhealthy },
        ],
      },
    },
    {
      alarm: {
        kind: "unhealthy-hosts",
        key,
        meaning: "Hosts fail their health checks; the others carry their load until they are replaced.",
        severity: "warning",
        metric: unhealthy,
        alarmWhen: "atLeast",
        threshold: { name: "unhealthyHosts", default: 1 },
        periods: 5,
        missingData: "good",
      },
    },
    {
      alarm: {
        kind: "target-errors",
        key,
        meaning: "The application answers requests with errors (5xx).",
        severity: "warning",
        metric: errors,
        alarmWhen: "above",
        threshold: { name: "targetErrors", default: 5 },
        periods: 5,
        badPeriods: 3,
        missingData: "good",
      },
      chart: {
        title: `Errors of hosts${ofWhich}`,
        unit: "percent of requests",
        lines: [{ label: "5xx", metric: errors }],
        alarms: [`target-errors-${key}`, `most-requests-fail-${key}`],
      },
    },
    {
      alarm: {
        kind: "most-requests-fail",
        key,
        meaning: "The application answers most requests with errors (5xx).",
        severity: "critical",
        metric: errors,
        alarmWhen: "atLeast",
        threshold: { name: "failure", default: 50 },
        periods: 3,
        missingData: "good",
        siteDown: siteDown && `errors of ${siteDown}`,
      },
    },
  ];
}
