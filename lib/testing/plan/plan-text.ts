import { SENSITIVE_VALUE } from "../assertions";
import { lengthInCommon } from "../assertions/description";
import { type ArgumentChange, isUnknown } from "./argument-change";
import type { PlannedOutput } from "./planned-output";
import type { PlannedAction } from "../../terraform-plan";
import type { PlannedResource } from "./planned-resource";

/** Terraform's own signs. */
const SIGNS: Readonly<Record<PlannedAction, string>> = {
  create: "+",
  read: "<=",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
  // Terraform has none: what is moved or imported as it is.
  "no-op": "=",
};

const MAX_VALUE_LENGTH = 120;
const CONTEXT_LENGTH = 20;

/** What a plan has to say. */
interface PlanContent {
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, PlannedOutput>>;
  readonly isEmpty: boolean;
}

/** What a plan's text shows. */
export interface PlanTextOptions {
  /**
   * Whether the arguments of what is created are shown, as far as they are known.
   *
   * @default false
   */
  readonly createdValues?: boolean;
}

/**
 * A plan as a text that is short, the same in every run, and to be read in a review: what happens to which address,
 * the arguments that change, and the sum.
 */
export function planText(plan: PlanContent, options: PlanTextOptions = {}): string {
  if (plan.isEmpty) return "No changes.";
  const resources = plan.resources.flatMap((resource) => resourceLines(resource, options));
  const outputs = Object.values(plan.outputs).flatMap(outputLine);
  return [
    ...resources,
    ...(outputs.length > 0 ? ["", "Changes to Outputs:", ...outputs] : []),
    "",
    summary(plan.resources),
  ]
    .join("\n")
    .replace(/^\n/, "");
}

function resourceLines(resource: PlannedResource, options: PlanTextOptions): string[] {
  const { action, createBeforeDestroy, address, previousAddress, importedId } = resource;
  const moved = previousAddress === undefined ? "" : `  # moved from ${previousAddress}`;
  const imported = importedId === undefined ? "" : `  # imported from ${JSON.stringify(importedId)}`;
  const notes = moved + imported;
  if (action === "no-op" && notes === "") return [];
  const sign = createBeforeDestroy ? "+/-" : SIGNS[action];
  return [`${sign.padEnd(3)} ${address}${notes}`, ...changesToShow(resource, options).map(changeLine)];
}

/** A replacement changes everything that AWS chooses; what matters is what was asked for, and why it happens. */
function changesToShow(
  { action, changes }: PlannedResource,
  { createdValues = false }: PlanTextOptions,
): readonly ArgumentChange[] {
  if (action === "create" && createdValues) return changes.filter(({ after }) => !isUnknown(after));
  if (action === "update") return changes;
  if (action !== "replace") return [];
  return changes.filter(
    ({ forcesReplacement, after }) => forcesReplacement || (!isUnknown(after) && after !== undefined),
  );
}

function changeLine({ path, before, after, forcesReplacement }: ArgumentChange): string {
  const because = forcesReplacement ? "  # forces replacement" : "";
  const [sign, value] =
    before === undefined
      ? ["+", valueText(after)]
      : after === undefined
        ? ["-", valueText(before)]
        : ["~", changeText(before, after)];
  return `      ${sign} ${path} = ${value}${because}`;
}

/** Of a list only what comes and goes, as Terraform shows it. */
function changeText(before: unknown, after: unknown): string {
  if (isListOfPlain(before) && isListOfPlain(after)) {
    const gone = without(before, after).map((one) => `- ${valueText(one)}`);
    const come = without(after, before).map((one) => `+ ${valueText(one)}`);
    // Otherwise it is their order that changes.
    if (gone.length + come.length > 0) return `[${[...gone, ...come].join(", ")}]`;
  }
  // What is there now is a made-up value, if it isn't in the configuration.
  if (isUnknown(after) || after === SENSITIVE_VALUE) return valueText(after);
  const start =
    typeof before === "string" && typeof after === "string" ? startOfDifference(before, after) : 0;
  return `${valueText(before, start)} -> ${valueText(after, start)}`;
}

/** Where to begin with texts that are too long to be shown whole: shortly before they differ. */
function startOfDifference(before: string, after: string): number {
  if (Math.max(before.length, after.length) <= MAX_VALUE_LENGTH) return 0;
  return Math.max(0, lengthInCommon(before, after) - CONTEXT_LENGTH);
}

function isListOfPlain(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => one === null || typeof one !== "object");
}

/** Elements of a list that another one doesn't have as often. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = [...other];
  return list.filter((one) => {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function outputLine({ name, action, before, after }: PlannedOutput): string[] {
  if (action === "no-op") return [];
  const value =
    action === "update" ? changeText(before, after) : valueText(action === "delete" ? before : after);
  return [`${SIGNS[action].padEnd(3)} ${name} = ${value}`];
}

/** As Terraform counts: a replacement is one to add and one to destroy. */
function summary(resources: readonly PlannedResource[]): string {
  const count = (...actions: PlannedAction[]) =>
    resources.filter(({ mode, action }) => mode === "managed" && actions.includes(action)).length;
  const imported = resources.filter(({ importedId }) => importedId !== undefined).length;
  const parts = [
    ...(imported > 0 ? [`${imported} to import`] : []),
    `${count("create", "replace")} to add`,
    `${count("update")} to change`,
    `${count("delete", "replace")} to destroy`,
    ...(count("forget") > 0 ? [`${count("forget")} to forget`] : []),
  ];
  return `Plan: ${parts.join(", ")}.`;
}

function valueText(value: unknown, start = 0): string {
  const text = JSON.stringify(typeof value === "string" ? value.slice(start) : withoutNulls(value ?? null))
    // Terraform's own words are no texts of the configuration.
    .replaceAll('"(known after apply)"', "(known after apply)")
    .replaceAll('"(sensitive value)"', "(sensitive value)");
  const shown = start > 0 ? `"…${text.slice(1)}` : text;
  return shown.length > MAX_VALUE_LENGTH ? `${shown.slice(0, MAX_VALUE_LENGTH)}…` : shown;
}

/** In objects, what is null is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutNulls(one)]));
}
