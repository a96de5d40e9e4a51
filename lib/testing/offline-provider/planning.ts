import { isDeepStrictEqual } from "node:util";
import type { Overlay } from "./overlays/overlay";
import type { Block, NestedBlock } from "./schema";
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
  const planned = fillIn(block, overlay?.defaults ?? {}, config, proposed);
  return prior === null ? planned : recompute(overlay, config, prior, planned);
}

/** Attributes of a data source or an ephemeral resource that its answer has to have. */
export function unanswered(block: Block, config: Values, answer: Values): Values {
  return fillIn(block, {}, config, { ...config, ...answer });
}

/** Gives every attribute without a value its default, or makes it unknown where the provider computes it. */
function fillIn(block: Block, defaults: Values, config: Values | null, proposed: Values): Values {
  const planned = { ...proposed };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly) planned[name] = null;
    if (attribute.writeOnly || !isAbsent(config?.[name]) || !isAbsent(proposed[name])) continue;
    if (!isAbsent(defaults[name])) planned[name] = defaults[name];
    // A value of any type travels with its type, which nobody here can make up.
    else if (attribute.computed && attribute.type !== "dynamic") planned[name] = UNKNOWN;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const ofNested = (defaults[`${name}[]`] ?? {}) as Values;
    planned[name] = mapBlocks(nested, proposed[name], (element, key) =>
      fillIn(nested.block, ofNested, configOf(nested, config?.[name], key, element), element),
    );
  }
  return planned;
}

/** Makes unknown what an update changes beside what it is asked to. */
function recompute(overlay: Overlay | undefined, config: Values, prior: Values, planned: Values): Values {
  const changed = Object.keys(planned).filter(
    (name) => !isDeepStrictEqual(planned[name], prior[name] ?? null),
  );
  if (changed.length === 0) return planned;
  const names = ["*", ...changed].flatMap((name) => overlay?.recomputed?.[name] ?? []);
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
  if (nested.nesting === "set") return element;
  const found =
    key === undefined
      ? config
      : Array.isArray(config)
        ? config[key as number]
        : isObject(config)
          ? config[key]
          : null;
  return isObject(found) ? found : null;
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
