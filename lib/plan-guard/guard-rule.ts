import type { DatabaseChanges } from "./database-change";

/** Something dangerous in a plan. */
export interface GuardFinding {
  /** Id of the rule, as in `reattached-replica`. */
  readonly rule: string;
  /** `refused`: data would be lost, or the apply would fail half way. `warning`: worth a look. */
  readonly severity: "refused" | "warning";
  /** Address of the resource; of the first, if there are several. */
  readonly address: string;
  /** What the plan does and what comes of it, as sentences. */
  readonly message: string;
  /** What to do instead, as sentences. */
  readonly remedy: string;
}

/** A finding as its rule tells it. */
export type RuleFinding = Omit<GuardFinding, "rule">;

/** One kind of danger. */
export interface GuardRule {
  /** As `--allow` names it. */
  readonly id: string;
  /** What it refuses, as the end of the sentence "Refuses …". */
  readonly refuses: string;
  findings(changes: DatabaseChanges): readonly RuleFinding[];
}

/** A finding that stops the plan. */
export function refused(address: string, message: string, remedy: string): RuleFinding {
  return { severity: "refused", address, message, remedy };
}

/** A finding that stops nothing. */
export function warning(address: string, message: string, remedy: string): RuleFinding {
  return { severity: "warning", address, message, remedy };
}
