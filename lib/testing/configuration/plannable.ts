import { App, TerraformStack } from "cdktf";
import { inspect } from "node:util";
import { stacksOf } from "./synthesis";

/** What is looked at: a stack, or an app that has a single one. */
export type Plannable = TerraformStack | App;

export function isPlannable(value: unknown): value is Plannable {
  return App.isApp(value) || TerraformStack.isStack(value);
}

/** @throws Error if an app has several stacks, with their names */
export function singleStack(subject: Plannable): TerraformStack {
  if (TerraformStack.isStack(subject)) return subject;
  if (!isPlannable(subject)) {
    throw new TypeError(
      `Needed is a stack or an app, but got ${inspect(subject, { depth: 0 })}. Is an await missing?`,
    );
  }
  const stacks = stacksOf(subject);
  if (stacks.length === 1) return stacks[0]!;
  throw new Error(
    `The app has ${stacks.length} stacks (${stacks.map((one) => one.node.path).join(", ")}). ` +
      "Allowed: a stack, or an app with one. Pass the stack that you mean; planEach(app) plans all of them.",
  );
}
