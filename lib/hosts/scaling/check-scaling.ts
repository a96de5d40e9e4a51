import { PropChecks, describeValue, isKnown } from "../../validation";
import { isRecurrence } from "./recurrence";
import { MetricTarget, PredictiveScaling, ScalingOptions, ScalingSchedule } from "./scaling-options";

const STATISTICS = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const NAME = { allowed: "names of letters, digits, hyphens and underscores", remedy: "Rename it." };

/** Sources: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScalingPolicy.html and its neighbours. */
export function checkScaling(checks: PropChecks, options: ScalingOptions, group: GroupSize): void {
  const { cpuUtilization, requestsPerHost, metrics = {}, schedules = {}, predictive } = options;
  if (cpuUtilization !== false) {
    const percent = { min: 1, max: 100, unit: "percent" };
    checks.integer(
      "scaling.cpuUtilization",
      cpuUtilization,
      percent,
      "60 leaves room until new hosts are up.",
    );
  }
  checkPositive(checks, "scaling.requestsPerHost", requestsPerHost, "Measure what one host can take.");
  for (const [name, target] of Object.entries(metrics)) checkMetric(checks, name, target);
  for (const [name, schedule] of Object.entries(schedules)) checkSchedule(checks, name, schedule, group);
  if (predictive) checkPredictive(checks, predictive);
}

function checkPositive(checks: PropChecks, prop: string, value: number | undefined, remedy: string): void {
  checks.require(!isKnown(value) || (Number.isFinite(value) && value > 0), {
    prop,
    value,
    allowed: "a number above 0",
    remedy,
  });
}

function checkMetric(checks: PropChecks, name: string, target: MetricTarget): void {
  const prop = `scaling.metrics.${name}`;
  checks.matches("scaling.metrics", name, /^[\w-]+$/, NAME);
  const remedy = "Metrics are listed by: aws cloudwatch list-metrics.";
  checks.matches(`${prop}.namespace`, target.namespace, /^[^:\s][^:]{0,254}$/, {
    allowed: "the namespace of a metric, as in Shop/Queue",
    remedy,
  });
  checks.matches(`${prop}.metricName`, target.metricName, /^.{1,255}$/, {
    allowed: "the name of a metric",
    remedy,
  });
  checks.given(`${prop}.targetValue`, target.targetValue, "a number above 0", "Say what to aim at.");
  checkPositive(checks, `${prop}.targetValue`, target.targetValue, "Say what to aim at.");
  checks.oneOf(`${prop}.statistic`, target.statistic, STATISTICS, '"Average" suits most metrics of hosts.');
}

/** How many hosts there are outside of schedules. */
export interface GroupSize {
  readonly minHosts: number;
  readonly maxHosts: number;
}

function checkSchedule(checks: PropChecks, name: string, schedule: ScalingSchedule, group: GroupSize): void {
  const prop = `scaling.schedules.${name}`;
  const { minHosts, maxHosts, desiredHosts, recurrence, timeZone, startTime, endTime } = schedule;
  checks.matches("scaling.schedules", name, /^[\w-]+$/, NAME);
  checks.require(
    [minHosts, maxHosts, desiredHosts].some((count) => count !== undefined),
    {
      prop,
      value: schedule,
      allowed: "at least one of minHosts, maxHosts and desiredHosts",
      remedy: "Say how many hosts there are then.",
    },
  );
  for (const [key, count] of Object.entries({ minHosts, maxHosts, desiredHosts })) {
    checks.require(
      !isKnown(count) || count === 0 || (Number.isInteger(count) && count >= 2 && count <= 10_000),
      {
        prop: `${prop}.${key}`,
        value: count,
        allowed: "0, or a whole number from 2 to 10000 hosts",
        remedy: "Two hosts are the least that survives the loss of one; 0 switches the site off.",
      },
    );
  }
  const rising = [minHosts ?? group.minHosts, desiredHosts, maxHosts ?? group.maxHosts].filter(isKnown);
  checks.require(
    rising.every((count, index) => index === 0 || count >= rising[index - 1]!),
    {
      prop,
      value: schedule,
      allowed:
        "minHosts up to desiredHosts, and that up to maxHosts; what is left out is that of the hosts, " +
        `${describeValue(group.minHosts)} and ${describeValue(group.maxHosts)}`,
      remedy: "Put the numbers in order; to switch the site off, set all three to 0.",
    },
  );
  checks.require(recurrence !== undefined || startTime !== undefined, {
    prop,
    value: schedule,
    allowed: "recurrence, startTime, or both",
    remedy: 'Say when, as in recurrence: "0 7 * * 1-5".',
  });
  checks.require(!isKnown(recurrence) || isRecurrence(recurrence), {
    prop: `${prop}.recurrence`,
    value: recurrence,
    allowed: "five fields of cron: minute, hour, day, month, day of the week",
    remedy: 'Weekdays at seven are "0 7 * * 1-5".',
  });
  checks.require(timeZone === undefined || recurrence !== undefined, {
    prop: `${prop}.timeZone`,
    value: timeZone,
    allowed: "nothing without recurrence",
    remedy: "startTime and endTime are in UTC.",
  });
  for (const [key, moment] of Object.entries({ startTime, endTime })) {
    const valid = !isKnown(moment) || (MOMENT.test(moment) && !Number.isNaN(Date.parse(moment)));
    checks.require(valid, {
      prop: `${prop}.${key}`,
      value: moment,
      allowed: "a moment in UTC, as in 2027-01-31T07:00:00Z",
      remedy: "Write date and time with T between and Z behind.",
    });
  }
  checks.require(!isKnown(startTime) || !isKnown(endTime) || Date.parse(endTime) > Date.parse(startTime), {
    prop: `${prop}.endTime`,
    value: endTime,
    allowed: `a moment after startTime, ${startTime}`,
    remedy: "Swap them, or leave out endTime.",
  });
  checks.require(!isKnown(timeZone) || isTimeZone(timeZone), {
    prop: `${prop}.timeZone`,
    value: timeZone,
    allowed: "the name of a time zone, as in Europe/Dublin",
    remedy: "Names are listed on https://en.wikipedia.org/wiki/List_of_tz_database_time_zones.",
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Abbreviations and offsets are known to Node.js, not to AWS.
    return /^(UTC|GMT|[A-Z]\w+(\/[\w+-]+)+)$/.test(name);
  } catch {
    return false;
  }
}

function checkPredictive(checks: PropChecks, predictive: PredictiveScaling): void {
  const { metric = "cpuUtilization", targetValue, mode, bufferTime, maxCapacityBuffer } = predictive;
  const prop = "scaling.predictive";
  checks.oneOf(`${prop}.metric`, metric, ["cpuUtilization", "requestsPerHost"], "Leave it out for the CPU.");
  checks.oneOf(
    `${prop}.mode`,
    mode,
    ["ForecastOnly", "ForecastAndScale"],
    "Begin with the forecast alone, and look at it.",
  );
  checks.given(`${prop}.targetValue`, targetValue, "a number above 0", "Say what to aim at.");
  checkPositive(checks, `${prop}.targetValue`, targetValue, "Say what to aim at.");
  checks.require(metric !== "cpuUtilization" || !isKnown(targetValue) || targetValue <= 100, {
    prop: `${prop}.targetValue`,
    value: targetValue,
    allowed: "up to 100 percent of CPU",
    remedy: 'For requests a minute, say metric: "requestsPerHost".',
  });
  checks.integer(`${prop}.bufferTime`, bufferTime, { min: 0, max: 3600, unit: "seconds" }, "300 suits most.");
  const percent = { min: 0, max: 100, unit: "percent" };
  checks.integer(
    `${prop}.maxCapacityBuffer`,
    maxCapacityBuffer,
    percent,
    "Leave it out to keep to maxHosts.",
  );
}
