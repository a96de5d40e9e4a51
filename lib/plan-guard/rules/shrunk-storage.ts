import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html */
export const shrunkStorage: GuardRule = {
  id: "shrunk-storage",
  refuses: "to make storage smaller",
  findings: ({ databases }) =>
    databases
      .filter((one) => {
        const [before, after] = [one.before("allocated_storage"), one.after("allocated_storage")];
        return (
          one.action === "update" && typeof before === "number" && typeof after === "number" && after < before
        );
      })
      .map((one) =>
        refused(
          one.address,
          `${one.identifier} has ${String(one.before("allocated_storage"))} GiB, and the plan makes it ` +
            `${String(one.after("allocated_storage"))}. Storage of RDS only grows: the apply fails.`,
          "Leave the size as it is. A smaller database is a new one, with its data moved.",
        ),
      ),
};
