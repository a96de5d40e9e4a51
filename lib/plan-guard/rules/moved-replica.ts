import { UNKNOWN } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

export const movedReplica: GuardRule = {
  id: "moved-replica",
  refuses: "to give a replica another source",
  findings: ({ databases }) =>
    databases
      .filter(
        (one) =>
          one.action === "update" &&
          one.sourceBefore !== undefined &&
          one.sourceAfter !== undefined &&
          one.sourceBefore !== one.sourceAfter,
      )
      .map((one) => {
        const source = one.sourceAfter === UNKNOWN ? "one that is not known yet" : String(one.sourceAfter);
        return refused(
          one.address,
          `${one.identifier} copies ${String(one.sourceBefore)}, and the plan names another source, ${source}. AWS has no such step: the apply fails.`,
          "Build a new replica of the other source, then delete this one: tandem roles rebuild.",
        );
      }),
};
