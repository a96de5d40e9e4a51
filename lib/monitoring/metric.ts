/** Seconds between two numbers of most of AWS's metrics. */
export const MINUTE = 60;

/** How many numbers become one: `p99` is what 99 percent of them stay below. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum" | `p${number}`;

/** A series of numbers in CloudWatch. */
export interface Metric {
  /** Who reports it, as in `AWS/ApplicationELB`. */
  readonly namespace: string;
  readonly metricName: string;
  /** What it is about. All of a metric's dimensions are needed: with others it is another metric. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  /**
   * Seconds that are put together into one number.
   *
   * @default 60
   */
  readonly period?: number;
}

/**
 * A number that is computed from metrics.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export interface MetricMath {
  /** As in `100 * errors / requests`, with the metrics by their names. */
  readonly expression: string;
  /** Up to ten metrics; names begin with a lower-case letter. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /**
   * Seconds that are put together into one number, for all of the metrics.
   *
   * @default 60
   */
  readonly period?: number;
}

export function isMetricMath(metric: Metric | MetricMath): metric is MetricMath {
  return "expression" in metric;
}
