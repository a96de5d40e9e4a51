import type { Metric, Statistic } from "../../monitoring";

/** What RDS's metrics are about: an instance, all instances of a cluster, or those of one role. */
export type RdsDimensions =
  | { readonly DBInstanceIdentifier: string }
  | { readonly DBClusterIdentifier: string; readonly Role?: "WRITER" | "READER" };

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
export function rdsMetric(metricName: string, statistic: Statistic, dimensions: RdsDimensions): Metric {
  return { namespace: "AWS/RDS", metricName, statistic, dimensions: { ...dimensions } };
}
