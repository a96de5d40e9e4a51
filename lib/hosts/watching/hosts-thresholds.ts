import type { ThresholdRanges } from "../../monitoring";

/** When hosts count as unwell. */
export interface HostsThresholds {
  /**
   * Percentage of the processors that all hosts together use; they are scaled for less, unless there are as many as
   * there may be.
   *
   * @default 85, for fifteen minutes
   */
  readonly cpuUtilization?: number | false;

  /**
   * Percentage of memory that the fullest host uses.
   *
   * @default 90, for ten minutes
   */
  readonly memoryUtilization?: number | false;

  /**
   * Percentage of the root volume that the fullest host uses.
   *
   * @default 85, for five minutes
   */
  readonly diskUtilization?: number | false;

  /**
   * 1, where some host fails EC2's status checks; `false` for no alarm. CloudWatch says no more than whether one does.
   *
   * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html#status-check-metrics
   *
   * @default 1, for five minutes
   */
  readonly failedStatusChecks?: number | false;

  /**
   * How many hosts fewer there are than there are to be.
   *
   * @default 1, for fifteen minutes
   */
  readonly missingHosts?: number | false;
}

const PERCENT = { min: 1, max: 100, unit: "percent" };

export const HOSTS_THRESHOLDS: ThresholdRanges<HostsThresholds> = {
  cpuUtilization: PERCENT,
  memoryUtilization: PERCENT,
  diskUtilization: PERCENT,
  failedStatusChecks: { min: 1, max: 1 },
  missingHosts: { min: 1, max: 10_000, unit: "hosts" },
};
