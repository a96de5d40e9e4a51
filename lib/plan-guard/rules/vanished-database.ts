import type { DatabaseChange, DatabaseChanges } from "../database-change";
import { isConfigured } from "../configuration";
import { type GuardRule, refused } from "../guard-rule";
import { ORIGINS, originAfter, originBefore } from "../origin";

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
export function isVanished(one: DatabaseChange, { databases, vanished, plan }: DatabaseChanges): boolean {
  if (one.action !== "create" || one.kind === "cluster instance" || one.sourceAfter !== undefined)
    return false;
  // A backup that is not known yet is another one than the first.
  const isOfNewBackup =
    originAfter(one) === undefined && ORIGINS.some((name) => isConfigured(plan, one.address, name));
  return (takesPlaceOf(one, vanished) && !isOfNewBackup) || isMissed(one, databases);
}

/** It was deleted outside Terraform, and nobody said what to restore it from. */
function takesPlaceOf(one: DatabaseChange, vanished: readonly DatabaseChange[]): boolean {
  return vanished.some(
    (old) =>
      old.address === one.address &&
      old.sourceBefore === undefined &&
      (originAfter(one) ?? originBefore(old)) === originBefore(old),
  );
}

/** It is gone from the state, but a replica names it as its source. */
function isMissed(one: DatabaseChange, databases: readonly DatabaseChange[]): boolean {
  const sources = databases
    .filter((replica) => replica.exists && replica.copies(one))
    .map((replica) => replica.sourceBefore);
  // A name may mean one of another region, which is there.
  return sources.some((source) => !databases.some((other) => other.exists && other.isNamed(source)));
}
