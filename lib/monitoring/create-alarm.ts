import {
  CloudwatchMetricAlarm,
  CloudwatchMetricAlarmConfig,
  CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { longName, nameTag } from "../naming";
import { AlarmRule, Comparison, MissingData, alarmId } from "./alarm-rule";
import { MINUTE, Metric, MetricMath, isMetricMath } from "./metric";

const OPERATORS: Readonly<Record<Comparison, string>> = {
  above: "GreaterThanThreshold",
  atLeast: "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
  atMost: "LessThanOrEqualToThreshold",
};

const MISSING: Readonly<Record<MissingData, string>> = {
  good: "notBreaching",
  bad: "breaching",
  unchanged: "ignore",
};

/** What an alarm is made from besides its rule. */
export interface AlarmInputs {
  /** In units of the metric. */
  readonly threshold: number;
  readonly description: string;
  /** Who is told. */
  readonly actions: string[];
  /** Provider of the metric's region, if that is another one. */
  readonly provider?: TerraformProvider;
}

/** The alarm of a rule. */
export function createAlarm<T>(
  scope: Construct,
  rule: AlarmRule<T>,
  inputs: AlarmInputs,
): CloudwatchMetricAlarm {
  const id = alarmId(rule);
  const { threshold, description, actions, provider } = inputs;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: longName(scope, id),
    alarmDescription: description,
    ...(isMetricMath(rule.metric) ? ofMath(rule.metric) : ofMetric(rule.metric)),
    comparisonOperator: OPERATORS[rule.alarmWhen],
    threshold,
    evaluationPeriods: rule.periods,
    datapointsToAlarm: rule.badPeriods,
    treatMissingData: MISSING[rule.missingData],
    alarmActions: actions,
    // An alarm that is new is well for the first time too: of the warnings, nobody wants to hear that.
    okActions: rule.severity === "critical" ? actions : undefined,
    tags: nameTag(scope),
    provider,
  });
}

function ofMetric(metric: Metric): Partial<CloudwatchMetricAlarmConfig> {
  const isPercentile = metric.statistic.startsWith("p");
  return {
    namespace: metric.namespace,
    metricName: metric.metricName,
    dimensions: { ...metric.dimensions },
    period: metric.period ?? MINUTE,
    ...(isPercentile ? { extendedStatistic: metric.statistic } : { statistic: metric.statistic }),
  };
}

function ofMath(math: MetricMath): Partial<CloudwatchMetricAlarmConfig> {
  const inputs = Object.entries(math.metrics).map(([id, metric]): CloudwatchMetricAlarmMetricQuery => ({
    id,
    metric: {
      namespace: metric.namespace,
      metricName: metric.metricName,
      dimensions: { ...metric.dimensions },
      period: math.period ?? MINUTE,
      stat: metric.statistic,
    },
  }));
  return {
    metricQuery: [
      ...inputs,
      { id: "result", expression: math.expression, label: "Result", returnData: true },
    ],
  };
}
