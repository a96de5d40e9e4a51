import { type GuardRule, refused } from "../guard-rule";

export const protectedDeletion: GuardRule = {
  id: "protected-deletion",
  refuses: "to delete a database that is protected from deletion",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.ends && one.before("deletion_protection") === true)
      .map((one) =>
        refused(
          one.address,
          `${one.identifier} is deleted, but deletion protection is on: the apply fails half way.`,
          "If it is really to go, apply deletion_protection = false first, in a plan of its own.",
        ),
      ),
};
