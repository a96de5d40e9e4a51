import { PropChecks } from "../validation";
import { AlarmRule } from "./alarm-rule";
import { Metric, MetricMath, isMetricMath } from "./metric";
import { TIERS } from "./tier";
import { WatchedItems, WatchlistOptions } from "./watched-items";

const LONGEST = 86_400;
const KIND = {
  allowed: "words in lower case with hyphens, as in queue-long",
  remedy: "It is a section of the runbook.",
};
const STATISTIC = /^(Average|Maximum|Minimum|SampleCount|Sum|p\d{1,2}(\.\d{1,10})?|p100)$/;

export function checkWatchlist(checks: PropChecks, options: WatchlistOptions<never>): void {
  checks.group("watchlist", options, "As in { tier, region, thresholds }.");
  checks.oneOf("watchlist.tier", options.tier, Object.keys(TIERS), '"other" is for parts of your own.');
  checks.given("watchlist.region", options.region, "the region of the metrics", "As in eu-west-1.");
  checks.group("watchlist.thresholds", options.thresholds, "As in { waiting: { min: 1, max: 100 } }, or {}.");
}

/** Refuses what AWS refuses at deploy, or takes and never raises. */
export function checkItems<T>(
  checks: PropChecks,
  { alarm, chart }: WatchedItems<T>,
  { thresholds }: WatchlistOptions<T>,
): void {
  if (alarm) checkAlarm(checks, alarm, Object.keys(thresholds));
  for (const { metric } of chart?.lines ?? []) checkMetric(checks, `chart "${chart!.title}"`, metric);
}

function checkAlarm<T>(checks: PropChecks, alarm: AlarmRule<T>, thresholds: readonly string[]): void {
  const prop = `alarm "${alarm.kind}"`;
  const words = "Use one of these words.";
  checks.matches(`${prop}.kind`, alarm.kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, KIND);
  checks.given(
    `${prop}.meaning`,
    alarm.meaning,
    "what it means, as a sentence",
    "People read it in an e-mail.",
  );
  checks.oneOf(`${prop}.severity`, alarm.severity, ["critical", "warning"], words);
  checks.oneOf(`${prop}.alarmWhen`, alarm.alarmWhen, ["above", "atLeast", "below", "atMost"], words);
  checks.oneOf(`${prop}.missingData`, alarm.missingData, ["good", "bad", "unchanged"], words);
  const remedy = "A minute is a period, unless the metric says otherwise.";
  checks.integer(`${prop}.periods`, alarm.periods, { min: 1, max: 1440 }, remedy);
  checks.integer(`${prop}.badPeriods`, alarm.badPeriods, { min: 1, max: alarm.periods }, remedy);
  const seconds = (alarm.metric.period ?? 60) * alarm.periods;
  checks.require(seconds <= LONGEST, {
    prop: `${prop}.periods`,
    value: alarm.periods,
    allowed: `as many as make a day, ${LONGEST} seconds; these are ${seconds}`,
    remedy: "Look at fewer periods, or at shorter ones.",
  });
  if (typeof alarm.threshold === "object") {
    checks.oneOf(
      `${prop}.threshold.name`,
      alarm.threshold.name,
      thresholds,
      "Name one of the watchlist's thresholds.",
    );
  }
  checkMetric(checks, prop, alarm.metric);
}

function checkMetric(checks: PropChecks, prop: string, metric: Metric | MetricMath): void {
  checks.given(
    `${prop}.metric`,
    metric,
    "a metric, or an expression of metrics",
    "As in { namespace, metricName, … }.",
  );
  for (const one of isMetricMath(metric) ? Object.values(metric.metrics) : [metric]) {
    checks.matches(`${prop}.metric.statistic`, one.statistic, STATISTIC, {
      allowed: "Average, Maximum, Minimum, SampleCount, Sum, or a percentile as in p99",
      remedy: "Use one of these words.",
    });
  }
}
