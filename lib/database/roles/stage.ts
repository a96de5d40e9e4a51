import { DatabaseRoles } from "./database-roles";
import { HOME_SLOT, slotOf } from "./node-name";

/** Where a pair is on its way from normal through a failover and back. */
export type Stage = "normal" | "failed over" | "rebuilt" | "switched back" | "degraded";

/** The name of where a pair is, as the runbook has it. */
export function stageOf({ primary, replicas, replicaCount, retired }: DatabaseRoles): Stage {
  const isHome = slotOf(primary.node) === HOME_SLOT;
  const hasOldPrimary = retired.some(({ replicates }) => replicates === undefined);
  if (replicas.length === 0 && hasOldPrimary) {
    return isHome && primary.promotedFrom !== undefined ? "switched back" : "failed over";
  }
  if (replicas.length < replicaCount) return "degraded";
  return isHome ? "normal" : "rebuilt";
}
