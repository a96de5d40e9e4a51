import { checkRoles } from "./check-roles";
import { DatabaseNode, DatabaseRoles, MAX_REPLICAS, RetiredNode } from "./database-roles";
import { refuseStep } from "./invalid-roles-error";
import { HOME_SLOT, slotOf } from "./node-name";
import { RestoreSource } from "./restore-source";
import { nextFreeSlot, nodeInSlot, slotForReplica } from "./slot-choice";

export interface FailOverOptions {
  /**
   * The replica, or the node restored from a backup, that becomes the primary.
   *
   * @default - the replica, where there is only one
   */
  readonly to?: string;

  /**
   * Whether the old primary does not exist any more, so that there is nothing to keep. Terraform would make an
   * empty one in its place otherwise.
   *
   * @default false
   */
  readonly lost?: boolean;
}

/**
 * A replica becomes the primary. The old primary is retired: kept, for what can still be saved from it, until the
 * rebuild; other replicas of it are retired with it, as RDS gives a replica no other source.
 *
 * @throws InvalidRolesError if there is nothing to fail over to, or several and none is named
 */
export function failOver(roles: DatabaseRoles, { to, lost = false }: FailOverOptions = {}): DatabaseRoles {
  checkRoles(roles);
  const target = failoverTarget(roles, to);
  const old = roles.primary;
  const followers = roles.replicas.filter(({ node }) => node !== target);
  const restored = roles.restored.find(({ node }) => node === target);
  return checked({
    ...roles,
    primary: restored ?? { node: target, promotedFrom: old.node },
    replicas: [],
    restored: roles.restored.filter(({ node }) => node !== target),
    retired: sorted([...roles.retired, ...(lost ? [] : [old]), ...followers]),
    deleted: lost ? sortedNames([...roles.deleted, old.node]) : roles.deleted,
  });
}

export interface RebuildOptions {
  /**
   * Slots that the new replicas are made in.
   *
   * @default - those that become free, else the next ones
   */
  readonly slots?: readonly string[];
}

/**
 * What is retired is deleted, each old primary with a final snapshot, and new replicas of the primary are made
 * until there are as many as there should be.
 *
 * @throws InvalidRolesError if nothing is retired and no replica is missing
 */
export function rebuildReplica(roles: DatabaseRoles, { slots = [] }: RebuildOptions = {}): DatabaseRoles {
  checkRoles(roles);
  const missing = roles.replicaCount - roles.replicas.length;
  if (roles.retired.length === 0 && missing === 0) {
    refuseStep(
      "nothing is retired, and no replica is missing",
      "a rebuild after a failover, after a node was retired, or while a replica is missing",
      "To build a replica anew, retire it first.",
    );
  }
  if (slots.length > missing) {
    refuseStep(
      `more slots are named (${slots.join(", ")}) than replicas are missing`,
      missing === 0 ? "none, as no replica is missing" : `up to ${missing}`,
      "To make one replica more, add it: tandem roles add-replica.",
    );
  }
  const cleared: DatabaseRoles = {
    ...roles,
    retired: [],
    deleted: sortedNames([...roles.deleted, ...roles.retired.map(({ node }) => node)]),
  };
  const freed = roles.retired.map(({ node }) => slotOf(node));
  return checked(
    Array.from({ length: missing }, (_, index) => slots[index]).reduce(
      (current, slot) => withReplica(current, slot ?? slotForReplica(current, freed)),
      cleared,
    ),
  );
}

/**
 * The node in slot a, which is a replica by now, becomes the primary again, as planned: first stop writes, and wait
 * until the replica has caught up.
 *
 * @throws InvalidRolesError if the primary stands in slot a, or no replica does
 */
export function switchBack(roles: DatabaseRoles): DatabaseRoles {
  checkRoles(roles);
  if (slotOf(roles.primary.node) === HOME_SLOT) {
    refuseStep(
      `the primary, ${roles.primary.node}, stands in slot ${HOME_SLOT} already`,
      "switching back while the primary stands in another slot",
      "To move it away, fail over.",
    );
  }
  const home = roles.replicas.find(({ node }) => slotOf(node) === HOME_SLOT);
  if (!home) {
    refuseStep(
      `there is no replica in slot ${HOME_SLOT} to switch back to`,
      "switching back after a rebuild in that slot",
      `Make one there, and let it catch up: tandem roles rebuild --slot ${HOME_SLOT}, or add-replica --slot ${HOME_SLOT}.`,
    );
  }
  return failOver(roles, { to: home.node });
}

/**
 * One replica more.
 *
 * @throws InvalidRolesError if RDS allows no more, or the slot is taken
 */
export function addReplica(roles: DatabaseRoles, { slot }: { readonly slot?: string } = {}): DatabaseRoles {
  checkRoles(roles);
  if (roles.replicas.length >= MAX_REPLICAS) {
    refuseStep(
      `there are ${MAX_REPLICAS} replicas`,
      `up to ${MAX_REPLICAS}`,
      "Retire one, or take a larger class.",
    );
  }
  const made = withReplica(roles, slot ?? slotForReplica(roles, []));
  return checked({ ...made, replicaCount: Math.max(roles.replicaCount, made.replicas.length) });
}

/**
 * A node made from a backup, beside those in service: look into it, and fail over to it, or retire it.
 *
 * @throws InvalidRolesError for a source that is none, or a slot that is taken
 */
export function restoreFrom(
  roles: DatabaseRoles,
  source: RestoreSource,
  { slot }: { readonly slot?: string } = {},
): DatabaseRoles {
  checkRoles(roles);
  const node = nodeInSlot(roles, slot ?? nextFreeSlot(roles));
  return checked({ ...roles, restored: [...roles.restored, { node, restoredFrom: source }] });
}

export interface RetireOptions {
  /**
   * Whether there should be one replica less from now on: the rebuild deletes it and makes none in its place.
   *
   * @default false
   */
  readonly forGood?: boolean;
}

/**
 * Takes a replica, or a node restored from a backup, out of service; the rebuild deletes it.
 *
 * @throws InvalidRolesError if it is the primary, or no node in service
 */
export function retire(
  roles: DatabaseRoles,
  node: string,
  { forGood = false }: RetireOptions = {},
): DatabaseRoles {
  checkRoles(roles);
  const replica = roles.replicas.find((one) => one.node === node);
  const restored = roles.restored.find((one) => one.node === node);
  const found: RetiredNode | undefined = replica ?? restored;
  if (!found) {
    const others = [...roles.replicas, ...roles.restored].map((one) => one.node);
    refuseStep(
      node === roles.primary.node ? `${node} is the primary` : `${node} is no replica and not restored`,
      others.join(", ") || "nothing, as the primary stands alone",
      node === roles.primary.node ? "Fail over first." : "Name a node that `tandem roles status` shows.",
    );
  }
  return checked({
    ...roles,
    replicas: roles.replicas.filter((one) => one.node !== node),
    replicaCount: roles.replicaCount - (replica && forGood ? 1 : 0),
    restored: roles.restored.filter((one) => one.node !== node),
    retired: sorted([...roles.retired, found]),
  });
}

function failoverTarget(roles: DatabaseRoles, to: string | undefined): string {
  const candidates = [...roles.replicas, ...roles.restored].map(({ node }) => node);
  const names = candidates.join(", ");
  if (to !== undefined) {
    if (candidates.includes(to)) return to;
    return refuseStep(
      to === roles.primary.node ? `${to} is the primary already` : `${to} can't take over`,
      names || "nothing, as no node can take over",
      "Name a replica, or a node restored from a backup.",
    );
  }
  const [replica, another] = roles.replicas;
  if (replica && !another) return replica.node;
  return another
    ? refuseStep(
        "there are several replicas",
        `one of ${names}`,
        "Name the one with the smallest lag, in the region of your application.",
      )
    : refuseStep(
        "no replica can take over",
        "a failover while there is a replica",
        "Rebuild first, or restore from a backup and fail over to that.",
      );
}

function withReplica(roles: DatabaseRoles, slot: string): DatabaseRoles {
  const replica = { node: nodeInSlot(roles, slot), replicates: roles.primary.node };
  return { ...roles, replicas: sorted([...roles.replicas, replica]) };
}

function sorted<T extends DatabaseNode>(nodes: readonly T[]): readonly T[] {
  return [...nodes].sort((left, right) => (left.node < right.node ? -1 : 1));
}

function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function checked(roles: DatabaseRoles): DatabaseRoles {
  checkRoles(roles);
  return roles;
}
