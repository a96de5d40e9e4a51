import { type GuardRule, refused, warning } from "../guard-rule";

export const incompletePlan: GuardRule = {
  id: "incomplete-plan",
  refuses: "a plan that ended with an error",
  findings: ({ plan }) => {
    if (plan.errored === true) {
      return [refused("plan", "Planning ended with an error, so the plan shows a part only.", "Plan again.")];
    }
    return plan.complete === false
      ? [
          warning(
            "plan",
            "The plan leaves something out (-target, or what is deferred): only what it does is judged.",
            "Plan without -target.",
          ),
        ]
      : [];
  },
};
