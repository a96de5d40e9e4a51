export { type GuardFinding, type GuardRule } from "./guard-rule";
export { type Allowance, type GuardOptions, type PlanVerdict, checkPlan } from "./plan-guard";
export { readPlan } from "./read-plan";
export { GUARD_RULES } from "./rules";
