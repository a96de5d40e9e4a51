import { Metric, MetricMath, Statistic } from "../../monitoring";

const NAMESPACE = "AWS/ApplicationELB";
/** Fewer errors than these in a minute are no trend, whatever share of the requests they are. */
const FEW_ERRORS = 3;

/**
 * A metric of a balancer, or of a target group behind it.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancerMetric(
  metricName: string,
  statistic: Statistic,
  dimensions: Readonly<Record<string, string>>,
): Metric {
  return { namespace: NAMESPACE, metricName, statistic, dimensions };
}

/** Percentage of the requests to a target group that its hosts answer with an error. */
export function targetErrorShare(dimensions: Readonly<Record<string, string>>): MetricMath {
  return {
    expression: share("requests"),
    metrics: {
      errors: balancerMetric("HTTPCode_Target_5XX_Count", "Sum", dimensions),
      requests: balancerMetric("RequestCount", "Sum", dimensions),
    },
  };
}

/**
 * Percentage of requests that a balancer answers with an error of its own. Those that it finds no healthy host for,
 * which it answers 503, are no requests to CloudWatch.
 */
export function balancerErrorShare(dimensions: Readonly<Record<string, string>>): MetricMath {
  return {
    expression: share("(FILL(requests, 0) + FILL(unassigned, 0))"),
    metrics: {
      errors: balancerMetric("HTTPCode_ELB_5XX_Count", "Sum", dimensions),
      unassigned: balancerMetric("HTTPCode_ELB_503_Count", "Sum", dimensions),
      requests: balancerMetric("RequestCount", "Sum", dimensions),
    },
  };
}

function share(all: string): string {
  return `IF(FILL(errors, 0) < ${FEW_ERRORS}, 0, 100 * FILL(errors, 0) / ${all})`;
}
