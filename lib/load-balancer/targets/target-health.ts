import { LbTargetGroupTargetGroupHealth } from "@cdktf/provider-aws/lib/lb-target-group";
import { numberText } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";

/**
 * How many targets have to be healthy, and what happens when they are fewer. Numbers count the targets of all
 * zones; with `crossZone: false`, those of each zone. Where both a count and a percentage are given, either one
 * that is missed counts.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export interface TargetHealthOptions {
  /**
   * Below this, requests go to all targets, unhealthy ones too: better a target that fails its checks than the
   * few healthy ones overrun.
   *
   * @default - a count of 1
   */
  readonly routing?: RoutingThreshold;

  /**
   * Below this, DNS names the zone no longer, so that clients go to the others; as long as there is a zone that
   * is healthy. Not lower than `routing`. Turn it `"off"` where a network load balancer or Global Accelerator
   * stands before the balancer.
   *
   * @default - as `routing`, which is what AWS recommends
   */
  readonly dnsFailover?: HealthThreshold | "off";
}

/** How many targets have to be healthy. */
export interface HealthThreshold {
  /** Number of targets, 1 to 1000, or `"off"`. @default - as `routing` */
  readonly count?: number | "off";
  /** Percentage of the targets, 1 to 100, or `"off"`. @default - as `routing` */
  readonly percentage?: number | "off";
}

/** How many targets have to be healthy; a count is always there. */
export interface RoutingThreshold {
  /** Number of targets, 1 to 1000. @default 1 */
  readonly count?: number;
  /** Percentage of the targets, 1 to 100, or `"off"`. @default "off" */
  readonly percentage?: number | "off";
}

export function checkTargetHealth(checks: PropChecks, options: TargetHealthOptions): void {
  const { routing, dnsFailover } = thresholds(options);
  const targets = { min: 1, max: 1000, unit: "targets" };
  const percent = { min: 1, max: 100, unit: "percent" };
  for (const [name, threshold] of Object.entries({ routing, dnsFailover })) {
    for (const [prop, range] of [["count", targets] as const, ["percentage", percent] as const]) {
      const value = threshold[prop];
      const offIsLegal = name === "dnsFailover" || prop === "percentage";
      if (value === "off" && offIsLegal) continue;
      const remedy = offIsLegal ? '"off" takes it away.' : "1 is the least that AWS allows.";
      checks.integer(`targetHealth.${name}.${prop}`, value as number, range, remedy);
    }
  }
  for (const prop of ["count", "percentage"] as const) {
    const [lower, upper] = [routing[prop], dnsFailover[prop]];
    const comparable = isKnown(lower) && isKnown(upper) && lower !== "off" && upper !== "off";
    checks.require(!comparable || upper >= lower, {
      prop: `targetHealth.dnsFailover.${prop}`,
      value: upper,
      allowed: `at least targetHealth.routing.${prop}, ${lower}`,
      remedy:
        "Clients have to leave a zone before, or when, its unhealthy targets get requests. Leave it out.",
    });
  }
}

/** The arguments of the target group. All are written out: what is left out stays as it was. */
export function targetHealth(options: TargetHealthOptions): LbTargetGroupTargetGroupHealth {
  const { routing, dnsFailover } = thresholds(options);
  return {
    unhealthyStateRouting: {
      minimumHealthyTargetsCount: routing.count,
      minimumHealthyTargetsPercentage: thresholdText(routing.percentage),
    },
    dnsFailover: {
      minimumHealthyTargetsCount: thresholdText(dnsFailover.count),
      minimumHealthyTargetsPercentage: thresholdText(dnsFailover.percentage),
    },
  };
}

function thresholds(options: TargetHealthOptions): {
  routing: Required<RoutingThreshold>;
  dnsFailover: Required<HealthThreshold>;
} {
  const routing = {
    count: options.routing?.count ?? 1,
    percentage: options.routing?.percentage ?? "off",
  } as const;
  if (options.dnsFailover === "off") return { routing, dnsFailover: { count: "off", percentage: "off" } };
  const { count = routing.count, percentage = routing.percentage } = options.dnsFailover ?? {};
  return { routing, dnsFailover: { count, percentage } };
}

function thresholdText(value: number | "off"): string {
  return value === "off" ? value : numberText(value);
}
