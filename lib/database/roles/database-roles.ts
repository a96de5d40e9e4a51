import { InvalidRolesError } from "./invalid-roles-error";
import { FIRST_NODE, SLOTS } from "./node-name";
import { RestoreSource } from "./restore-source";

/** An instance of a pair, and how it came to be. */
export interface DatabaseNode {
  /** Slot and generation, as in `b2`; the end of its identifier. */
  readonly node: string;
  /** The node that it was a replica of before it was promoted. */
  readonly promotedFrom?: string;
  /** The backup that it was made from. */
  readonly restoredFrom?: RestoreSource;
}

/** A read-only copy of the primary. */
export interface ReplicaNode {
  readonly node: string;
  /** The node that it copies. */
  readonly replicates: string;
}

/** An instance made from a backup, to be looked into before it serves. */
export interface RestoredNode extends DatabaseNode {
  readonly restoredFrom: RestoreSource;
}

/** An instance that is out of service, and that the next rebuild deletes. */
export interface RetiredNode extends DatabaseNode {
  /** The node that it copies, if it is a replica still. */
  readonly replicates?: string;
}

/**
 * Who does what in a pair of databases: part of its configuration, so that every change of roles is a change to
 * review and to plan.
 *
 * Only these steps lead from one to the next: `failOver`, `rebuildReplica`, `switchBack`, and, beside them,
 * `addReplica`, `restoreFrom` and `retire`.
 */
export interface DatabaseRoles {
  /** Takes reads and writes. */
  readonly primary: DatabaseNode;
  /** Read-only copies of the primary, for reads and to take over. */
  readonly replicas: readonly ReplicaNode[];
  /** How many replicas there should be: what a rebuild makes up for. */
  readonly replicaCount: number;
  /** Made from backups and not in service. */
  readonly restored: readonly RestoredNode[];
  /** Out of service, to be deleted by the next rebuild. */
  readonly retired: readonly RetiredNode[];
  /** Names of nodes that were deleted. A name is never used again: its snapshots and logs keep it. */
  readonly deleted: readonly string[];
}

export interface InitialRolesOptions {
  /**
   * Replicas of the primary, 0 to 15.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * A backup that the primary is made from.
   *
   * @default - an empty database
   */
  readonly restoredFrom?: RestoreSource;
}

/**
 * Read replicas of one RDS instance.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
 */
export const MAX_REPLICAS = 15;

/**
 * The roles that a pair begins with: `a1` is the primary, `b1` (and `c1`, …) replicate it.
 *
 * @throws InvalidRolesError if there are too many replicas
 */
export function initialRoles({ replicas = 1, restoredFrom }: InitialRolesOptions = {}): DatabaseRoles {
  if (!Number.isInteger(replicas) || replicas < 0 || replicas > MAX_REPLICAS) {
    throw new InvalidRolesError({
      where: "replicas",
      problem: `the number is ${replicas}`,
      allowed: `a whole number from 0 to ${MAX_REPLICAS}`,
      remedy: "One replica takes over; more share reads.",
    });
  }
  const primary = FIRST_NODE;
  return {
    primary: restoredFrom ? { node: primary, restoredFrom } : { node: primary },
    replicas: SLOTS.slice(1, replicas + 1).map((slot) => ({ node: `${slot}1`, replicates: primary })),
    replicaCount: replicas,
    restored: [],
    retired: [],
    deleted: [],
  };
}

/** Every node that there is, in the order of service. */
export function nodesOf(roles: DatabaseRoles): readonly RetiredNode[] {
  return [roles.primary, ...roles.replicas, ...roles.restored, ...roles.retired];
}

/** Every name that is or was in use. */
export function usedNames(roles: DatabaseRoles): readonly string[] {
  return [...nodesOf(roles).map(({ node }) => node), ...roles.deleted];
}
