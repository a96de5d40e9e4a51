import { Token } from "cdktf";
import { Chart, ChartLine } from "../chart";
import { MINUTE, Metric, isMetricMath } from "../metric";

/**
 * A widget of a dashboard without its place: its height, and what AWS wants to know of it.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface Widget {
  readonly type: "alarm" | "metric" | "text";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Columns of a dashboard. */
export const COLUMNS = 24;
const CHART = { width: 8, height: 6 };
/** Alarms that stand beside each other, and rows of them that fit into one row of a dashboard. */
const ALARMS_A_ROW = 4;
/** Most alarms that a widget takes. */
const ALARMS_A_WIDGET = 100;

/** A number that a chart has a line across at. */
export interface Limit {
  readonly label: string;
  readonly value: number;
}

export function textWidget(markdown: string, height: number): Widget {
  return { type: "text", width: COLUMNS, height, properties: { markdown, background: "transparent" } };
}

/** The states of alarms, in as many widgets as they need. */
export function alarmsWidgets(title: string, alarmArns: readonly string[]): Widget[] {
  const widgets: Widget[] = [];
  for (let first = 0; first < alarmArns.length; first += ALARMS_A_WIDGET) {
    const alarms = alarmArns.slice(first, first + ALARMS_A_WIDGET);
    const height = 2 + Math.ceil(alarms.length / ALARMS_A_ROW);
    widgets.push({ type: "alarm", width: COLUMNS, height, properties: { title, alarms } });
  }
  return widgets;
}

export function chartWidget(chart: Chart, region: string, limits: readonly Limit[]): Widget {
  const isKnown = ({ value }: Limit) => !Token.isUnresolved(value);
  return {
    type: "metric",
    ...CHART,
    properties: {
      title: chart.title,
      region,
      view: "timeSeries",
      stacked: false,
      metrics: chart.lines.flatMap(chartLine),
      yAxis: { left: { label: chart.unit, min: 0, showUnits: false }, right: { min: 0, showUnits: false } },
      annotations: { horizontal: limits.filter(isKnown) },
    },
  };
}

/** A line in AWS's words: of one metric, or of an expression and the hidden metrics that it computes with. */
function chartLine({ label, metric, right }: ChartLine, place: number): unknown[] {
  const yAxis = right ? "right" : "left";
  if (!isMetricMath(metric)) return [[...metricPath(metric), { ...metricOptions(metric), label, yAxis }]];
  const names = Object.keys(metric.metrics);
  // Names are those of the whole widget.
  const expression = names.reduce(
    (text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), `${name}${place}`),
    metric.expression,
  );
  const period = metric.period ?? MINUTE;
  return [
    ...names.map((name) => {
      const input = metric.metrics[name]!;
      return [...metricPath(input), { stat: input.statistic, period, id: `${name}${place}`, visible: false }];
    }),
    [{ expression, label, yAxis, period }],
  ];
}

function metricPath({ namespace, metricName, dimensions }: Metric): string[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat()];
}

function metricOptions({ statistic, period }: Metric): { stat: string; period: number } {
  return { stat: statistic, period: period ?? MINUTE };
}
