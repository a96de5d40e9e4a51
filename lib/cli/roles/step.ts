import type { DatabaseRoles } from "../../database/roles";

/** What stands in checks for the first part of the instances' identifiers. */
export const IDENTIFIER = "IDENTIFIER";

/** A step from some roles to others, as it is told. */
export interface Step {
  /** What it is, as a sentence without its end. */
  readonly title: string;
  readonly before: DatabaseRoles;
  readonly after: DatabaseRoles;
  /** What to see to before the step, each as a sentence. */
  readonly checks: readonly string[];
  /** What is lost at worst, as sentences. */
  readonly loss: string;
  /** A node that does not exist any more, so that nothing happens to it. */
  readonly lost?: string;
}
