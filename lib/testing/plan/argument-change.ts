import { isDeepStrictEqual } from "node:util";
import { KNOWN_AFTER_APPLY } from "../assertions";
import { isPlainObject, isUnset } from "../assertions/values";

/** One argument, or part of one, that a plan changes. */
export interface ArgumentChange {
  /** With dots and indexes: `health_check[0].path`. */
  readonly path: string;
  /** The value now; undefined if there is none. */
  readonly before: unknown;
  /** The value afterwards; undefined if there will be none. */
  readonly after: unknown;
  /** Whether it is why the resource is replaced. */
  readonly forcesReplacement: boolean;
}

type Step = string | number;

/** Where two values differ, as deep as both have the same shape. */
export function argumentChanges(
  before: unknown,
  after: unknown,
  replacePaths: readonly (readonly Step[])[],
): ArgumentChange[] {
  return differences(before ?? {}, after ?? {}, []).map(({ steps, ...values }) => ({
    path: pathText(steps),
    ...values,
    forcesReplacement: replacePaths.some((path) => isWithin(steps, path)),
  }));
}

/** A path as people write it. */
export function pathText(steps: readonly Step[]): string {
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}

function differences(
  before: unknown,
  after: unknown,
  steps: readonly Step[],
): { steps: readonly Step[]; before: unknown; after: unknown }[] {
  if (isDeepStrictEqual(before ?? undefined, after ?? undefined)) return [];
  // A map that comes or goes is the sum of its entries.
  if ((isPlainObject(before) || isUnset(before)) && (isPlainObject(after) || isUnset(after))) {
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
    return names.flatMap((name) => differences(before?.[name], after?.[name], [...steps, name]));
  }
  if (areBlocks(before) && areBlocks(after) && before.length === after.length) {
    return before.flatMap((one, index) => differences(one, after[index], [...steps, index]));
  }
  return [{ steps, before: before ?? undefined, after: after ?? undefined }];
}

/** One path leads to the other, or on from it. */
function isWithin(steps: readonly Step[], path: readonly Step[]): boolean {
  return path.every((step, index) => index >= steps.length || steps[index] === step);
}

function areBlocks(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

/** Whether a value, or any part of it, is known only after apply. */
export function isUnknown(value: unknown): boolean {
  if (value === KNOWN_AFTER_APPLY) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(isUnknown);
}
