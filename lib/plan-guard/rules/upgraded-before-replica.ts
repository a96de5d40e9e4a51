import { type DatabaseChange, isArn } from "../database-change";
import { compareVersions, versionNumbers } from "../engine-versions";
import { type GuardRule, refused } from "../guard-rule";
import { slotHint } from "../slot-hint";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html */
export const upgradedBeforeReplica: GuardRule = {
  id: "upgraded-before-replica",
  refuses: "to upgrade a primary before its replicas",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.kind === "instance" && one.action === "update" && one.changes("engine_version"))
      .flatMap((primary) =>
        databases
          .filter((one) => one.action !== "delete" && one.willCopy(primary) && isOlder(one, primary))
          .map((replica) =>
            refused(
              primary.address,
              `${primary.identifier} is upgraded to ${String(primary.after("engine_version"))} while its replica ` +
                `${replica.identifier} is at ${versionOf(replica)}: RDS upgrades replicas first, and refuses.`,
              `Upgrade the replicas in a plan of their own${slotHint(replica, "engineVersion")}.`,
            ),
          ),
      ),
};

function isOlder(replica: DatabaseChange, primary: DatabaseChange): boolean {
  const [here, there] = [versionOf(replica), primary.after("engine_version")].map(versionNumbers);
  if (!here || !there) return false;
  // RDS takes PostgreSQL's replicas of the same region along to another major version.
  if (primary.before("engine") === "postgres" && here[0] !== there[0] && !isArn(replica.sourceAfter))
    return false;
  return compareVersions(here, there) < 0;
}

function versionOf(one: DatabaseChange): string {
  return String(one.before("engine_version_actual") ?? one.before("engine_version"));
}
