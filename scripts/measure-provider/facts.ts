import type { Value } from "../../lib/testing/offline-provider/values";
import { type Block, type Chain, type CtyType, chainsOf, innermost, pathOf } from "./schema";

/** A change of one attribute or block: another value, null → value, value → null. */
export type Case = "change" | "add" | "remove";
export interface Defaults {
  [attributeOrBlock: string]: Value | Defaults;
}

/** What the schema itself says and the bindings lose. */
export interface SchemaFacts {
  sensitive: string[];
  writeOnly: string[];
  limits: Record<string, [number, number]>;
}
/** What only plans show. */
export interface PlanFacts {
  replaces: string[];
  replacesOnly: Record<string, Case[]>;
  defaults: Defaults;
  recomputed: Record<string, string[]>;
}

export function schemaFacts(block: Block): SchemaFacts {
  const facts: SchemaFacts = { sensitive: [], writeOnly: [], limits: {} };
  for (const chain of [[], ...chainsOf(block)] as Chain[]) {
    const nested = chain.at(-1);
    if (nested && (nested.max > 1 || nested.min > 1)) facts.limits[pathOf(chain)] = [nested.min, nested.max];
    for (const { name, sensitive, writeOnly } of innermost(block, chain).attributes) {
      if (sensitive) facts.sensitive.push(pathOf(chain, name));
      if (writeOnly) facts.writeOnly.push(pathOf(chain, name));
    }
  }
  return facts;
}

export interface JsonBlock {
  attributes?: Record<string, { type: CtyType } & Record<string, unknown>>;
  block_types?: Record<string, { nesting_mode: string; block: JsonBlock } & Record<string, unknown>>;
}

/** A block as `terraform providers schema -json` writes it. */
export function jsonBlock(block: Block): JsonBlock {
  return nonEmpty({
    attributes: Object.fromEntries(
      block.attributes.map(({ name, type, required, optional, computed, sensitive, writeOnly }) => [
        name,
        { type, ...flags({ required, optional, computed, sensitive, write_only: writeOnly }) },
      ]),
    ),
    block_types: Object.fromEntries(
      block.blocks.map((nested) => [
        nested.name,
        {
          nesting_mode: nested.nesting,
          block: jsonBlock(nested.block),
          ...(nested.min > 0 ? { min_items: nested.min } : {}),
          ...(nested.max > 0 ? { max_items: nested.max } : {}),
        },
      ]),
    ),
  });
}

function flags(all: Record<string, boolean>): Record<string, true> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, set]) => (set ? [[name, true as const]] : [])),
  );
}

/** Without the members that say nothing. */
export function nonEmpty<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, member]) => Object.keys(member as object).length > 0),
  ) as Partial<Members>;
}
