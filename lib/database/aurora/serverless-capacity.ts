import { PropChecks, isKnown } from "../../validation";

/** The class of an instance that grows and shrinks with its load. */
export const SERVERLESS_CLASS = "db.serverless";

/**
 * Between how much and how much a serverless instance has, in Aurora capacity units: about 2 GiB of memory each,
 * with processor and network to match. Every second of every unit is paid for.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
export interface ServerlessCapacity {
  /**
   * Units of an instance at rest: 0 to 256 in steps of 0.5. With 0, instances without connections pause, and
   * the next connection waits until they have resumed; not every version can.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
   */
  readonly min: number;

  /** Units of an instance under its highest load: 1 to 256 in steps of 0.5. */
  readonly max: number;
}

const MOST = 256;
const LEAST_MAX = 1;

/**
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html,
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster
 *
 * @param classes classes of the cluster's instances
 */
export function checkServerless(
  checks: PropChecks,
  capacity: ServerlessCapacity | undefined,
  classes: readonly string[],
): void {
  const isServerless = classes.includes(SERVERLESS_CLASS);
  checks.require(!isServerless || capacity !== undefined, {
    prop: "serverlessCapacity",
    value: capacity,
    allowed: `a capacity beside the class ${SERVERLESS_CLASS}`,
    remedy: "Say how small and how large an instance may be: serverlessCapacity: { min: 0.5, max: 8 }.",
  });
  if (capacity === undefined) return;
  checks.require(isServerless || !classes.every(isKnown), {
    prop: "serverlessCapacity",
    value: capacity,
    allowed: `nothing without an instance of class ${SERVERLESS_CLASS}`,
    remedy: `Leave it out, or take instanceClass: "${SERVERLESS_CLASS}".`,
  });
  checkUnits(checks, "min", capacity.min, 0);
  checkUnits(checks, "max", capacity.max, LEAST_MAX);
  const ordered = !isKnown(capacity.min) || !isKnown(capacity.max) || capacity.min <= capacity.max;
  checks.require(ordered, {
    prop: "serverlessCapacity",
    value: capacity,
    allowed: "a min that is not above max",
    remedy: "Raise max, or lower min.",
  });
}

function checkUnits(checks: PropChecks, end: "min" | "max", value: number, least: number): void {
  const prop = `serverlessCapacity.${end}`;
  const allowed = `${least} to ${MOST} Aurora capacity units, in steps of 0.5`;
  const remedy = "A unit is about 2 GiB of memory.";
  checks.given(prop, value, allowed, remedy);
  const fits = !isKnown(value) || (Number.isInteger(2 * value) && value >= least && value <= MOST);
  checks.require(fits, { prop, value, allowed, remedy });
}
