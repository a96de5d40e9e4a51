import { type DatabaseChange, type DatabaseChanges, readChanges } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";
import { originAfter, originBefore } from "../origin";

export const vanishedDatabase: GuardRule = {
  id: "vanished-database",
  refuses: "to make another database, empty or of an old backup, where one is missing",
  findings: (changes) =>
    changes.databases
      .filter((one) => isVanished(one, changes))
      .map((one) =>
        refused(
          one.address,
          `${one.identifier ?? one.address} is missing, and the plan makes another one in its place, ` +
            `${originAfter(one) === undefined ? "which is empty" : "of the backup that it began with"}.`,
          "Find out what happened. If its replica has the data, fail over to it: tandem roles failover --lost. Else " +
            "restore its newest backup.",
        ),
      ),
};

/** Whether the plan makes a database in place of one that somebody else deleted. */
export function isVanished(one: DatabaseChange, { databases, plan }: DatabaseChanges): boolean {
  if (one.action !== "create" || one.kind === "cluster instance" || one.sourceAfter !== undefined)
    return false;
  const vanished = readChanges(plan.resource_drift).filter((old) => old.action === "delete");
  return takesPlaceOf(one, vanished) || isMissed(one, databases);
}

/** It was deleted outside Terraform, and nobody said what to restore it from. */
function takesPlaceOf(one: DatabaseChange, vanished: readonly DatabaseChange[]): boolean {
  return vanished.some(
    (old) =>
      old.address === one.address &&
      old.sourceBefore === undefined &&
      (originAfter(one) === undefined || originAfter(one) === originBefore(old)),
  );
}

/** It is gone from the state, but a replica names it as its source. */
function isMissed(one: DatabaseChange, databases: readonly DatabaseChange[]): boolean {
  return databases.some(
    (replica) => replica.action !== "create" && one.isNamed(replica.sourceBefore, replica),
  );
}
