import { type GuardRule, warning } from "../guard-rule";

const TYPES = ["aws_db_snapshot", "aws_db_cluster_snapshot"];

export const deletedSnapshot: GuardRule = {
  id: "deleted-snapshot",
  refuses: "nothing, but points out snapshots that are deleted",
  findings: ({ plan }) =>
    (plan.resource_changes ?? [])
      .filter(({ type, change }) => TYPES.includes(type) && change.actions.includes("delete"))
      .map(({ address }) =>
        warning(
          address,
          "A snapshot is deleted: its data is gone, if it is nowhere else.",
          "See that this is meant.",
        ),
      ),
};
