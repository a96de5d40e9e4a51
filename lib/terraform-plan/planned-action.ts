/**
 * What Terraform will do with a resource: `replace` deletes it and makes another one; `read` reads a data source
 * during the apply; `forget` leaves it alone from now on.
 */
export type PlannedAction = "create" | "read" | "update" | "replace" | "delete" | "forget" | "no-op";

/** @throws Error for an action that no version of Terraform known here has */
export function actionOf(actions: readonly string[]): PlannedAction {
  const [first, second] = actions;
  if (second !== undefined) return "replace";
  switch (first) {
    case "create":
    case "read":
    case "update":
    case "delete":
    case "forget":
    case "no-op":
      return first;
    default:
      throw new Error(
        `Terraform plans "${actions.join(", ")}", which this version of cdktf-tandem doesn't know.`,
      );
  }
}
