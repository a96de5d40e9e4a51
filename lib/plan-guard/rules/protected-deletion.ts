import type { PlanJson } from "../../terraform-plan";
import type { DatabaseChange } from "../database-change";
import { type GuardRule, type RuleFinding, refused } from "../guard-rule";

const BALANCERS = ["aws_lb", "aws_alb"];

export const protectedDeletion: GuardRule = {
  id: "protected-deletion",
  refuses: "to delete a database or a load balancer that is protected from deletion",
  findings: ({ databases, plan }) => [...ofDatabases(databases), ...ofBalancers(plan)],
};

function ofDatabases(databases: readonly DatabaseChange[]): RuleFinding[] {
  return databases
    .filter((one) => one.ends && one.before("deletion_protection") === true)
    .map((one) =>
      refused(
        one.address,
        `${one.identifier} is deleted, but deletion protection is on: the apply fails half way.`,
        "If it is really to go, apply deletion_protection = false first, in a plan of its own.",
      ),
    );
}

/** A replacement deletes it too, and takes its listeners first: the site is gone when AWS refuses. */
function ofBalancers({ resource_changes: changes = [] }: PlanJson): RuleFinding[] {
  return changes
    .filter(({ type, change }) => BALANCERS.includes(type) && change.actions.includes("delete"))
    .map(({ address, change }) => ({ address, before: (change.before ?? {}) as BalancerArguments }))
    .filter(({ before }) => before.enable_deletion_protection === true)
    .map(({ address, before }) =>
      refused(
        address,
        `${before.name ?? address} is deleted, or replaced by another one, but deletion protection is on: the apply ` +
          "fails when its listeners are gone, and nothing answers.",
        "If it is really to go, apply enable_deletion_protection = false first, in a plan of its own.",
      ),
    );
}

interface BalancerArguments {
  readonly name?: string;
  readonly enable_deletion_protection?: boolean;
}
