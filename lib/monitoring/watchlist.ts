import { TerraformProvider } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { AlarmRule, ThresholdRanges } from "./alarm-rule";
import { Chart } from "./chart";
import { LogDestination } from "./log-destination";

/**
 * The parts of a site in the order in which a request passes them, with their titles on the dashboard; `network` is
 * the way from the hosts to the internet, and `other` anything else.
 */
export const TIERS = {
  edge: "Web application firewall",
  loadBalancer: "Load balancer",
  hosts: "Hosts",
  database: "Database",
  network: "Way out to the internet",
  other: "Further parts",
} as const;

/** A part of a site, by its place on a request's way. */
export type Tier = keyof typeof TIERS;

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

/**
 * What has to be watched about a component: when it is unwell, which numbers tell, which logs it writes. Components
 * know that about themselves; `Monitoring` makes alarms and a dashboard of it.
 *
 * For a construct of your own: `readonly watchlist = new Watchlist<MyThresholds>(this, { … })`, and one `add` for each
 * alarm.
 */
export class Watchlist<T extends object = object> {
  private readonly items: WatchedItems<T>[] = [];
  private readonly followers: ((item: WatchedItems<T>) => void)[] = [];

  /** @param owner the component, whose path names its alarms */
  public constructor(
    public readonly owner: IConstruct,
    public readonly options: WatchlistOptions<T>,
  ) {}

  /** Adds what belongs together: an alarm, a chart, a log, events. */
  public add(...items: readonly WatchedItems<T>[]): void {
    this.items.push(...items);
    for (const follow of this.followers) items.forEach(follow);
  }

  /** Is told of all items, those that are there and those that come later. */
  public follow(follower: (item: WatchedItems<T>) => void): void {
    this.items.forEach(follower);
    this.followers.push(follower);
  }

  /** The charts, and the region of each. */
  public get charts(): readonly { readonly chart: Chart; readonly region: string }[] {
    return this.items.flatMap(({ chart, place }) =>
      chart ? [{ chart, region: place?.region ?? this.options.region }] : [],
    );
  }

  /** The logs that the component writes. */
  public get logs(): readonly LogDestination[] {
    return this.items.flatMap(({ logs }) => (logs ? [logs] : []));
  }
}

/** Something that can be watched: any component, or your own construct. */
export interface IWatchable<T extends object = object> {
  readonly watchlist: Watchlist<T>;
}
