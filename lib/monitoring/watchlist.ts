import { IConstruct } from "constructs";
import { PropChecks } from "../validation";
import { alarmId } from "./alarm-rule";
import { Chart } from "./chart";
import { checkItems, checkWatchlist } from "./check-items";
import { LogDestination } from "./log-destination";
import { WatchedItems, WatchlistOptions } from "./watched-items";

/**
 * What has to be watched about a component: when it is unwell, which numbers tell, which logs it writes. Components
 * know that about themselves; `Monitoring` makes alarms and a dashboard of it.
 *
 * For a construct of your own: `readonly watchlist = new Watchlist<MyThresholds>(this, { … })`, and one `add` for each
 * alarm.
 */
export class Watchlist<T extends object = object> {
  private readonly items: WatchedItems<T>[] = [];
  private readonly ids = new Set<string>();
  private readonly followers: ((item: WatchedItems<T>) => void)[] = [];

  /** @param owner the component, whose path names its alarms */
  public constructor(
    public readonly owner: IConstruct,
    public readonly options: WatchlistOptions<T>,
  ) {
    checkWatchlist(new PropChecks(owner), options as WatchlistOptions<never>);
  }

  /**
   * Adds what belongs together: an alarm, a chart, a log, events.
   *
   * @throws InvalidPropError for alarms that AWS would refuse, and for two of one kind and key
   */
  public add(...items: readonly WatchedItems<T>[]): void {
    for (const item of items) this.check(item);
    this.items.push(...items);
    for (const follow of this.followers) items.forEach(follow);
  }

  private check(item: WatchedItems<T>): void {
    const checks = new PropChecks(this.owner);
    checkItems(checks, item, this.options);
    if (item.alarm === undefined) return;
    const id = alarmId(item.alarm);
    checks.require(!this.ids.has(id), {
      prop: `alarm "${item.alarm.kind}".key`,
      value: item.alarm.key,
      allowed: "a key of its own for each alarm of a kind",
      remedy: "Say by key what each is about.",
    });
    this.ids.add(id);
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
