import type { DatabaseChange, DatabaseChanges } from "../database-change";
import { type GuardFinding, type GuardRule, refused, warning } from "../guard-rule";
import { interruptions } from "./both-nodes-changed";

/** What the step itself changes, or the promotion takes along. */
const OF_THE_STEP = [
  "backup_retention_period",
  "backup_window",
  "deletion_protection",
  "final_snapshot_identifier",
  "password_wo_version",
  "replicate_source_db",
  "skip_final_snapshot",
  "tags",
  "tags_all",
];

const PASSWORDS = ["password", "password_wo_version"];

export const crowdedPromotion: GuardRule = {
  id: "crowded-promotion",
  refuses: "to do something in the plan of a promotion that interrupts a database, or changes its password",
  findings: (changes) =>
    changes.databases.filter((one) => one.isPromoted).flatMap((replica) => besides(replica, changes)),
};

function besides(
  replica: DatabaseChange,
  { databases, plan }: DatabaseChanges,
): Omit<GuardFinding, "rule">[] {
  const alone = "Promote in a plan of its own, with nothing else in it.";
  const others = databases.filter((one) => one === replica || one.isNamed(replica.sourceBefore));
  const interrupted = others.filter((one) => interruptions(one).length > 0);
  const what = interrupted.map((one) => `${one.identifier} (${interruptions(one).join(", ")})`).join(" and ");
  const rotated = others.some((one) => PASSWORDS.some((name) => one.changes(name)))
    ? (plan.resource_changes ?? []).find(
        ({ type, change }) => type === "aws_secretsmanager_secret_version" && change.actions.length > 1,
      )
    : undefined;
  const further = replica.changedArguments.filter(
    (name) => !OF_THE_STEP.includes(name) && !interruptions(replica).includes(name),
  );
  return [
    ...(interrupted.length > 0
      ? [
          refused(
            replica.address,
            `${replica.identifier} is promoted, and the plan changes ${what} beside: the promotion waits for that, or fails ` +
              "with it.",
            alone,
          ),
        ]
      : []),
    ...(rotated
      ? [
          refused(
            rotated.address,
            `${replica.identifier} is promoted, and a secret is given a new value: if the promotion fails, the secret is new ` +
              "and the database's password old, and nobody can log in.",
            alone,
          ),
        ]
      : []),
    ...(further.length > 0
      ? [
          warning(
            replica.address,
            `${replica.identifier} is promoted, and ${further.join(", ")} change beside: the promotion waits for that.`,
            alone,
          ),
        ]
      : []),
  ];
}
