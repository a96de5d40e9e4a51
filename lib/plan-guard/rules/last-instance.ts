import { type GuardRule, warning } from "../guard-rule";

export const lastInstance: GuardRule = {
  id: "last-instance",
  refuses: "nothing, but points out when the data is left in snapshots only",
  findings: ({ databases }) => {
    const ending = databases.filter((one) => one.ends && one.isStandalone);
    const serving = databases.filter(
      (one) => one.kind !== "cluster instance" && one.action !== "delete" && one.action !== "forget",
    );
    if (serving.length > 0) return [];
    return ending.map((one) =>
      warning(
        one.address,
        `${one.identifier} is deleted, and no database is left: its data is in the snapshot ` +
          `${String(one.before("final_snapshot_identifier") ?? "that nobody makes")} only.`,
        "See that this is meant.",
      ),
    );
  },
};
