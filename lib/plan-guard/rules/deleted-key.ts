import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html */
export const deletedKey: GuardRule = {
  id: "deleted-key",
  refuses: "to delete the key that a database is encrypted with",
  findings: ({ databases, plan }) =>
    (plan.resource_changes ?? [])
      .filter(({ type, change }) => type === "aws_kms_key" && change.actions.includes("delete"))
      .flatMap(({ address, change }) => {
        const { arn } = change.before as { readonly arn?: string };
        return databases
          .filter((one) => one.action !== "delete" && arn !== undefined && one.before("kms_key_id") === arn)
          .map((one) =>
            refused(
              address,
              `The key of ${one.identifier} is deleted: when its waiting period ends, nobody can read the data, nor its snapshots.`,
              "Keep the key for as long as the database and its snapshots.",
            ),
          );
      }),
};
