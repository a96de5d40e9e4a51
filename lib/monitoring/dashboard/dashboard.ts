import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { pathName } from "../../naming";
import { PropChecks } from "../../validation";
import { Chart } from "../chart";
import { WatchedComponent } from "../watched-component";
import { LogDestination } from "../log-destination";
import { TIERS, Tier } from "../tier";
import { PlacedWidget, layOut } from "./layout";
import { logsTable } from "./logs-table";
import { Limit, Widget, alarmsWidgets, chartWidget, textWidget } from "./widgets";

export interface DashboardOptions {
  /**
   * Name of the dashboard: up to 255 letters, digits, hyphens and underscores; unique in the account.
   *
   * @default - the construct's path: `shop-Web-Monitoring`
   */
  readonly name?: string;
}

export interface DashboardProps extends DashboardOptions {
  readonly runbook: string;
}

const MAX_NAME = 255;

export function checkDashboard(checks: PropChecks, options: DashboardOptions): void {
  checks.group("dashboard", options, 'As in { name: "shop" }.');
  checks.matches("dashboard.name", options.name, /^[A-Za-z0-9_-]{1,255}$/, {
    allowed: "up to 255 letters, digits, hyphens and underscores",
    remedy: "Leave it out for the construct's path.",
  });
}

/**
 * A dashboard on which a request's way leads from top to bottom: the alarms first, then each part of the site that a
 * request passes, then the logs.
 */
export class Dashboard extends Construct {
  public readonly dashboard: CloudwatchDashboard;
  private readonly components: WatchedComponent[] = [];
  private siteDown?: CloudwatchCompositeAlarm;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DashboardProps,
  ) {
    super(scope, id);
    this.dashboard = new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: props.name ?? pathName(scope).slice(0, MAX_NAME),
      dashboardBody: Lazy.stringValue({ produce: () => JSON.stringify({ widgets: this.widgets }) }),
    });
  }

  /** Adds a component to what is shown. */
  public show(component: WatchedComponent): void {
    this.components.push(component);
  }

  /** Shows the alarm for the whole site before all others. */
  public showFirst(siteDown: CloudwatchCompositeAlarm): void {
    this.siteDown = siteDown;
  }

  /** What is shown, each with its place. */
  public get widgets(): readonly PlacedWidget[] {
    const tiers = Object.keys(TIERS) as Tier[];
    const inOrder = tiers.flatMap((tier) => this.components.filter((one) => tierOf(one) === tier));
    return layOut([...this.top(inOrder), ...inOrder.flatMap((one) => section(one)), ...this.bottom(inOrder)]);
  }

  private top(components: readonly WatchedComponent[]): Widget[][] {
    const title = `# ${this.props.name ?? pathName(this.node.scope!)}\nA request's way, from top to bottom. What to do about an alarm: ${this.props.runbook}`;
    const all = [this.siteDown, ...components.flatMap((component) => component.homeAlarms)];
    const alarms = all.flatMap((alarm) => (alarm ? [alarm.arn] : []));
    return [[textWidget(title, 2)], alarmsWidgets("Alarms", alarms)];
  }

  private bottom(components: readonly WatchedComponent[]): Widget[][] {
    const logs: LogDestination[] = components.flatMap(({ watchlist }) => watchlist.logs);
    return logs.length === 0 ? [] : [[textWidget(`## Logs\n${logsTable(logs)}`, 3 + logs.length)]];
  }
}

/** A component: its title, and its charts below. */
function section(component: WatchedComponent): Widget[][] {
  const charts = component.watchlist.charts;
  if (charts.length === 0) return [];
  const title = `## ▼ ${TIERS[tierOf(component)]}: ${component.node.id}`;
  return [
    [textWidget(title, 1)],
    charts.map(({ chart, region }) => chartWidget(chart, region, limitsOf(chart, component))),
  ];
}

/** Where the alarms of a chart begin. */
function limitsOf(chart: Chart, component: WatchedComponent): Limit[] {
  return (chart.alarms ?? []).flatMap((alarm) => {
    const value = component.limitOf(alarm);
    return value === undefined ? [] : [{ label: alarm, value }];
  });
}

function tierOf({ watchlist }: WatchedComponent): Tier {
  return watchlist.options.tier;
}
