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
   * How many of EC2's status checks of a host fail.
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
  failedStatusChecks: { min: 1, max: 10, unit: "checks" },
  missingHosts: { min: 1, max: 10_000, unit: "hosts" },
};
