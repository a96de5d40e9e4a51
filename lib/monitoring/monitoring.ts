import { Annotations } from "cdktf";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { pathSeenFrom } from "../naming";
import { awsProvidersOf, useProvider } from "../synthesis";
import { PropChecks, isKnown } from "../validation";
import { alarmDescription } from "./alarm-description";
import { Severity } from "./alarm-rule";
import { Dashboard, DashboardOptions, checkDashboard } from "./dashboard/dashboard";
import { AlarmTopic } from "./notifications/alarm-topic";
import { NotifyOptions, checkNotify, tellsAnybody } from "./notifications/notify-options";
import { SiteDown } from "./site-down";
import { checkThresholds } from "./thresholds";
import { WatchedComponent } from "./watched-component";
import { WatchPlace } from "./watched-items";
import { IWatchable, Watchlist } from "./watchlist";

/** What can be chosen about monitoring, whatever is watched. */
export interface MonitoringOptions {
  /**
   * Who is told of alarms when they begin, and of critical ones also when they end.
   *
   * @default - nobody, of which synthesis warns
   */
  readonly notify?: NotifyOptions;

  /**
   * Where your runbook is: a page with a section for each kind of alarm, named after it (`#no-healthy-host`), which
   * the alarms' descriptions link to. Up to 400 characters.
   *
   * @default - docs/runbook.md of this package, by name
   */
  readonly runbookUrl?: string;

  /**
   * Whether people also hear of what happens as a matter of course: each host that is started or terminated, and every
   * change of parameter groups and security groups of databases in the account.
   *
   * @default false
   */
  readonly routineEvents?: boolean;

  /**
   * A dashboard of all that is watched, in the order of a request's way; or `false` for none. The first three of an
   * account are free, further ones cost a small fee a month.
   *
   * @default - named after the construct
   */
  readonly dashboard?: DashboardOptions | false;
}

const OWN_RUNBOOK = "docs/runbook.md of cdktf-tandem";

/**
 * Watches components: an alarm for each way in which they can be unwell, a topic that tells people, one alarm for "the
 * site is down", and a dashboard. Each alarm costs a small fee a month.
 *
 * Thresholds have defaults, which follow from the component where they can; each can be changed, or its alarm switched
 * off by `false`. What a component gets later, another target or another instance, is watched too.
 *
 * @example
 * const monitoring = new Monitoring(stack, "Monitoring", { notify: { emails: ["oncall@example.com"] } });
 * monitoring.watch(balancer, { latency: 1 });
 * monitoring.watch(database, { cpuUtilization: 90, diskQueueDepth: false });
 *
 * @throws InvalidPropError for subscribers of another form, and thresholds that can't be meant.
 */
export class Monitoring extends Construct {
  /** Where the alarms report to. */
  public readonly topic: AlarmTopic;
  public readonly dashboard?: Dashboard;

  private readonly watched = new Map<unknown, WatchedComponent>();
  private readonly topicsAbroad = new Map<string, AlarmTopic>();
  private siteDownAlarm?: SiteDown;

  public constructor(
    scope: Construct,
    id: string,
    private readonly options: MonitoringOptions = {},
  ) {
    super(scope, id);
    const { notify = {}, dashboard = {} } = options;
    this.check();
    this.topic = new AlarmTopic(this, "Topic", notify);
    if (dashboard !== false)
      this.dashboard = new Dashboard(this, "Dashboard", { ...dashboard, runbook: this.runbook });
    if (!tellsAnybody(notify)) {
      Annotations.of(this).addWarning(
        `${notify.criticalActionArns?.length ? "Alarms that are not critical" : "Alarms"} tell nobody. ` +
          'Name who is to hear of them: notify: { emails: ["oncall@example.com"] }.',
      );
    }
  }

  /** What is watched, as it was added. */
  public get components(): readonly WatchedComponent[] {
    return [...this.watched.values()];
  }

  /** All alarms, but the one for the whole site. */
  public get alarms(): readonly CloudwatchMetricAlarm[] {
    return this.components.flatMap((component) => Object.values(component.alarms));
  }

  /** In alarm while the site is down; there as soon as something is watched without which it is. */
  public get siteDown(): SiteDown | undefined {
    return this.siteDownAlarm;
  }

  /**
   * Watches a component, of this stack or of another one.
   *
   * @param component any of this library, or your own construct with a `watchlist`
   * @param thresholds what differs from its defaults, by name; `false` for no alarm
   * @throws InvalidPropError for a component that is watched already, and thresholds that it does not have
   */
  public watch<T extends object>(component: IWatchable<T>, thresholds: T = {} as T): WatchedComponent {
    const checks = new PropChecks(this);
    const watchlist = component?.watchlist;
    const remedy = "Pass a component of this library, or a construct with a watchlist of its own.";
    checks.require(typeof watchlist?.follow === "function", {
      prop: "component",
      value: component === undefined ? undefined : typeof component,
      allowed: "something with a watchlist",
      remedy: `${remedy} A network or a topic that exists is watched by whoever made it.`,
    });
    const name = pathSeenFrom(this, watchlist.owner);
    checks.require(!this.watched.has(watchlist), {
      prop: "component",
      value: name,
      allowed: "each component once",
      remedy: "Give all its thresholds in one call of watch.",
    });
    this.checkRegion(checks, name, watchlist.options.region);
    checkThresholds(checks, name, thresholds, watchlist.options.thresholds);
    // From here on thresholds are known to be the component's.
    const watched = new WatchedComponent(this, name, watchlist as unknown as Watchlist, {
      thresholds,
      runbook: this.runbook,
      routineEvents: this.options.routineEvents ?? false,
      actions: (severity, place) => this.actions(severity, place),
      siteDown: (cause, alarm) => this.noteCause(cause, alarm),
    });
    this.watched.set(watchlist, watched);
    this.dashboard?.show(watched);
    return watched;
  }

  private get runbook(): string {
    return this.options.runbookUrl ?? OWN_RUNBOOK;
  }

  private check(): void {
    const checks = new PropChecks(this);
    const { notify = {}, runbookUrl, dashboard } = this.options;
    checkNotify(checks, notify);
    checks.matches("runbookUrl", runbookUrl, /^https?:\/\/[^\s#]{1,392}$/, {
      allowed: "a URL of up to 400 characters without a #",
      remedy: "Sections are added to it: https://wiki.example.com/runbook becomes …/runbook#no-healthy-host.",
    });
    checks.flag("routineEvents", this.options.routineEvents, "true tells of each host that comes or goes.");
    if (dashboard) checkDashboard(checks, dashboard);
  }

  /** An alarm sees metrics of its own region only: of others it would be silent, or never end. */
  private checkRegion(checks: PropChecks, component: string, region: string): void {
    const regions = awsProvidersOf(this).map((provider) => provider.region);
    const known = regions.filter(isKnown);
    // A provider that is not there yet, or whose region is not known, may be the right one.
    const isOpen = !isKnown(region) || known.length === 0 || known.length < regions.length;
    checks.require(isOpen || known.includes(region), {
      prop: "component",
      value: component,
      allowed: `components in ${known.join(" or ")}, where this stack's alarms are; it is in ${region}`,
      remedy: `Watch it by a Monitoring in a stack with a provider of ${region}.`,
    });
  }

  /** Alarms report to a topic of their own region. */
  private actions(severity: Severity, place: WatchPlace | undefined): string[] {
    if (place?.provider !== undefined) return [this.topicIn(place).arn];
    const { criticalActionArns = [] } = this.options.notify ?? {};
    return [this.topic.arn, ...(severity === "critical" ? criticalActionArns : [])];
  }

  private topicIn({ region, provider }: WatchPlace): AlarmTopic {
    const known = this.topicsAbroad.get(region);
    if (known) return known;
    const { emails, https, slack, teams, kmsKeyArn } = this.options.notify ?? {};
    // A key that was given is of another region.
    const unencrypted = kmsKeyArn === false ? kmsKeyArn : undefined;
    const subscribers = { emails, https, slack, teams };
    const topic = new AlarmTopic(this, `Topic-${region}`, { ...subscribers, kmsKeyArn: unencrypted });
    if (tellsAnybody(this.options.notify ?? {}) && !tellsAnybody(subscribers)) {
      Annotations.of(this).addWarning(
        `Alarms of ${region} tell nobody: topicArn and criticalActionArns are of another region. ` +
          "Name emails, https, slack or teams too.",
      );
    }
    useProvider(topic, provider!);
    this.topicsAbroad.set(region, topic);
    return topic;
  }

  private noteCause(cause: string, alarm: CloudwatchMetricAlarm): void {
    this.siteDownAlarm ??= this.createSiteDown();
    this.siteDownAlarm.add(cause, alarm);
  }

  private createSiteDown(): SiteDown {
    const { runbook } = this;
    const made = new SiteDown(this, "SiteDown", {
      description: alarmDescription({
        kind: "site-down",
        severity: "critical",
        meaning: "The site is down.",
        runbook,
      }),
      actions: this.actions("critical", undefined),
    });
    this.dashboard?.showFirst(made.alarm);
    return made;
  }
}
