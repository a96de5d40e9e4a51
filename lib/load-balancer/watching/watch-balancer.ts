import type { WatchedItems } from "../../monitoring";
import { balancerErrorShare, balancerMetric } from "./balancer-metrics";
import { LoadBalancerThresholds } from "./load-balancer-thresholds";

type Items = WatchedItems<LoadBalancerThresholds>[];

/**
 * What tells whether a balancer itself is well.
 *
 * @param siteDown what is down while it answers most requests with errors of its own; absent for a balancer of others
 */
export function watchBalancer(loadBalancerArnSuffix: string, siteDown?: string): Items {
  const dimensions = { LoadBalancer: loadBalancerArnSuffix };
  const sum = (name: string) => balancerMetric(name, "Sum", dimensions);
  const responseTime = (statistic: "p50" | "p99") =>
    balancerMetric("TargetResponseTime", statistic, dimensions);
  const errors = balancerErrorShare(dimensions);
  return [
    {
      alarm: {
        kind: "most-requests-refused",
        meaning:
          "The load balancer answers most requests with errors of its own: it reaches no host that is well.",
        severity: "critical",
        metric: errors,
        alarmWhen: "atLeast",
        threshold: { name: "failure", default: 50 },
        periods: 3,
        missingData: "good",
        siteDown: siteDown && `errors of ${siteDown} itself`,
      },
    },
    {
      alarm: {
        kind: "balancer-errors",
        meaning:
          "The load balancer answers requests with errors of its own: it does not reach hosts, or they break off.",
        severity: "critical",
        metric: errors,
        alarmWhen: "above",
        threshold: { name: "balancerErrors", default: 5 },
        periods: 5,
        badPeriods: 3,
        missingData: "good",
      },
      chart: {
        title: "Requests",
        unit: "a minute",
        lines: [
          { label: "requests", metric: sum("RequestCount") },
          { label: "new connections", metric: sum("NewConnectionCount") },
        ],
      },
    },
    {
      alarm: {
        kind: "slow-answers",
        meaning: "One of a hundred requests waits too long for its answer.",
        severity: "warning",
        metric: responseTime("p99"),
        alarmWhen: "above",
        threshold: { name: "latency", default: 2 },
        periods: 5,
        badPeriods: 3,
        missingData: "good",
      },
      chart: {
        title: "Response time",
        unit: "seconds",
        lines: [
          { label: "half of the requests", metric: responseTime("p50") },
          { label: "99 of 100", metric: responseTime("p99") },
        ],
        alarms: ["slow-answers"],
      },
    },
    {
      alarm: {
        kind: "rejected-connections",
        meaning: "The load balancer refuses connections, as it has more than it can hold.",
        severity: "critical",
        metric: sum("RejectedConnectionCount"),
        alarmWhen: "above",
        threshold: { name: "rejectedConnections", default: 0 },
        periods: 1,
        missingData: "good",
      },
      chart: {
        title: "Errors",
        unit: "a minute",
        lines: [
          { label: "5xx of the balancer", metric: sum("HTTPCode_ELB_5XX_Count") },
          { label: "5xx of hosts", metric: sum("HTTPCode_Target_5XX_Count") },
          { label: "4xx of hosts", metric: sum("HTTPCode_Target_4XX_Count"), right: true },
          { label: "failed TLS handshakes", metric: sum("ClientTLSNegotiationErrorCount"), right: true },
          { label: "rejected connections", metric: sum("RejectedConnectionCount") },
        ],
      },
    },
  ];
}
