import { UNKNOWN } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

/** Source: https://github.com/hashicorp/terraform-provider-aws/issues/4419 */
export const reattachedReplica: GuardRule = {
  id: "reattached-replica",
  refuses: "to make a database that stands alone a replica again",
  findings: ({ databases }) =>
    databases
      .filter(
        (one) => one.action === "update" && one.sourceBefore === undefined && one.sourceAfter !== undefined,
      )
      .map((one) => {
        const source = one.sourceAfter === UNKNOWN ? "another database" : String(one.sourceAfter);
        return refused(
          one.address,
          `${one.identifier} stands alone, and the plan makes it a replica of ${source}. AWS has no such step: the apply fails.`,
          "A replica is built anew, in place of this one or beside it. If it was promoted outside Terraform, say so in " +
            "the configuration: tandem roles failover.",
        );
      }),
};
