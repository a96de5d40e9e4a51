import { isDeepStrictEqual } from "node:util";
import type { Overlay } from "./overlays/overlay";
import type { Block, NestedBlock, Type } from "./schema";
import { UNKNOWN, type Value, type Values, isAbsent, isObject, isUnknown } from "./values";

/** What Terraform tells of a change that it wants to have planned. */
export interface Change {
  readonly config: Values;
  /** Terraform's own merge of configuration and prior state. */
  readonly proposed: Values;
  /** Nothing where the resource is to be made. */
  readonly prior: Values | null;
}

/** What a resource will be, with what only the apply can tell as unknown. */
export function planValues(block: Block, overlay: Overlay | undefined, change: Change): Values {
  const { config, proposed, prior } = change;
  const given = withDefaults(block, overlay?.defaults ?? {}, config, proposed);
  const planned = withUnknowns(block, config, withEarlierElements(block, given, prior));
  return prior === null ? planned : recompute(overlay, config, prior, planned);
}

/** Attributes of a data source or an ephemeral resource that its answer has to have. */
export function unanswered(block: Block, config: Values, answer: Values): Values {
  return withUnknowns(block, config, { ...config, ...answer });
}

/**
 * Gives every argument without a value its default.
 *
 * @param place where the block is, in the words of the overlay: `outer[].inner[]`
 */
function withDefaults(
  block: Block,
  defaults: Values,
  config: Values | null,
  proposed: Values,
  place = "",
): Values {
  const here = (place === "" ? defaults : (defaults[place] ?? {})) as Values;
  const given = { ...proposed };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly) given[name] = null;
    else if (isAbsent(config?.[name]) && isAbsent(proposed[name]))
      given[name] = ofType(attribute.type, here[name]);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inside = `${place === "" ? "" : `${place}.`}${name}[]`;
    given[name] = mapBlocks(nested, proposed[name], (element, key) =>
      withDefaults(nested.block, defaults, configOf(nested, config?.[name], key, element), element, inside),
    );
  }
  return given;
}

/** A default that was measured with another version of the provider, in which an argument may have another type. */
function ofType(type: Type, value: Value | undefined): Value {
  if (isAbsent(value)) return null;
  if (type === "string") return typeof value === "object" ? null : String(value);
  if (type === "number" || type === "bool") {
    return typeof value === (type === "bool" ? "boolean" : "number") ? value! : null;
  }
  return value ?? null;
}

/** Makes every attribute unknown that has no value, and gets one from the provider. */
function withUnknowns(block: Block, config: Values | null, given: Values): Values {
  const planned = { ...given };
  for (const [name, { computed, writeOnly, type }] of Object.entries(block.attributes)) {
    // A value of any type travels with its type, which nobody here can make up.
    const isMadeUp = computed && !writeOnly && type !== "dynamic";
    if (isMadeUp && isAbsent(config?.[name]) && isAbsent(given[name])) planned[name] = UNKNOWN;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = mapBlocks(nested, given[name], (element, key) =>
      withUnknowns(nested.block, configOf(nested, config?.[name], key, element), element),
    );
  }
  return planned;
}

/**
 * Gives elements of sets what was computed for them before. Terraform itself finds the earlier one of an element,
 * but not where that has defaults, or a set that is computed.
 */
function withEarlierElements(block: Block, proposed: Values, prior: Values | null): Values {
  if (prior === null) return proposed;
  const found = { ...proposed };
  for (const [name, nested] of Object.entries(block.blocks)) {
    const before = prior[name];
    if (nested.nesting !== "set") {
      found[name] = mapBlocks(nested, proposed[name], (element, key) =>
        withEarlierElements(nested.block, element, blockAt(before, key)),
      );
    } else if (Array.isArray(before) && Array.isArray(proposed[name])) {
      found[name] = withEarlierOnes(nested.block, proposed[name], before);
    }
  }
  return found;
}

/** Those that were there before come first, in the order that they had: an order of its own would look like a change. */
function withEarlierOnes(block: Block, elements: readonly Value[], before: readonly Value[]): Value[] {
  const kept = new Set(before.filter((one) => elements.some((other) => isDeepStrictEqual(one, other))));
  const added = elements.filter((one) => !before.some((other) => isDeepStrictEqual(one, other)));
  const others = added.filter((element) => {
    const earlier = before.find((one) => !kept.has(one) && isSameButForComputed(block, element, one));
    if (earlier !== undefined) kept.add(earlier);
    return earlier === undefined;
  });
  return [...before.filter((one) => kept.has(one)), ...others];
}

function isSameButForComputed(block: Block, proposed: Value, prior: Value): boolean {
  if (!isObject(proposed) || !isObject(prior)) return false;
  const attributesAgree = Object.entries(block.attributes).every(
    ([name, { computed }]) =>
      (computed && isAbsent(proposed[name])) || isDeepStrictEqual(proposed[name], prior[name]),
  );
  return (
    attributesAgree &&
    Object.entries(block.blocks).every(([name, nested]) => {
      const [after, before] = [elementsOf(nested, proposed[name]), elementsOf(nested, prior[name])];
      return (
        after.length === before.length &&
        after.every((element, index) => isSameButForComputed(nested.block, element, before[index]!))
      );
    })
  );
}

/** Makes unknown what an update changes beside what it is asked to. */
function recompute(overlay: Overlay | undefined, config: Values, prior: Values, planned: Values): Values {
  const changed = Object.keys(planned).filter(
    (name) => !isDeepStrictEqual(planned[name], prior[name] ?? null),
  );
  const recomputed = overlay?.recomputed ?? {};
  // Default tags, which only this has, are tags like others.
  const causes = changed.map((name) => (name === "tags_all" ? "tags" : name));
  const names = causes.flatMap((name) => recomputed[name] ?? recomputed["*"] ?? []);
  const unset = names.filter((name) => name in planned && isAbsent(config[name]));
  return { ...planned, ...Object.fromEntries(unset.map((name) => [name, UNKNOWN])) };
}

/** The block in the configuration that a proposed one is from. Elements of a set have nothing else to go by. */
function configOf(
  nested: NestedBlock,
  config: Value | undefined,
  key: string | number | undefined,
  element: Values,
): Values | null {
  return nested.nesting === "set" ? element : blockAt(config, key);
}

/** One of several blocks by its index or key, or the only one there can be. */
function blockAt(blocks: Value | undefined, key: string | number | undefined): Values | null {
  const found =
    key === undefined
      ? blocks
      : Array.isArray(blocks)
        ? blocks[key as number]
        : isObject(blocks)
          ? blocks[key]
          : null;
  return isObject(found) ? found : null;
}

function elementsOf(nested: NestedBlock, value: Value | undefined): Values[] {
  const elements: Values[] = [];
  mapBlocks(nested, value, (element) => {
    elements.push(element);
    return element;
  });
  return elements;
}

/** Applies a function to every block of one name, whatever its nesting. */
export function mapBlocks(
  nested: NestedBlock,
  value: Value | undefined,
  map: (element: Values, key: string | number | undefined) => Values,
): Value {
  if (isAbsent(value) || isUnknown(value) || isDynamic(value)) return value ?? null;
  if (Array.isArray(value)) return value.map((one, index) => (isObject(one) ? map(one, index) : one));
  if (!isObject(value)) return value;
  if (nested.nesting !== "map") return map(value, undefined);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, isObject(one) ? map(one, key) : one]),
  );
}

/** Blocks with attributes of any type travel as a pair of type and value. */
function isDynamic(value: Value): boolean {
  return Array.isArray(value) && value[0] instanceof Uint8Array;
}
