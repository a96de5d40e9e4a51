import { isDeepStrictEqual } from "node:util";
import type { ChangeKind, Overlay } from "./overlays/overlay";
import { REPLACEMENT_RULES } from "./overlays/replacement-rules";
import type { Block } from "./schema";
import { type Value, type Values, isAbsent, isObject } from "./values";

/** A path to an argument, as Terraform's protocol has it. */
export type Path = readonly (string | number)[];

/** Which changed arguments force a resource to be replaced. */
export function replacementPaths(
  type: string,
  block: Block,
  overlay: Overlay | undefined,
  prior: Values,
  planned: Values,
): Path[] {
  const rule = REPLACEMENT_RULES[type];
  const measured = Object.entries({
    ...Object.fromEntries((overlay?.replaces ?? []).map((path) => [path, undefined])),
    ...overlay?.replacesOnly,
    // In version 6, every regional resource has a region, which it can't leave.
    ...(block.attributes.region?.computed && { region: undefined }),
  }).filter(([path]) => !rule?.decides.includes(path));
  return [
    ...measured.flatMap(([path, kinds]) => changesAt(path.split("."), block, prior, planned, kinds)),
    ...(rule?.replacing(prior, planned) ?? []).map((name) => [name]),
  ];
}

/** Where two values differ at a dotted path, of which each step may lead into many blocks. */
function changesAt(
  [name, ...rest]: readonly string[],
  block: Block | undefined,
  prior: Values,
  planned: Values,
  kinds: readonly ChangeKind[] | undefined,
): Path[] {
  const before = prior[name!];
  const after = planned[name!];
  if (rest.length > 0) {
    const nested = block?.blocks[name!]?.block;
    if (isSet(block, name!)) {
      // No path leads into a set.
      const inside = pairs(...differing(before, after)).flatMap(([left, right]) =>
        changesAt(rest, nested, left, right, kinds),
      );
      return inside.length > 0 ? [[name!]] : [];
    }
    return pairs(before, after).flatMap(([left, right, index]) =>
      changesAt(rest, nested, left, right, kinds).map((path) => [
        name!,
        ...(index === undefined ? [] : [index]),
        ...path,
      ]),
    );
  }
  if (isDeepStrictEqual(before ?? null, after ?? null)) return [];
  // Blocks that are there before and after are compared by their arguments.
  if (isBlockList(before) && isBlockList(after) && before.length === after.length) return [];
  return kinds === undefined || kinds.includes(kindOf(before, after)) ? [[name!]] : [];
}

function isSet(block: Block | undefined, name: string): boolean {
  const type = block?.attributes[name]?.type;
  return block?.blocks[name]?.nesting === "set" || (Array.isArray(type) && type[0] === "set");
}

/** Elements of two sets without those that both have. */
function differing(before: Value | undefined, after: Value | undefined): [Value, Value] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [[], []];
  const without = (some: readonly Value[], others: readonly Value[]) =>
    some.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)));
  return [without(before, after), without(after, before)];
}

function kindOf(before: Value | undefined, after: Value | undefined): ChangeKind {
  if (isAbsent(before)) return "add";
  return isAbsent(after) ? "remove" : "change";
}

function isBlockList(value: Value | undefined): value is Values[] {
  return Array.isArray(value) && value.length > 0 && value.every((element) => isObject(element));
}

/** Blocks before and after that are the same one. Where one is missing, that is the change, not what is in it. */
function pairs(before: Value | undefined, after: Value | undefined): [Values, Values, number?][] {
  if (isObject(before) && isObject(after)) return [[before, after]];
  if (!isBlockList(before) || !isBlockList(after) || before.length !== after.length) return [];
  return before.map((left, index) => [left, after[index]!, index]);
}
