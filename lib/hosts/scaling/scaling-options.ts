/** How many hosts there are at a given moment, between `minHosts` and `maxHosts`. */
export interface ScalingOptions {
  /**
   * CPU of the hosts that is aimed at, in percent, 1 to 100: above it hosts are added, well below it hosts go. `false`
   * for none.
   *
   * @default 60, unless `requestsPerHost` or `metrics` say something else to aim at
   */
  readonly cpuUtilization?: number | false;

  /**
   * Requests a minute and host that are aimed at, at least 1. The hosts have to stand behind a balancer.
   *
   * @default - not a reason to scale
   */
  readonly requestsPerHost?: number;

  /**
   * Your own metrics and what is aimed at, by name; part of Terraform addresses. Their value has to fall when hosts
   * are added.
   *
   * @default - none
   */
  readonly metrics?: Readonly<Record<string, MetricTarget>>;

  /**
   * Whether hosts are only ever added by the aims above, and go by schedules or by hand.
   *
   * @default false
   */
  readonly disableScaleIn?: boolean;

  /**
   * Other numbers of hosts at certain times, by name; part of Terraform addresses. A schedule's `minHosts` and
   * `maxHosts` hold until another one or a deploy sets them again: a plan made at night shows that those of the hosts
   * come back. So what one schedule lowers another one has to raise, and `desiredHosts` alone is left alone by deploys.
   *
   * @example
   * schedules: {
   *   night: { minHosts: 0, maxHosts: 0, desiredHosts: 0, recurrence: "0 22 * * *", timeZone: "Europe/Dublin" },
   *   morning: { minHosts: 2, maxHosts: 4, desiredHosts: 2, recurrence: "0 7 * * 1-5", timeZone: "Europe/Dublin" },
   * }
   *
   * @default - none
   */
  readonly schedules?: Readonly<Record<string, ScalingSchedule>>;

  /**
   * Hosts added ahead of load that comes back daily or weekly.
   *
   * @default - none
   */
  readonly predictive?: PredictiveScaling;
}

/** A metric of yours, and the value that hosts are added or taken for. */
export interface MetricTarget {
  readonly namespace: string;
  readonly metricName: string;
  /** Value that is aimed at, above 0. */
  readonly targetValue: number;
  /**
   * How values of a minute become one.
   *
   * @default "Average"
   */
  readonly statistic?: MetricStatistic;
  /**
   * @default - that of the metric
   */
  readonly unit?: string;
  /**
   * @default - none
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

export type MetricStatistic = "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum";

/** Numbers of hosts from a moment on, once or again and again. At least one of the three numbers is needed. */
export interface ScalingSchedule {
  /**
   * Fewest hosts: at least 2, or 0. An environment that is off at night has `minHosts`, `maxHosts` and `desiredHosts`
   * of 0 then, and all three again in the morning.
   */
  readonly minHosts?: number;
  /** Most hosts. */
  readonly maxHosts?: number;
  /** Hosts right then; scaling may change it again. */
  readonly desiredHosts?: number;
  /**
   * When, as cron has it: minute, hour, day, month, day of the week, as in `0 7 * * 1-5`. One of `recurrence` and
   * `startTime` is needed.
   */
  readonly recurrence?: string;
  /**
   * Time zone of `recurrence`, as in `Europe/Dublin`.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /** Moment of the first time, or of the only one, in UTC: `2027-01-31T07:00:00Z`. */
  readonly startTime?: string;
  /** Moment after which it doesn't happen again, in UTC. */
  readonly endTime?: string;
}

/**
 * Scaling by a forecast from up to two weeks of load.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/predictive-scaling-policy-overview.html
 */
export interface PredictiveScaling {
  /**
   * What is forecast: the group's CPU in percent, or requests a minute and host.
   *
   * @default "cpuUtilization"
   */
  readonly metric?: "cpuUtilization" | "requestsPerHost";
  /** Value of the metric that is aimed at, above 0. */
  readonly targetValue: number;
  /**
   * Whether the forecast is only shown, to see whether it can be trusted, or acted on.
   *
   * @default "ForecastOnly"
   */
  readonly mode?: "ForecastOnly" | "ForecastAndScale";
  /**
   * Seconds that hosts are started ahead of the load they are for, 0 to 3600.
   *
   * @default 300
   */
  readonly bufferTime?: number;
  /**
   * How far beyond `maxHosts` a forecast may go, in percent, 0 to 100.
   *
   * @default - not at all
   */
  readonly maxCapacityBuffer?: number;
}
