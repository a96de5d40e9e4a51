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

/**
 * Percentage of requests that ended in an error.
 *
 * @param all requests among which the errors are not counted yet; those that a balancer can give to no target are no
 * requests to CloudWatch
 */
export function errorShare(
  errors: Metric,
  all: { readonly besides?: Metric; readonly among?: Metric },
): MetricMath {
  const failed = "FILL(errors, 0)";
  const total = all.besides ? `(${failed} + FILL(requests, 0))` : "requests";
  return {
    expression: `IF(${failed} < ${FEW_ERRORS}, 0, 100 * ${failed} / ${total})`,
    metrics: { errors, requests: (all.besides ?? all.among)! },
  };
}
