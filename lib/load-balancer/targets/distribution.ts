import { PropChecks, isKnown } from "../../validation";
import { HTTP_TOKEN } from "../http-token";
import { WEEK } from "../seconds";

/**
 * How a target group chooses the host for the next request.
 *
 * - `round_robin`: each healthy host in turn, one request each. Fair where requests cost about the same.
 * - `least_outstanding_requests`: the host with the fewest requests in progress. Better where some requests
 *   take far longer than others, or hosts differ in size.
 * - `weighted_random`: a random host, with fewer requests for hosts that answer with more errors than their
 *   peers when `anomalyMitigation` is on.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
export type Distribution = "round_robin" | "least_outstanding_requests" | "weighted_random";

const DISTRIBUTIONS: readonly Distribution[] = [
  "round_robin",
  "least_outstanding_requests",
  "weighted_random",
];

/** How requests are spread over the hosts of a target group. */
export interface DistributionOptions {
  /**
   * How the host for the next request is chosen.
   *
   * @default "round_robin"
   */
  readonly distribution?: Distribution;

  /**
   * Whether hosts that answer with more errors than their peers get fewer requests; with `weighted_random`
   * only.
   *
   * @default false
   */
  readonly anomalyMitigation?: boolean;

  /**
   * Seconds over which a new host's share grows from nothing to full: 0 (off) or 30 to 900; with
   * `round_robin` only.
   *
   * @default 0
   */
  readonly slowStart?: number;

  /**
   * Whether a client stays with the host that answered it first, and how; not with `weighted_random`. A
   * client that stays is not balanced, and is sent elsewhere only when its host fails. Where several targets share
   * requests, `targetGroupStickiness` is needed too.
   *
   * @default - every request is balanced
   */
  readonly stickiness?: Stickiness;
}

export interface Stickiness {
  /**
   * Seconds that a client stays with its host, 1 to 604800 (a week).
   *
   * @default 86400, a day
   */
  readonly duration?: number;

  /**
   * Name of the application's own cookie, which then decides; not one that starts with AWSALB.
   *
   * @default - a cookie of the balancer's
   */
  readonly cookieName?: string;
}

/**
 * Refuses what the API would refuse at deploy, and the provider's plan lets through.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function checkDistribution(checks: PropChecks, options: DistributionOptions): void {
  const { distribution = "round_robin", anomalyMitigation, slowStart, stickiness } = options;
  checks.oneOf("distribution", distribution, DISTRIBUTIONS, '"round_robin" suits most applications.');
  if (isKnown(slowStart) && slowStart !== 0) {
    const remedy = "0 switches slow start off.";
    checks.integer("slowStart", slowStart, { min: 30, max: 900, unit: "seconds, or 0" }, remedy);
    checks.require(!isKnown(distribution) || distribution === "round_robin", {
      prop: "slowStart",
      value: slowStart,
      allowed: `0 with the distribution "${distribution}"`,
      remedy: 'Leave slowStart out, or use distribution: "round_robin".',
    });
  }
  if (stickiness !== undefined) {
    checks.require(distribution !== "weighted_random", {
      prop: "stickiness",
      value: stickiness,
      allowed: 'nothing with the distribution "weighted_random"',
      remedy: 'Leave stickiness out, or use distribution: "round_robin".',
    });
    const range = { min: 1, max: WEEK, unit: "seconds" };
    checks.integer("stickiness.duration", stickiness.duration, range, "A day is 86400.");
    const cookieName = new RegExp(`^(?!AWSALB)${HTTP_TOKEN.source.slice(1)}`);
    checks.matches("stickiness.cookieName", stickiness.cookieName, cookieName, {
      allowed: "the name of a cookie that does not start with AWSALB",
      remedy: "Those names are the balancer's own; use your application's session cookie.",
    });
  }
  checks.require(!anomalyMitigation || !isKnown(distribution) || distribution === "weighted_random", {
    prop: "anomalyMitigation",
    value: anomalyMitigation,
    allowed: `false with the distribution "${distribution}"`,
    remedy: 'Leave it out, or use distribution: "weighted_random".',
  });
}
