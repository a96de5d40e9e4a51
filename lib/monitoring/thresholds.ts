import { Annotations, Op, Token } from "cdktf";
import { IConstruct } from "constructs";
import { PropChecks } from "../validation";
import { AlarmRule, ThresholdRanges } from "./alarm-rule";

/** Refuses thresholds that the component does not have, and numbers that can't be meant. */
export function checkThresholds<T extends object>(
  checks: PropChecks,
  component: string,
  thresholds: T,
  ranges: ThresholdRanges<T>,
): void {
  checks.group(`thresholds of ${component}`, thresholds, "As in { cpuUtilization: 90 }.");
  for (const [name, value] of Object.entries(thresholds) as [keyof T & string, unknown][]) {
    const names = Object.keys(ranges);
    checks.require(names.includes(name), {
      prop: `${name} of ${component}`,
      value,
      allowed:
        names.length === 0 ? "no thresholds, as this has none" : `thresholds named ${names.join(", ")}`,
      remedy: "Leave it out, or name one of these.",
    });
    if (value === undefined || value === false || Token.isUnresolved(value)) continue;
    const { min, max, unit } = ranges[name];
    const range = min === max ? `${min}` : `a number from ${min} to ${max}${unit ? ` ${unit}` : ""}`;
    checks.require(typeof value === "number" && value >= min && value <= max, {
      prop: `${name} of ${component}`,
      value,
      allowed: `${range}, or false for no alarm`,
      remedy: "Leave it out for the default.",
    });
  }
}

/** The threshold of an alarm in units of its metric; undefined where there is to be no alarm. */
export function thresholdOf<T extends object>(
  scope: IConstruct,
  rule: AlarmRule<T>,
  thresholds: T,
): number | undefined {
  if (typeof rule.threshold === "number") return rule.threshold;
  const { name, times = 1, default: derived } = rule.threshold;
  const given = thresholds[name] as number | false | undefined;
  if (given === false) return undefined;
  const value = given ?? derived;
  if (value === undefined) {
    Annotations.of(scope).addWarning(
      `No alarm for ${rule.kind}${rule.key === undefined ? "" : ` of ${rule.key}`}: its threshold can't be derived. ` +
        `Give ${name}, or say ${name}: false.`,
    );
    return undefined;
  }
  if (times === 1) return value;
  return Token.isUnresolved(value) ? Token.asNumber(Op.mul(value, times)) : value * times;
}
