import { DatabaseChange } from "../database-change";
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
          .filter(
            (one) => one.action !== "delete" && primary.isNamed(one.sourceAfter) && isOlder(one, primary),
          )
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
  const [here, there] = [versionOf(replica), primary.after("engine_version")].map(numbers);
  if (!here || !there) return false;
  // RDS takes PostgreSQL's replicas along to another major version.
  if (primary.before("engine") === "postgres" && here[0] !== there[0]) return false;
  const length = Math.min(here.length, there.length);
  const index = Array.from({ length }, (_, at) => at).find((at) => here[at] !== there[at]);
  return index !== undefined && here[index]! < there[index]!;
}

function versionOf(one: DatabaseChange): string {
  return String(one.before("engine_version_actual") ?? one.before("engine_version"));
}

function numbers(version: unknown): number[] | undefined {
  return typeof version === "string" && /^\d+(\.\d+)*$/.test(version)
    ? version.split(".").map(Number)
    : undefined;
}
