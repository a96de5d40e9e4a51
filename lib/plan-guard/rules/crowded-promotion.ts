import type { PlanJson } from "../../terraform-plan";
import type { DatabaseChange } from "../database-change";
import { type GuardRule, type RuleFinding, refused, warning } from "../guard-rule";
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

const REMEDY = "Promote in a plan of its own, with nothing else in it.";

export const crowdedPromotion: GuardRule = {
  id: "crowded-promotion",
  refuses: "to do something in the plan of a promotion that interrupts a database, or changes its password",
  findings: (changes) =>
    changes.databases
      .filter((one) => one.isPromoted)
      .flatMap((replica) => {
        const pair = changes.databases.filter((one) => one === replica || replica.copies(one));
        return [
          ...interruption(replica, pair),
          ...rotation(replica, pair, changes.plan),
          ...furtherChanges(replica),
        ];
      }),
};

function interruption(replica: DatabaseChange, pair: readonly DatabaseChange[]): RuleFinding[] {
  const interrupted = pair.filter((one) => interruptions(one).length > 0);
  if (interrupted.length === 0) return [];
  const what = interrupted.map((one) => `${one.identifier} (${interruptions(one).join(", ")})`).join(" and ");
  const message =
    `${replica.identifier} is promoted, and the plan changes ${what} beside: the promotion waits for that, or fails ` +
    "with it.";
  return [refused(replica.address, message, REMEDY)];
}

function rotation(replica: DatabaseChange, pair: readonly DatabaseChange[], plan: PlanJson): RuleFinding[] {
  if (!pair.some((one) => PASSWORDS.some((name) => one.changes(name)))) return [];
  const secret = plan.resource_changes?.find(
    ({ type, change }) => type === "aws_secretsmanager_secret_version" && change.actions.length > 1,
  );
  if (!secret) return [];
  const message =
    `${replica.identifier} is promoted, and a secret is given a new value: if the promotion fails, the secret is new ` +
    "and the database's password old, and nobody can log in.";
  return [refused(secret.address, message, REMEDY)];
}

function furtherChanges(replica: DatabaseChange): RuleFinding[] {
  const told = [...OF_THE_STEP, ...interruptions(replica)];
  const further = replica.changedArguments.filter((name) => !told.includes(name));
  if (further.length === 0) return [];
  const message = `${replica.identifier} is promoted, and ${further.join(", ")} change beside: the promotion waits for that.`;
  return [warning(replica.address, message, REMEDY)];
}
