import { mapValues } from "../records";
import { NESTING } from "./protocol";

/** A type in Terraform's type system, in the JSON form that the protocol has. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", Readonly<Record<string, Type>>]
  | readonly ["tuple", readonly Type[]];

export interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
}

export interface NestedBlock {
  readonly nesting: "single" | "list" | "set" | "map";
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly block: Block;
}

/** What a resource, a data source or a provider is configured by. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** Everything one provider serves. */
export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
  readonly ephemeralResources: Readonly<Record<string, Block>>;
}

export const EMPTY_BLOCK: Block = { attributes: {}, blocks: {} };

/** The response to GetSchema, as the protocol's messages have it. */
export function toMessage(schema: ProviderSchema): Record<string, unknown> {
  return {
    provider: schemaMessage(schema.provider),
    resource_schemas: mapValues(schema.resources, schemaMessage),
    data_source_schemas: mapValues(schema.dataSources, schemaMessage),
    ephemeral_resource_schemas: mapValues(schema.ephemeralResources, schemaMessage),
  };
}

/** Whether a value has parts of any type, which travel with their type. */
export function hasDynamic(type: Type): boolean {
  if (typeof type === "string") return type === "dynamic";
  if (type[0] === "object") return Object.values(type[1]).some(hasDynamic);
  if (type[0] === "tuple") return type[1].some(hasDynamic);
  return hasDynamic(type[1]);
}

/** Whether blocks are of any type: those that have such an attribute travel with their type as a whole. */
export function blockHasDynamic(block: Block): boolean {
  return (
    Object.values(block.attributes).some((attribute) => hasDynamic(attribute.type)) ||
    Object.values(block.blocks).some((nested) => blockHasDynamic(nested.block))
  );
}

function schemaMessage(block: Block): Record<string, unknown> {
  return { version: 0, block: blockMessage(block) };
}

function blockMessage(block: Block): Record<string, unknown> {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required,
      optional: attribute.optional,
      computed: attribute.computed,
      sensitive: attribute.sensitive,
      write_only: attribute.writeOnly,
    })),
    block_types: Object.entries(block.blocks).map(([name, nested]) => ({
      type_name: name,
      nesting: NESTING[nested.nesting],
      min_items: nested.minItems,
      max_items: nested.maxItems,
      block: blockMessage(nested.block),
    })),
  };
}
