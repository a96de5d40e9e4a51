import { type DatabaseChange, readChanges } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

const ORIGINS = [
  "snapshot_identifier",
  "restore_to_point_in_time",
  "s3_import",
  "replicate_source_db",
  "replication_source_identifier",
];

export const vanishedDatabase: GuardRule = {
  id: "vanished-database",
  refuses: "to make an empty database where one is missing",
  findings: ({ databases, plan }) => {
    const vanished = readChanges(plan.resource_drift).filter((one) => one.action === "delete");
    return databases
      .filter((one) => one.action === "create" && one.kind !== "cluster instance")
      .filter((one) => !hasOrigin(one))
      .filter((one) => vanished.some(({ address }) => address === one.address))
      .map((one) =>
        refused(
          one.address,
          `${one.identifier ?? one.address} was deleted outside Terraform, and the plan makes an empty one in its place.`,
          "Find out what happened. If its replica has the data, fail over to it: tandem roles failover --lost. Else " +
            "restore a backup.",
        ),
      );
  },
};

/** Whether a database is made of another one, or of a backup. */
export function hasOrigin(one: DatabaseChange): boolean {
  // What the provider computes is not known, and was not asked for.
  return ORIGINS.some((name) => {
    const value = one.after(name);
    if (name === "replicate_source_db") return value !== undefined;
    return typeof value === "string" || (Array.isArray(value) && value.length > 0);
  });
}
