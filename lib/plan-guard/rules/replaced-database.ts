import type { DatabaseChange } from "../database-change";
import { type GuardFinding, type GuardRule, refused, warning } from "../guard-rule";
import { originAfter } from "../origin";

export const replacedDatabase: GuardRule = {
  id: "replaced-database",
  refuses: "to delete a database and make another one in its place",
  findings: ({ databases }) => [
    ...databases.filter((one) => one.action === "replace").map(replacement),
    ...successions(databases),
  ],
};

type Finding = Omit<GuardFinding, "rule">;

function replacement(one: DatabaseChange): Finding {
  if (one.isStandalone || isPromotion(one)) {
    return refused(
      one.address,
      `${one.identifier} is deleted, and another one made in its place, without its data.`,
      "Undo the change that forces the replacement; terraform plan marks it. To move data on purpose, restore a " +
        "snapshot beside it: tandem roles restore.",
    );
  }
  return warning(
    one.address,
    `${one.identifier} is deleted and built anew; until then it serves nothing and can't take over.`,
    "Replace one at a time, while others serve.",
  );
}

/** What was a replica is deleted, and what comes in its place is none: made empty, or of a backup. */
function isPromotion(one: DatabaseChange): boolean {
  return one.kind !== "cluster instance" && one.sourceBefore !== undefined && one.sourceAfter === undefined;
}

/** Every database that there is goes, and another one comes by another name. */
function successions(databases: readonly DatabaseChange[]): Finding[] {
  const gone = databases.filter((one) => one.action === "delete" && one.isStandalone);
  const stays = databases.some(
    (one) => one.kind !== "cluster instance" && one.exists && !one.ends && one.sourceAfter === undefined,
  );
  const successor = databases.find(
    (one) => one.kind !== "cluster instance" && one.action === "create" && one.sourceAfter === undefined,
  );
  if (stays || !successor) return [];
  const made = originAfter(successor) === undefined ? "empty" : "of a backup, without what was written since";
  return gone.map((one) =>
    refused(
      one.address,
      `${one.identifier} is deleted, no database is left that was there, and ${successor.identifier ?? successor.address} ` +
        `is made ${made}.`,
      "If a file of roles was lost or is another environment's, take it from version control: the roles have to be " +
        "those that were deployed last. To move on purpose, make the new database first, and move the data.",
    ),
  );
}
