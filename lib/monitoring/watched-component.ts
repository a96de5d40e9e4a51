import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { AlarmRule, Severity, alarmId } from "./alarm-rule";
import { alarmDescription } from "./alarm-description";
import { createAlarm } from "./create-alarm";
import { thresholdOf } from "./thresholds";
import { WatchPlace, WatchedItems } from "./watched-items";
import { Watchlist } from "./watchlist";

/** What alarms of a component need from the monitoring that they belong to. */
export interface WatchedComponentProps<T> {
  readonly thresholds: T;
  readonly runbook: string;
  /** Whether people hear of what happens every day. */
  readonly routineEvents: boolean;
  /** Who is told of an alarm. */
  readonly actions: (severity: Severity, place: WatchPlace | undefined) => string[];
  /** Is told of an alarm that says that the site is down. */
  readonly siteDown: (cause: string, alarm: CloudwatchMetricAlarm) => void;
}

/** A component that is watched, and its alarms. */
export class WatchedComponent extends Construct {
  /** Alarms by kind and by what they are about: `no-healthy-host`, `replica-lag-b1`. */
  public readonly alarms: Record<string, CloudwatchMetricAlarm> = {};
  /** Those of the stack's own region, which a dashboard and other alarms can refer to. */
  public readonly homeAlarms: CloudwatchMetricAlarm[] = [];
  /** Thresholds of the alarms, as these are keyed, in units of their metrics. */
  private readonly limits = new Map<string, number>();

  public constructor(
    scope: Construct,
    id: string,
    public readonly watchlist: Watchlist,
    props: WatchedComponentProps<object>,
  ) {
    super(scope, id);
    watchlist.follow((item) => this.add(item, props));
  }

  /** The threshold of an alarm, by its key in `alarms`. */
  public limitOf(key: string): number | undefined {
    return this.limits.get(key);
  }

  private add(
    { alarm: rule, events, routineEvents, place }: WatchedItems<object>,
    props: WatchedComponentProps<object>,
  ): void {
    for (const source of [events, props.routineEvents && routineEvents]) {
      if (source) source(this, props.actions("warning", place)[0]!);
    }
    if (rule) this.addAlarm(rule, place, props);
  }

  private addAlarm(
    rule: AlarmRule<object>,
    place: WatchPlace | undefined,
    { thresholds, runbook, actions, siteDown }: WatchedComponentProps<object>,
  ): void {
    const threshold = thresholdOf(this, rule, thresholds);
    if (threshold === undefined) return;
    const alarm = createAlarm(this, rule, {
      threshold,
      description: alarmDescription({ ...rule, runbook }),
      actions: actions(rule.severity, place),
      provider: place?.provider,
    });
    this.alarms[alarmId(rule)] = alarm;
    this.limits.set(alarmId(rule), threshold);
    if (place?.provider !== undefined) return;
    this.homeAlarms.push(alarm);
    if (rule.siteDown !== undefined) siteDown(rule.siteDown, alarm);
  }
}
