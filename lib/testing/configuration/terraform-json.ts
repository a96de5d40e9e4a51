import { mapValues } from "../records";

/** A block of Terraform's JSON syntax. */
export type JsonBlock = Readonly<Record<string, unknown>>;

/** Blocks by type and name, as `resource` and `data` have them. */
export type TypedBlocks = Readonly<Record<string, Readonly<Record<string, JsonBlock>>>>;

/** A configuration in Terraform's JSON syntax. */
export interface TerraformJson extends JsonBlock {
  readonly terraform?: JsonBlock;
  readonly provider?: Readonly<Record<string, JsonBlock | readonly JsonBlock[]>>;
  readonly resource?: TypedBlocks;
  readonly data?: TypedBlocks;
  readonly ephemeral?: TypedBlocks;
  readonly output?: Readonly<Record<string, JsonBlock>>;
  readonly variable?: Readonly<Record<string, JsonBlock>>;
  readonly module?: Readonly<Record<string, JsonBlock>>;
  readonly check?: Readonly<Record<string, JsonBlock>>;
}

/** One block of `resource`, `data` or `ephemeral`. */
export interface NamedBlock {
  readonly type: string;
  readonly name: string;
  readonly block: JsonBlock;
}

/** Every block of a kind. */
export function blocksOf(blocks: TypedBlocks | undefined): NamedBlock[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => ({ type, name, block })),
  );
}

/** The same blocks, each as a function makes it. */
export function mapTypedBlocks(
  blocks: TypedBlocks,
  map: (block: JsonBlock, type: string) => JsonBlock,
): TypedBlocks {
  return mapValues(blocks, (named, type) => mapValues(named, (block) => map(block, type)));
}

/** Path of the construct that a block is from, which CDKTF notes beside it. */
export function constructPathOf(block: JsonBlock): string | undefined {
  const note = block["//"] as { metadata?: { path?: string } } | undefined;
  return note?.metadata?.path;
}

/** The same without CDKTF's notes. */
export function withoutNotes<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNotes) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === "//" ? [] : [[key, withoutNotes(one)]])),
  ) as T;
}
