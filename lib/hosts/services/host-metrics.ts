import { Metric } from "../../monitoring";
import { AgentConfiguration } from "./cloudwatch-agent";

/** Where CloudWatch's agent reports to. */
export const METRICS_NAMESPACE = "CWAgent";
const DIMENSION = "HostGroup";
const INTERVAL = 60;

/**
 * Memory and disk, which EC2 can't see from outside: of each host, and of all together.
 *
 * @param hostGroup what the hosts are called together; the group's own name isn't known where they are configured
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html
 */
export function hostMetrics(hostGroup: string): NonNullable<AgentConfiguration["metrics"]> {
  const append_dimensions = { [DIMENSION]: hostGroup };
  return {
    namespace: METRICS_NAMESPACE,
    append_dimensions: { InstanceId: "${aws:InstanceId}" },
    aggregation_dimensions: [[DIMENSION]],
    metrics_collected: {
      mem: { measurement: ["used_percent"], metrics_collection_interval: INTERVAL, append_dimensions },
      disk: {
        measurement: ["used_percent"],
        resources: ["/"],
        drop_device: true,
        metrics_collection_interval: INTERVAL,
        append_dimensions,
      },
    },
  };
}

/** One of those numbers, of the host that is worst off. */
export function worstHost(hostGroup: string, what: "mem" | "disk"): Metric {
  return {
    namespace: METRICS_NAMESPACE,
    metricName: `${what}_used_percent`,
    dimensions: { [DIMENSION]: hostGroup },
    statistic: "Maximum",
  };
}
