import {
  type Value,
  type Values,
  fingerprint,
  isAbsent,
  isObject,
  isUnknown,
} from "../../lib/testing/offline-provider/values";
import {
  type Attribute,
  type Block,
  type Chain,
  type NestedBlock,
  isSettable,
  isSingle,
  pathOf,
} from "./schema";
import { type Probes, completed } from "./probe-values";

/** Which of a resource's two configurations: `0` before the change, `1` after. */
export type Side = 0 | 1;

/** A block without any value. */
export function emptyValues(block: Block): Values {
  return Object.fromEntries([
    ...block.attributes.map(({ name }) => [name, null]),
    ...block.blocks.map((nested) => [nested.name, noBlocks(nested)]),
  ]) as Values;
}

export function noBlocks(nested: NestedBlock): Value {
  if (isSingle(nested)) return null;
  return nested.nesting === "map" ? {} : [];
}

function oneBlock(nested: NestedBlock, element: Values): Value {
  if (isSingle(nested)) return element;
  return nested.nesting === "map" ? { key: element } : [element];
}

/** What the schema requires, and no more. */
export function minimalValues(block: Block, probes: Probes, side: Side = 0, chain: Chain = []): Values {
  const values = emptyValues(block);
  for (const attribute of block.attributes) {
    const given = probes.base(pathOf(chain, attribute.name));
    if (given !== undefined) values[attribute.name] = given;
    else if (attribute.required)
      values[attribute.name] = probes.pair(pathOf(chain, attribute.name), attribute)[side];
  }
  for (const nested of block.blocks) {
    const inner = [...chain, nested];
    if (nested.min > 0 || probes.hasBlock(pathOf(inner)))
      values[nested.name] = oneBlock(nested, minimalValues(nested.block, probes, side, inner));
  }
  return values;
}

/** A minimal configuration with one block at the end of a chain, and with `values` in it. */
export function valuesAt(
  block: Block,
  probes: Probes,
  chain: Chain,
  values: Values,
  outer: Chain = [],
): Values {
  const minimal = minimalValues(block, probes, 0, outer);
  const [nested, ...rest] = chain;
  if (nested === undefined) return { ...minimal, ...values };
  const element = valuesAt(nested.block, probes, rest, values, [...outer, nested]);
  return { ...minimal, [nested.name]: oneBlock(nested, element) };
}

/** The elements of a block's value, whatever its nesting. */
export function elementsOf(nested: NestedBlock, value: Value | undefined): Values[] {
  if (isAbsent(value) || isUnknown(value)) return [];
  if (isSingle(nested)) return [value as Values];
  return (nested.nesting === "map" ? Object.values(value as Values) : (value as Value[])).filter(isObject);
}

function mapElements(nested: NestedBlock, value: Value, map: (element: Values, key: string) => Value): Value {
  if (isAbsent(value) || isUnknown(value)) return value;
  if (isSingle(nested)) return map(value as Values, "");
  if (nested.nesting === "map")
    return Object.fromEntries(
      Object.entries(value as Values).map(([key, element]) => [key, map(element as Values, key)]),
    );
  return (value as Value[]).map((element, index) =>
    isObject(element) ? map(element, String(index)) : element,
  );
}

export interface Filling {
  readonly probes: Probes;
  /** Whether to fill in what a configuration might have set, too. */
  readonly fillOptional: boolean;
}

/** The state that an apply of a planned state might leave: a plausible value for each unknown one. */
export function appliedValues(block: Block, planned: Values, filling: Filling, chain: Chain = []): Values {
  const applied: Values = {};
  for (const attribute of block.attributes)
    applied[attribute.name] = appliedValue(attribute, planned[attribute.name] ?? null, filling, chain);
  for (const nested of block.blocks) {
    const value = planned[nested.name] ?? null;
    applied[nested.name] = isUnknown(value)
      ? noBlocks(nested)
      : mapElements(nested, value, (element) =>
          appliedValues(nested.block, element, filling, [...chain, nested]),
        );
  }
  return applied;
}

function appliedValue(attribute: Attribute, planned: Value, filling: Filling, chain: Chain): Value {
  if (attribute.writeOnly) return null;
  if (!isUnknown(planned)) return completed(attribute.type, attribute.name, planned);
  if (attribute.optional && attribute.name !== "id" && !filling.fillOptional) return null;
  return filling.probes.pair(pathOf(chain, attribute.name), attribute)[0];
}

/** What core proposes: the configuration, and the prior value of what it leaves to the provider. */
export function proposedValues(block: Block, prior: Value | undefined, config: Values): Values {
  const before = isObject(prior) ? prior : {};
  const proposed: Values = {};
  for (const { name, computed } of block.attributes)
    proposed[name] = computed && isAbsent(config[name]) ? (before[name] ?? null) : (config[name] ?? null);
  for (const nested of block.blocks) {
    const candidates = elementsOf(nested, before[nested.name]);
    proposed[nested.name] = mapElements(nested, config[nested.name] ?? null, (element, key) => {
      const match =
        nested.nesting === "set"
          ? candidates.find((candidate) => couldComeFrom(nested.block, candidate, element))
          : nested.nesting === "map"
            ? ((before[nested.name] as Values | undefined)?.[key] as Values | undefined)
            : candidates[Number(key)];
      return proposedValues(nested.block, match, element);
    });
  }
  return proposed;
}

/** Whether an element of a set in the state is what this configuration of it left. */
function couldComeFrom(block: Block, prior: Values, config: Values): boolean {
  const attributesAgree = block.attributes.every(
    ({ name, computed }) =>
      (computed && isAbsent(config[name])) || fingerprint(prior[name]) === fingerprint(config[name]),
  );
  return (
    attributesAgree &&
    block.blocks.every((nested) => {
      const before = elementsOf(nested, prior[nested.name]);
      const after = elementsOf(nested, config[nested.name]);
      return (
        before.length === after.length &&
        after.every((element, index) => couldComeFrom(nested.block, before[index]!, element))
      );
    })
  );
}

/** A configuration with a probe for every settable attribute, and one of every block. */
export function fullValues(block: Block, probes: Probes, depth: number, chain: Chain = []): Values {
  const values = emptyValues(block);
  for (const attribute of block.attributes)
    if (isSettable(attribute) && attribute.name !== "id")
      values[attribute.name] = probes.pair(pathOf(chain, attribute.name), attribute)[0];
  if (chain.length >= depth) return values;
  for (const nested of block.blocks)
    if (nested.name !== "timeouts")
      values[nested.name] = oneBlock(nested, fullValues(nested.block, probes, depth, [...chain, nested]));
  return values;
}
