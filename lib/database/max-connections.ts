import { memoryOf } from "../instance-types";
import { isKnown } from "../validation";

const GIB = 2 ** 30;
/** Of an instance's memory RDS and the system keep about this share, and this much. */
const OWN_SHARE = 0.1;
const OWN_GIB = 0.2;

/** Whose formula for the greatest number of connections it is. */
export type ConnectionFormula = "postgres" | "mysql" | "mariadb" | "aurora-postgresql" | "aurora-mysql";

/**
 * The greatest number of connections that an engine takes by default, by the memory it has.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
 */
const FORMULAS: Readonly<Record<ConnectionFormula, (bytes: number) => number>> = {
  postgres: (bytes) => Math.min(bytes / 9_531_392, 5000),
  "aurora-postgresql": (bytes) => Math.min(bytes / 9_531_392, 5000),
  mysql: (bytes) => Math.min(bytes / 12_582_880, 16_000),
  mariadb: (bytes) => Math.min(bytes / 25_165_760, 12_000),
  "aurora-mysql": (bytes) =>
    Math.min(Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1000), 16_000),
};

/** Memory of a class of instance in GiB; undefined for one that is known only after deploy, or not known here. */
export function memoryOfClass(instanceClass: string): number | undefined {
  return isKnown(instanceClass) ? memoryOf(instanceClass.replace(/^db\./, "")) : undefined;
}

/**
 * About how many connections an instance takes; rather fewer than more, as an alarm that is never reached is none.
 *
 * @param memory GiB
 * @param parameters of the instance; a `max_connections` that is a number counts
 */
export function maxConnections(
  engine: ConnectionFormula,
  memory: number | undefined,
  parameters: Readonly<Record<string, string>> = {},
): number | undefined {
  const { max_connections: given } = parameters;
  if (given !== undefined) return isKnown(given) && /^\d+$/.test(given) ? Number(given) : undefined;
  if (memory === undefined) return undefined;
  const usable = Math.max(memory * (1 - OWN_SHARE) - OWN_GIB, 0.1) * GIB;
  return Math.max(Math.floor(FORMULAS[engine](usable)), 1);
}
