import { Token } from "cdktf";
import { INetwork } from "../../network";
import { PropChecks, isKnown } from "../../validation";
import { AuroraEngineName } from "./aurora-engine";
import { AuroraClusterOptions } from "./aurora-cluster-props";

/** A place for an instance. Part of Terraform addresses, so it is a letter and keeps its instance. */
export interface Slot {
  readonly letter: string;
  readonly instanceClass: string;
  /** Lowest first, who takes over from a writer that is lost. */
  readonly promotionTier: number;
  readonly availabilityZone?: string;
}

const LETTERS = "abcdefghijklmnop";
const FEWEST = 2;
const DEFAULT_INSTANCES = 2;
const DEFAULT_INSTANCE_CLASS = "db.t4g.medium";
/** Aurora keeps the data of a cluster in three zones, and takes instances in these only. */
const ZONES = 3;

/** The slots of a cluster: a, b, and further letters for further readers. */
export function slotsOf(props: AuroraClusterOptions & { readonly network: INetwork }): Slot[] {
  const zones = clusterZones(props.network);
  return lettersOf(props).map((letter, place) => ({
    letter,
    instanceClass: props.slots?.[letter]?.instanceClass ?? props.instanceClass ?? DEFAULT_INSTANCE_CLASS,
    promotionTier: place,
    availabilityZone: zones?.[place % zones.length],
  }));
}

/**
 * The zones of a cluster, where the network knows their names; else Aurora chooses them, and spreads the
 * instances by itself.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function clusterZones(network: INetwork): string[] | undefined {
  const names = new Set(network.dataSubnets.map((subnet) => subnet.availabilityZone));
  const zones = [...names].slice(0, ZONES);
  return zones.every((zone) => zone !== undefined) ? zones : undefined;
}

export function checkSlots(checks: PropChecks, props: AuroraClusterOptions): void {
  const { instances } = props;
  const range = { min: FEWEST, max: LETTERS.length };
  const remedy = "One writes, and the others read and stand by; Aurora takes 15 readers.";
  checks.require(!Token.isUnresolved(instances), {
    prop: "instances",
    value: instances,
    allowed: `a number from ${range.min} to ${range.max} that is known now`,
    remedy,
  });
  checks.integer("instances", instances, range, remedy);
  checkClass(checks, "instanceClass", props.instanceClass);
  const letters = lettersOf(props);
  for (const [letter, options] of Object.entries(props.slots ?? {})) {
    checks.require(letters.includes(letter), {
      prop: "slots",
      value: letter,
      allowed: letters.map((one) => `"${one}"`).join(", "),
      remedy: `The cluster has ${letters.length} instances; for another one raise instances.`,
    });
    checkClass(checks, `slots.${letter}.instanceClass`, options.instanceClass);
  }
}

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html */
export function supportsPerformanceInsights(engine: AuroraEngineName, instanceClass: string): boolean {
  if (!isKnown(instanceClass) || engine === "aurora-postgresql") return true;
  return !/^db\.(t[23]\..+|t4g\.(micro|small))$/.test(instanceClass);
}

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html */
function checkClass(checks: PropChecks, prop: string, instanceClass: string | undefined): void {
  checks.matches(prop, instanceClass, /^db\.(serverless|[a-z0-9-]+\.[a-z0-9.-]+)$/, {
    allowed: "a class of instance, as in db.r8g.large, or db.serverless",
    remedy:
      "Classes are listed by: aws rds describe-orderable-db-instance-options --engine aurora-postgresql (or aurora-mysql).",
  });
}

function lettersOf({ instances = DEFAULT_INSTANCES }: AuroraClusterOptions): string[] {
  return [...LETTERS.slice(0, instances)];
}
