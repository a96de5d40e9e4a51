import { NumberRange } from "../validation";
import { Metric, MetricMath } from "./metric";

/**
 * How urgent an alarm is: `critical` is for the night, somebody has to act at once; `warning` is for the next
 * morning.
 */
export type Severity = "critical" | "warning";

/** On which side of its threshold a number is bad. */
export type Comparison = "above" | "atLeast" | "below" | "atMost";

/**
 * What an alarm thinks where there are no numbers.
 *
 * - `good`: what is reported only when it happens, such as errors, did not happen.
 * - `bad`: something that always reports is gone.
 * - `unchanged`: it reports too rarely; the alarm stays as it is.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export type MissingData = "good" | "bad" | "unchanged";

/** A threshold that users may change by name, or switch off by `false`. */
export interface NamedThreshold<T> {
  /** Its name among the component's thresholds. */
  readonly name: keyof T & string;
  /** Where users say nothing; undefined where it can't be derived, which is said when the stack is synthesized. */
  readonly default: number | undefined;
  /** What one unit of the threshold is in units of the metric: 1,073,741,824 for GiB of a metric in bytes. */
  readonly times?: number;
}

/** One alarm of a component, without whom it tells. */
export interface AlarmRule<T> {
  /**
   * What it is about, in words with hyphens: the section of the runbook, and part of the alarm's name and address.
   */
  readonly kind: string;
  /** Tells several alarms of one kind apart, by what each is about; part of the address. @default - there is one */
  readonly key?: string;
  /** What it means for people who use the site, as sentences. */
  readonly meaning: string;
  readonly severity: Severity;
  readonly metric: Metric | MetricMath;
  readonly alarmWhen: Comparison;
  readonly threshold: NamedThreshold<T> | number;
  /** How many periods are looked at. */
  readonly periods: number;
  /** How many of them have to be bad. @default - all */
  readonly badPeriods?: number;
  readonly missingData: MissingData;
  /**
   * Whether the site is down while it is in alarm: a name of the cause. Of several alarms with one cause, as for each of
   * the target groups that share requests, all have to be in alarm.
   *
   * @default - the site is not down
   */
  readonly siteDown?: string;
}

/** The thresholds of a component: their names, and what each may be. */
export type ThresholdRanges<T> = Readonly<Record<keyof T & string, NumberRange>>;

/** Part of an alarm's address. */
export function alarmId({ kind, key }: Pick<AlarmRule<never>, "kind" | "key">): string {
  return key === undefined ? kind : `${kind}-${key}`;
}
