import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
export const managedPassword: GuardRule = {
  id: "managed-password",
  refuses: "a password managed by RDS on a database that has replicas",
  findings: ({ databases }) =>
    databases
      .filter(
        (one) =>
          one.kind === "instance" &&
          !one.ends &&
          one.after("manage_master_user_password") === true &&
          !String(one.after("engine")).startsWith("sqlserver"),
      )
      .flatMap((primary) =>
        databases
          .filter((one) => !one.ends && one.willCopy(primary))
          // What is there together already has been taken by AWS.
          .filter(
            (replica) =>
              replica.action === "create" || primary.before("manage_master_user_password") !== true,
          )
          .map((replica) =>
            refused(
              primary.address,
              `${primary.identifier} lets RDS manage its password, and ${replica.identifier} replicates it. RDS refuses one ` +
                "with the other: the apply fails.",
              "Give the password yourself, as a write-only argument.",
            ),
          ),
      ),
};
