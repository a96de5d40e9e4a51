import type { PlanJson, ResourceChangeJson } from "../../terraform-plan";
import type { DatabaseChange } from "../database-change";
import { type GuardRule, type RuleFinding, refused } from "../guard-rule";

const REMEDY = "Keep the key for as long as the database and its snapshots.";

/** What else holds data that a key encrypts, and what is lost with it. */
const OTHERS: Readonly<Record<string, string>> = {
  aws_secretsmanager_secret: "nobody can read the secret any more, and no plan can be made",
  aws_cloudwatch_log_group: "nobody can read the logs any more that were written with it",
};

/**
 * A key that another one takes the place of counts too: Terraform may delete it before its successor is there, and
 * logs stay encrypted with it.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
 */
export const deletedKey: GuardRule = {
  id: "deleted-key",
  refuses: "to delete or disable the key that a database, a secret or logs are encrypted with",
  findings: ({ databases, plan }) =>
    (plan.resource_changes ?? [])
      .filter((one) => one.type === "aws_kms_key" && endsKey(one))
      .flatMap((key) => {
        const arn = textBefore(key, "arn");
        return arn === undefined
          ? []
          : [...ofDatabases(key.address, arn, databases), ...ofOthers(key.address, arn, plan)];
      }),
};

function ofDatabases(address: string, arn: string, databases: readonly DatabaseChange[]): RuleFinding[] {
  return (
    databases
      // A final snapshot needs the key of its database.
      .filter((one) => one.action !== "delete" || one.before("skip_final_snapshot") !== true)
      .filter((one) => one.before("kms_key_id") === arn)
      .map((one) =>
        refused(
          address,
          `The key of ${one.identifier} is deleted, or disabled: nobody can read the data any more, nor its snapshots.`,
          REMEDY,
        ),
      )
  );
}

function ofOthers(address: string, arn: string, plan: PlanJson): RuleFinding[] {
  return (plan.resource_changes ?? [])
    .filter((one) => one.type in OTHERS && textBefore(one, "kms_key_id") === arn)
    .filter(({ change }) => !change.actions.includes("delete"))
    .map((one) =>
      refused(
        address,
        `The key of ${one.address} is deleted, or disabled: ${OTHERS[one.type]}.`,
        "Give it another key first, and keep this one: terraform state rm lets go of it.",
      ),
    );
}

function textBefore({ change }: ResourceChangeJson, name: string): string | undefined {
  const value = (change.before as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === "string" ? value : undefined;
}

function endsKey({ change }: ResourceChangeJson): boolean {
  const { is_enabled: isEnabled } = (change.after ?? {}) as { readonly is_enabled?: boolean };
  return change.actions.includes("delete") || (change.actions.includes("update") && isEnabled === false);
}
