import type { PlanJson } from "../terraform-plan";
import { databaseChanges } from "./database-change";
import type { GuardFinding } from "./guard-rule";
import { GUARD_RULES } from "./rules";

/** A finding that somebody answers for. */
export interface Allowance {
  /** Id of a rule. */
  readonly rule: string;
  /** Address of the resource. @default - all that the rule finds */
  readonly address?: string;
}

export interface GuardOptions {
  /** Findings that don't stop the plan. @default none */
  readonly allow?: readonly Allowance[];
}

/** What the guard says of a plan. */
export interface PlanVerdict {
  /** Whether the plan must not be applied. */
  readonly isRefused: boolean;
  /** What stops it, and what is worth a look. */
  readonly findings: readonly GuardFinding[];
  /** What would stop it, had nobody answered for it. */
  readonly allowed: readonly GuardFinding[];
  /** How many RDS instances and Aurora clusters the plan has, changed or not. */
  readonly databases: number;
  /** What was allowed, and not found. */
  readonly unusedAllowances: readonly Allowance[];
}

/**
 * Looks for what loses data, or can't work, in a plan: of any configuration that has RDS instances, Aurora
 * clusters or load balancers, whoever wrote it.
 *
 * @param plan what `terraform show -json` prints of a plan
 * @throws Error if something is allowed by a rule that there is not
 *
 * @example
 * const { isRefused, findings } = checkPlan(JSON.parse(readFileSync("plan.json", "utf8")));
 */
export function checkPlan(plan: PlanJson, { allow = [] }: GuardOptions = {}): PlanVerdict {
  for (const { rule } of allow) {
    if (GUARD_RULES.some(({ id }) => id === rule)) continue;
    const ids = GUARD_RULES.map(({ id }) => id).join(", ");
    throw new Error(`${JSON.stringify(rule)} is no rule of the plan guard. Allowed: ${ids}.`);
  }
  const changes = databaseChanges(plan);
  const all = GUARD_RULES.flatMap((rule) => rule.findings(changes).map((one) => ({ rule: rule.id, ...one })));
  const isAllowed = (finding: GuardFinding) => allow.some((one) => isMeant(one, finding));
  const findings = all.filter((one) => !isAllowed(one));
  return {
    isRefused: findings.some(({ severity }) => severity === "refused"),
    findings,
    allowed: all.filter(isAllowed),
    databases: changes.databases.filter(({ kind }) => kind !== "cluster instance").length,
    unusedAllowances: allow.filter((one) => !all.some((finding) => isMeant(one, finding))),
  };
}

function isMeant(allowance: Allowance, { rule, address }: GuardFinding): boolean {
  return allowance.rule === rule && (allowance.address ?? address) === address;
}
