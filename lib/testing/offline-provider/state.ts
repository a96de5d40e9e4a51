import { mapBlocks } from "./planning";
import { type Block, type NestedBlock, blockHasDynamic } from "./schema";
import { type Value, type Values, isAbsent, isObject } from "./values";

/** A value in exactly the shape of its schema, as a state of another version may not be. */
export function conform(block: Block, value: Values): Values {
  const conformed: Values = {};
  for (const [name, { type }] of Object.entries(block.attributes)) {
    conformed[name] = type === "dynamic" ? withType(value[name]) : (value[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const found = value[name];
    if (isAbsent(found)) conformed[name] = noBlocks(nested);
    else if (isOfAnyType(nested)) conformed[name] = withType(found);
    else conformed[name] = mapBlocks(nested, found, (element) => conform(nested.block, element));
  }
  return conformed;
}

/** Write-only values reach the provider and nothing else: no state, and nothing that is made from it. */
export function withoutWriteOnly(block: Block, value: Values): Values {
  const kept = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly && name in kept) kept[name] = null;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (!(name in kept)) continue;
    kept[name] = mapBlocks(nested, kept[name], (element) =>
      isObject(element) ? withoutWriteOnly(nested.block, element) : element,
    );
  }
  return kept;
}

/** The value of blocks of which there is none. */
export function noBlocks(nested: NestedBlock): Value {
  if (nested.nesting === "single") return null;
  const [type, value] = nested.nesting === "map" ? ["object", {}] : ["tuple", []];
  return isOfAnyType(nested) ? withType({ type: [type, value], value }) : value;
}

/** Blocks whose elements need not have one type in common. */
function isOfAnyType({ nesting, block }: NestedBlock): boolean {
  return nesting !== "single" && blockHasDynamic(block);
}

/** A value of any type in the form that it travels in, from the one that a state has. */
function withType(value: Value | undefined): Value {
  return isObject(value) ? [Buffer.from(JSON.stringify(value.type)), value.value ?? null] : null;
}
