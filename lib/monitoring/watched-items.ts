import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { AlarmRule, ThresholdRanges } from "./alarm-rule";
import { Chart } from "./chart";
import { LogDestination } from "./log-destination";
import { Tier } from "./tier";

/** Where some metrics are: a region, and the provider of it where that is not the stack's own. */
export interface WatchPlace {
  readonly region: string;
  readonly provider?: TerraformProvider;
}

/** Something else that tells a topic: a subscription to a service's events. */
export type EventSource = (scope: Construct, topicArn: string) => void;

/** What a component has to be watched for; grows as the component gets further parts. */
export interface WatchedItems<T> {
  readonly alarm?: AlarmRule<T>;
  readonly chart?: Chart;
  readonly logs?: LogDestination;
  readonly events?: EventSource;
  /** Events of every day, which only those hear of who ask for them. */
  readonly routineEvents?: EventSource;
  /** Where its metrics are, if not where the component is. */
  readonly place?: WatchPlace;
}

export interface WatchlistOptions<T> {
  readonly tier: Tier;
  /** Region of the component's metrics. */
  readonly region: string;
  /** The thresholds that users may change. */
  readonly thresholds: ThresholdRanges<T>;
}
