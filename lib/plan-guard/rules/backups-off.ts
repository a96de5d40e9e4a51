import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html */
export const backupsOff: GuardRule = {
  id: "backups-off",
  refuses: "to switch automatic backups off, or to replicate a database that has none",
  findings: ({ databases }) => [
    ...databases
      .filter(
        (one) =>
          one.action === "update" &&
          one.isStandalone &&
          Number(one.before("backup_retention_period") ?? 0) > 0 &&
          one.after("backup_retention_period") === 0,
      )
      .map((one) =>
        refused(
          one.address,
          `${one.identifier} loses all its automatic backups at once, and can have no replicas.`,
          "Keep at least one day: backup_retention_period = 1.",
        ),
      ),
    ...databases
      .filter((one) => one.kind === "instance" && one.after("backup_retention_period") === 0)
      .flatMap((source) =>
        databases
          .filter((one) => one.action === "create" && one.willCopy(source))
          .map((replica) =>
            refused(
              replica.address,
              `${replica.identifier} is to replicate ${source.identifier}, which has no automatic backups: the apply fails.`,
              "Give the source backups first: backup_retention_period = 1, or more.",
            ),
          ),
      ),
  ],
};
