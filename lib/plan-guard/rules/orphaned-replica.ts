import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html */
export const orphanedReplica: GuardRule = {
  id: "orphaned-replica",
  refuses: "to delete a primary while a replica goes on copying it",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.ends && one.isStandalone)
      .flatMap((primary) =>
        databases
          .filter((one) => !one.ends && !one.isPromoted && primary.isNamed(one.sourceBefore))
          .map((replica) =>
            refused(
              primary.address,
              `${primary.identifier} is deleted while ${replica.identifier} copies it: what becomes of the replica depends ` +
                "on the engine, and nothing takes writes.",
              "Promote the replica first, in a plan of its own: tandem roles failover.",
            ),
          ),
      ),
};
