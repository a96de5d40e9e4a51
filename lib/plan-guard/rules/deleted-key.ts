import type { ResourceChangeJson } from "../../terraform-plan";
import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html */
export const deletedKey: GuardRule = {
  id: "deleted-key",
  refuses: "to delete or disable the key that a database is encrypted with",
  findings: ({ databases, plan }) =>
    (plan.resource_changes ?? [])
      .filter((one) => one.type === "aws_kms_key" && endsKey(one))
      .flatMap(({ address, change }) => {
        const { arn } = change.before as { readonly arn?: string };
        return (
          databases
            // A final snapshot needs the key of its database.
            .filter((one) => one.action !== "delete" || one.before("skip_final_snapshot") !== true)
            .filter((one) => arn !== undefined && one.before("kms_key_id") === arn)
            .map((one) =>
              refused(
                address,
                `The key of ${one.identifier} is deleted, or disabled: nobody can read the data any more, nor its snapshots.`,
                "Keep the key for as long as the database and its snapshots.",
              ),
            )
        );
      }),
};

function endsKey({ change }: ResourceChangeJson): boolean {
  const { is_enabled: isEnabled } = (change.after ?? {}) as { readonly is_enabled?: boolean };
  return change.actions.includes("delete") || (change.actions.includes("update") && isEnabled === false);
}
