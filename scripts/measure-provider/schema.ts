import { NESTING } from "../../lib/testing/offline-provider/protocol";

/** A type of Terraform's, as its JSON form has it: "string", ["list", "string"], ["object", {...}]. */
export type CtyType = string | [string, CtyType | Record<string, CtyType> | CtyType[]];

export interface Attribute {
  readonly name: string;
  readonly type: CtyType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
}

export interface NestedBlock {
  readonly name: string;
  readonly nesting: keyof typeof NESTING;
  readonly min: number;
  readonly max: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly NestedBlock[];
}

interface BlockMessage {
  attributes?: {
    name: string;
    type: Uint8Array;
    required?: boolean;
    optional?: boolean;
    computed?: boolean;
    sensitive?: boolean;
    write_only?: boolean;
  }[];
  block_types?: {
    type_name: string;
    block: BlockMessage;
    nesting: number;
    min_items?: number;
    max_items?: number;
  }[];
}
export interface SchemaMessage {
  block: BlockMessage;
}
export type SchemaMessages = Record<string, SchemaMessage>;

const NESTING_NAMES = Object.fromEntries(
  Object.entries(NESTING).map(([name, number]) => [number, name]),
) as Record<number, keyof typeof NESTING>;

export function readBlock(message: BlockMessage): Block {
  return {
    attributes: (message.attributes ?? []).map((attribute) => ({
      name: attribute.name,
      type: JSON.parse(Buffer.from(attribute.type).toString("utf8")) as CtyType,
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
      writeOnly: attribute.write_only ?? false,
    })),
    blocks: (message.block_types ?? []).map((nested) => ({
      name: nested.type_name,
      nesting: NESTING_NAMES[nested.nesting]!,
      min: nested.min_items ?? 0,
      max: nested.max_items ?? 0,
      block: readBlock(nested.block),
    })),
  };
}

/** Whether a configuration may set it. */
export function isSettable(attribute: Attribute): boolean {
  return attribute.required || attribute.optional;
}

/** Whether its value is one object or null, not a collection of objects. */
export function isSingle(nested: NestedBlock): boolean {
  return nested.nesting === "single" || nested.nesting === "group";
}

/** The way from a resource to one of its blocks, outermost first. */
export type Chain = readonly NestedBlock[];

export function pathOf(chain: Chain, attribute?: string): string {
  return [...chain.map((nested) => nested.name), ...(attribute === undefined ? [] : [attribute])].join(".");
}

/** The block at the end of the chain. */
export function innermost(block: Block, chain: Chain): Block {
  return chain.at(-1)?.block ?? block;
}

/** The ways to all blocks inside, parents first; `timeouts` are Terraform's own. */
export function chainsOf(block: Block, depth = Infinity, outer: Chain = []): Chain[] {
  if (outer.length >= depth) return [];
  return block.blocks
    .filter((nested) => nested.name !== "timeouts")
    .flatMap((nested) => {
      const chain = [...outer, nested];
      return [chain, ...chainsOf(nested.block, depth, chain)];
    });
}

/** How many attributes and blocks there are inside. */
export function sizeOf(block: Block): number {
  return block.blocks.reduce((sum, nested) => sum + 1 + sizeOf(nested.block), block.attributes.length);
}
