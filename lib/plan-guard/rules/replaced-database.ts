import type { DatabaseChange } from "../database-change";
import { type GuardRule, type RuleFinding, refused, warning } from "../guard-rule";
import { originAfter } from "../origin";

export const replacedDatabase: GuardRule = {
  id: "replaced-database",
  refuses: "to delete a database and make another one in its place",
  findings: ({ databases }) => [
    ...databases.filter((one) => one.action === "replace").map(replacement),
    ...successions(databases),
  ],
};

function replacement(one: DatabaseChange): RuleFinding {
  if (one.isTainted && one.isStandalone) {
    return refused(
      one.address,
      `${one.identifier} was not made to the end, or is marked as such, and is deleted and made anew.`,
      "If there is data in it, or it is well by now: terraform untaint. If it was only just made: --allow.",
    );
  }
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

/** One goes and its successor comes by another address; or all that there are go, and another one comes. */
function successions(databases: readonly DatabaseChange[]): RuleFinding[] {
  const gone = databases.filter((one) => one.action === "delete" && one.isStandalone);
  const stays = databases.some(
    (one) => one.kind !== "cluster instance" && one.exists && !one.ends && one.sourceAfter === undefined,
  );
  const made = databases.filter(
    (one) => one.kind !== "cluster instance" && one.action === "create" && one.sourceAfter === undefined,
  );
  return gone.flatMap((one) => {
    const heir = made.find((other) => isSuccessor(one, other)) ?? (stays ? undefined : made[0]);
    if (!heir) return [];
    const how = originAfter(heir) === undefined ? "empty" : "of a backup, without what was written since";
    return [
      refused(
        one.address,
        `${one.identifier} is deleted, and ${heir.identifier ?? heir.address} is made in its place, ${how}.`,
        "If its address changed, say so in a moved block. If a file of roles was lost or is another environment's, take " +
          "it from version control: the roles have to be those that were deployed last. To move on purpose, make the " +
          "new database first, and move the data.",
      ),
    ];
  });
}

/** The same name, or, as in pairs of this library, the same but for slot and generation. */
function isSuccessor(one: DatabaseChange, other: DatabaseChange): boolean {
  const family = ({ identifier }: DatabaseChange) => identifier?.replace(/-[a-z]\d+$/, "");
  return family(one) !== undefined && family(one) === family(other);
}
