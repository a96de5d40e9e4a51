import type { DatabaseChange } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html */
export const orphanedReplica: GuardRule = {
  id: "orphaned-replica",
  refuses: "to delete a primary while a replica goes on copying it",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.ends && one.isStandalone)
      .flatMap((primary) =>
        [...replicasInPlan(primary, databases), ...replicasElsewhere(primary, databases)].map((replica) =>
          refused(
            primary.address,
            `${primary.identifier} is deleted while ${replica} copies it: what becomes of the replica depends on the ` +
              "engine, and nothing takes writes.",
            "Promote the replica first, in a plan of its own: tandem roles failover.",
          ),
        ),
      ),
};

function replicasInPlan(primary: DatabaseChange, databases: readonly DatabaseChange[]): unknown[] {
  return databases
    .filter((one) => !one.ends && !one.isPromoted && one.copies(primary))
    .map(({ identifier }) => identifier);
}

/** Those that AWS names and the plan does not have: of another stack, or of nobody's. */
function replicasElsewhere(primary: DatabaseChange, databases: readonly DatabaseChange[]): unknown[] {
  const named = primary.before("replicas");
  return Array.isArray(named)
    ? named.filter((name) => !databases.some((one) => one !== primary && one.isNamed(name)))
    : [];
}
