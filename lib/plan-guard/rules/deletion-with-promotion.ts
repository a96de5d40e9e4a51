import { type GuardRule, refused } from "../guard-rule";

/** Measured: Terraform deletes what is gone from the configuration before it updates what stays. */
export const deletionWithPromotion: GuardRule = {
  id: "deletion-with-promotion",
  refuses: "to delete a primary in the plan that promotes its replica",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.isPromoted)
      .flatMap((replica) =>
        databases
          .filter((one) => one.ends && replica.copies(one))
          .map((primary) =>
            refused(
              primary.address,
              `${primary.identifier} is deleted in the plan that promotes its replica ${replica.identifier}. Terraform may ` +
                "delete it first: what was not copied yet is lost, and the promotion can fail.",
              "Take two steps: tandem roles failover, apply; then, when the new primary works, tandem roles rebuild.",
            ),
          ),
      ),
};
