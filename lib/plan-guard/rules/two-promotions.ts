import { sameDatabase } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

export const twoPromotions: GuardRule = {
  id: "two-promotions",
  refuses: "to promote two replicas of one primary",
  findings: ({ databases }) => {
    const promoted = databases.filter((one) => one.isPromoted);
    return promoted
      .filter((one) => promoted.find((other) => sameDatabase(other.sourceBefore, one.sourceBefore)) !== one)
      .map((one) =>
        refused(
          one.address,
          `${one.identifier} is promoted beside another replica of ${String(one.sourceBefore)}: there are two primaries, ` +
            "each with writes that the other lacks.",
          "Promote one of them, and build the others anew as its replicas.",
        ),
      );
  },
};
