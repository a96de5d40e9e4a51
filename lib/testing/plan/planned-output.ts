import { type ChangeJson, type PlannedAction, actionOf } from "../../terraform-plan";
import { maskedValue } from "./masked-value";

/** An output in a plan. */
export interface PlannedOutput {
  readonly name: string;
  readonly action: PlannedAction;
  readonly before: unknown;
  readonly after: unknown;
}

export function plannedOutput(name: string, change: ChangeJson): PlannedOutput {
  return {
    name,
    action: actionOf(change.actions),
    before: maskedValue(change.before ?? undefined, change.before_sensitive, undefined),
    after: maskedValue(change.after ?? undefined, change.after_sensitive, change.after_unknown),
  };
}
