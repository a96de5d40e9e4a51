import type { ThresholdRanges } from "../../monitoring";

/** When a balancer and what is behind it count as unwell. */
export interface LoadBalancerThresholds {
  /**
   * Percentage of requests that the balancer itself answers with an error (5xx), as without a healthy host.
   *
   * @default 5, in three of five minutes
   */
  readonly balancerErrors?: number | false;

  /**
   * Percentage of requests that a target group's hosts answer with an error (5xx).
   *
   * @default 5, in three of five minutes
   */
  readonly targetErrors?: number | false;

  /**
   * Percentage of errors (5xx) of the balancer, or of the hosts of a target group, from which on most requests fail and a
   * site is down.
   *
   * @default 50, for three minutes
   */
  readonly failure?: number | false;

  /**
   * Seconds within which 99 of 100 requests are to be answered.
   *
   * @default 2, in three of five minutes
   */
  readonly latency?: number | false;

  /**
   * How many unhealthy hosts of a target group there is an alarm for.
   *
   * @default 1, for five minutes
   */
  readonly unhealthyHosts?: number | false;

  /**
   * How many connections a minute the balancer may refuse because it has too many.
   *
   * @default 0
   */
  readonly rejectedConnections?: number | false;

  /**
   * Days for which each certificate is to be valid at least. AWS renews its own earlier than that; for certificates that
   * are imported say less than the time that they are renewed with.
   *
   * @default 30
   */
  readonly certificateDays?: number | false;
}

const PERCENT = { min: 0, max: 100, unit: "percent" };

export const LOAD_BALANCER_THRESHOLDS: ThresholdRanges<LoadBalancerThresholds> = {
  balancerErrors: PERCENT,
  targetErrors: PERCENT,
  failure: PERCENT,
  latency: { min: 0.001, max: 600, unit: "seconds" },
  unhealthyHosts: { min: 1, max: 10_000, unit: "hosts" },
  rejectedConnections: { min: 0, max: 1_000_000, unit: "connections" },
  certificateDays: { min: 1, max: 365, unit: "days" },
};
