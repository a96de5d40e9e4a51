import { type GuardRule, refused } from "../guard-rule";

export const noFinalSnapshot: GuardRule = {
  id: "no-final-snapshot",
  refuses: "to delete a database without a final snapshot",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.ends && one.isStandalone)
      .flatMap((one) => {
        const remedy =
          "First apply skip_final_snapshot = false with a final_snapshot_identifier: a deletion takes both from the " +
          "state, not from the configuration. Imported databases have neither.";
        if (one.before("skip_final_snapshot") === true) {
          return [
            refused(
              one.address,
              `${one.identifier} is deleted without a final snapshot: its data is gone.`,
              remedy,
            ),
          ];
        }
        return one.before("final_snapshot_identifier") === undefined
          ? [
              refused(
                one.address,
                `${one.identifier} is deleted, but its final snapshot has no name: the apply fails.`,
                remedy,
              ),
            ]
          : [];
      }),
};
