import { type GuardRule, refused } from "../guard-rule";

export const incompletePlan: GuardRule = {
  id: "incomplete-plan",
  refuses: "a plan that shows only a part",
  findings: ({ plan }) =>
    plan.errored === true
      ? [refused("plan", "Planning ended with an error, so the plan shows a part only.", "Plan again.")]
      : [],
};
