import { mapBlocks } from "./planning";
import type { Block } from "./schema";
import { type Value, type Values, isAbsent, isObject } from "./values";

/** A value in exactly the shape of its schema, as a state of another version may not be. */
export function conform(block: Block, value: Values): Values {
  const conformed: Values = {};
  for (const name of Object.keys(block.attributes)) conformed[name] = value[name] ?? null;
  for (const [name, nested] of Object.entries(block.blocks)) {
    const found = value[name];
    conformed[name] = isAbsent(found)
      ? noBlocks(nested.nesting)
      : mapBlocks(nested, found, (element) => conform(nested.block, element));
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

function noBlocks(nesting: string): Value {
  if (nesting === "single") return null;
  return nesting === "map" ? {} : [];
}
