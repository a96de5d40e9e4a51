import { mapValues } from "../../records";
import type { Attribute, Block, NestedBlock } from "../schema";
import type { Values } from "../values";
import measured from "./measured.json";

/** How an argument changes: it gets a value, another value, or loses it. */
export type ChangeKind = "add" | "change" | "remove";

/** What bindings lose of a type and plans need. Paths have dots: `health_check.path`. */
export interface Overlay {
  /** Attributes that Terraform hides. */
  readonly sensitive?: readonly string[];
  /** Arguments that are in no plan and no state. */
  readonly writeOnly?: readonly string[];
  /** How many blocks there may be at least and at most, where bindings can't tell. */
  readonly limits?: Readonly<Record<string, readonly number[]>>;
  /** Arguments, and blocks, whose change replaces the resource. */
  readonly replaces?: readonly string[];
  /** The same, where it depends on the kind of change. */
  readonly replacesOnly?: Readonly<Record<string, readonly ChangeKind[]>>;
  /** Values of arguments that aren't given; under `block[]` those in each block. */
  readonly defaults?: Values;
  /** Attributes that are known only after an update, by the argument that it changes; `*` is any that isn't named. */
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
}

/** A block as `terraform providers schema -json` prints it. */
interface DumpedBlock {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<
    Record<
      string,
      { nesting_mode: NestedBlock["nesting"]; min_items?: number; max_items?: number; block: DumpedBlock }
    >
  >;
}

const resources = measured.resources as unknown as Readonly<Record<string, Overlay>>;
const dataSources = measured.data as unknown as Readonly<Record<string, Overlay>>;
const ephemeralResources = measured.ephemeral as unknown as Readonly<Record<string, DumpedBlock>>;

/** What is known of a resource type beyond its bindings; undefined for one that was not measured. */
export function resourceOverlay(type: string): Overlay | undefined {
  return resources[type];
}

export function dataSourceOverlay(type: string): Overlay | undefined {
  return dataSources[type];
}

/** Every ephemeral type of AWS that was measured. */
export const EPHEMERAL_TYPES: readonly string[] = Object.keys(ephemeralResources);

/** An ephemeral type of AWS; bindings have none of them. */
export function ephemeralBlock(type: string): Block | undefined {
  const dumped = ephemeralResources[type];
  return dumped && ofDump(dumped);
}

/** Names of arguments that are hidden in types that were not measured. */
const SECRET_NAME =
  /(^|_)(password|passphrase|secret|private_key|secret_key|token|auth_token|access_token|api_key)$/;

/** Whether an argument is in no plan and no state. Newer ones than those measured go by their name's ending. */
function isWriteOnly(overlay: Overlay | undefined, path: string): boolean {
  return (overlay?.writeOnly?.includes(path) ?? false) || path.endsWith("_wo");
}

/** Without an overlay, texts are judged by their names. */
function isSensitive(overlay: Overlay | undefined, path: string, isText: boolean): boolean {
  if (overlay !== undefined) return overlay.sensitive?.includes(path) ?? false;
  return isText && SECRET_NAME.test(path.split(".").at(-1)!);
}

/** Whether an argument of a configuration holds a secret. */
export function isSecretArgument(overlay: Overlay | undefined, path: string, value: unknown): boolean {
  const isText = typeof value === "string";
  // A text that is kept for reviews may hide more than Terraform does, as in arguments newer than what was measured.
  return [overlay, undefined].some((one) => isWriteOnly(one, path) || isSensitive(one, path, isText));
}

/** A block with what its overlay adds. */
export function withOverlay(block: Block, overlay: Overlay | undefined, prefix = ""): Block {
  return {
    attributes: mapValues(block.attributes, (attribute, name) => {
      const path = prefix + name;
      // What is computed is read, whatever its name: `has_secret_string_wo`.
      const writeOnly = !attribute.computed && isWriteOnly(overlay, path);
      const sensitive = writeOnly || isSensitive(overlay, path, attribute.type === "string");
      return { ...attribute, sensitive: attribute.sensitive || sensitive, writeOnly };
    }),
    blocks: mapValues(block.blocks, (nested, name) => {
      const path = prefix + name;
      const [minItems, maxItems] = overlay?.limits?.[path] ?? [nested.minItems, nested.maxItems];
      return { ...nested, minItems, maxItems, block: withOverlay(nested.block, overlay, `${path}.`) };
    }),
  };
}

function ofDump(dumped: DumpedBlock): Block {
  return {
    attributes: dumped.attributes ?? {},
    blocks: mapValues(dumped.block_types ?? {}, (nested) => ({
      nesting: nested.nesting_mode,
      minItems: nested.min_items,
      maxItems: nested.max_items,
      block: ofDump(nested.block),
    })),
  };
}
