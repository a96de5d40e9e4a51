import { Metric, MetricMath } from "./metric";

/** A line of a chart. */
export interface ChartLine {
  readonly label: string;
  readonly metric: Metric | MetricMath;
  /** Whether its numbers are read on the right. @default false */
  readonly right?: boolean;
}

/** Numbers that are looked at together. */
export interface Chart {
  readonly title: string;
  /** What the numbers on the left are: `percent`, `seconds`. */
  readonly unit: string;
  readonly lines: readonly ChartLine[];
  /** Alarms whose thresholds are drawn into it, by kind and key: `latency`, `database-busy-a1`. @default - none */
  readonly alarms?: readonly string[];
}
