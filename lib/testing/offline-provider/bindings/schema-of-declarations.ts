import { mapValues } from "../../records";
import {
  type Attribute,
  type Block,
  type NestedBlock,
  type Type,
  blockHasDynamic,
  hasDynamic,
} from "../schema";
import type { Declarations, GeneratedAttribute, GeneratedField, HclArgument } from "./generated-source";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Collection = "list" | "set" | "map";

/** What the declarations of one module of bindings add up to. */
export interface ModuleSchema {
  readonly provider?: Block;
  readonly resources: Record<string, Block>;
  readonly dataSources: Record<string, Block>;
}

const PRIMITIVE: Readonly<Record<string, Type>> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  string: "string",
  number: "number",
  boolean: "bool",
};

export function schemaOfDeclarations(declarations: Declarations): ModuleSchema {
  const schema: Writable<ModuleSchema> = { resources: {}, dataSources: {} };
  const reader = new DeclarationReader(declarations);
  for (const [name, { base, terraformType }] of Object.entries(declarations.classes)) {
    if (terraformType === undefined) continue;
    if (base === "cdktf.TerraformProvider") schema.provider = reader.ofProvider(name, `${name}Config`);
    else if (base === "cdktf.TerraformDataSource") schema.dataSources[terraformType] = reader.ofClass(name);
    else schema.resources[terraformType] = reader.ofClass(name);
  }
  return schema;
}

class DeclarationReader {
  public constructor(private readonly declarations: Declarations) {}

  /** A resource or data source. */
  public ofClass(name: string): Block {
    return withoutDynamicInSets(this.block(name, `${name}Config`));
  }

  /** A provider, whose class has no typed getters. */
  public ofProvider(hclName: string, interfaceName: string): Block {
    const { hcl, interfaces } = this.declarations;
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    for (const [name, argument] of Object.entries(hcl[hclName] ?? {})) {
      const field = interfaces[interfaceName]?.[name];
      const flags = field === undefined || field.optional ? { optional: true } : { required: true };
      const match = /^(string|number|boolean)(List|Map)?$/.exec(argument.storageClass);
      if (match) {
        const element = PRIMITIVE[match[1]!]!;
        const type: Type = match[2] ? [argument.collection as Collection, element] : element;
        attributes[name] = { type, ...flags };
      } else if (argument.isBlock) {
        const struct = argument.storageClass.replace(/List$/, "");
        const single = field !== undefined && !field.type.includes("[]");
        blocks[name] = {
          ...nesting(argument.collection, single),
          block: this.ofProvider(struct, struct),
        };
      } else {
        attributes[name] = { type: "dynamic", ...flags };
      }
    }
    return { attributes, blocks };
  }

  private block(className: string, structName: string): Block {
    const { classes, hcl, interfaces } = this.declarations;
    const args = hcl[className] ?? hcl[structName] ?? {};
    const fields = interfaces[structName] ?? {};
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    for (const [name, attribute] of Object.entries(classes[className]!.attributes)) {
      const nested = this.nestedClass(attribute);
      const argument = args[name];
      if (nested === undefined) {
        attributes[name] = { type: attributeType(attribute, argument, fields[name]), ...flagsOf(attribute) };
        continue;
      }
      const block = this.block(`${nested.element}OutputReference`, nested.element);
      const collection = argument?.collection ?? nested.collection;
      if (fields[name]?.isBlock) {
        const single = nested.suffix === "OutputReference";
        const minItems = attribute.required ? 1 : undefined;
        blocks[name] = { ...nesting(collection, single, minItems), block };
      } else {
        attributes[name] = { type: objectType(block, nested.suffix, collection), ...flagsOf(attribute) };
      }
    }
    return { attributes, blocks };
  }

  /** The generated class of an attribute that has attributes of its own. */
  private nestedClass(
    attribute: GeneratedAttribute,
  ): { element: string; suffix: string; collection: string } | undefined {
    const accessor = attribute.accessor;
    if (accessor === undefined || !("constructs" in accessor)) return undefined;
    for (const suffix of ["OutputReference", "MapList", "ListList", "List", "Map"]) {
      const element = accessor.constructs.slice(0, -suffix.length);
      if (!accessor.constructs.endsWith(suffix)) continue;
      if (!(`${element}OutputReference` in this.declarations.classes)) continue;
      const ofSuffix = { Map: "map", List: "list", MapList: "list" }[suffix] ?? "struct";
      return { element, suffix, collection: accessor.asSet && suffix !== "Map" ? "set" : ofSuffix };
    }
    return undefined;
  }
}

function flagsOf({ required, optional, computed }: GeneratedAttribute): Omit<Attribute, "type"> {
  return {
    ...(required && { required }),
    ...(optional && { optional }),
    ...(computed && { computed }),
  };
}

function nesting(collection: string, single: boolean, minItems?: number): Omit<NestedBlock, "block"> {
  if (collection === "struct") return { nesting: "single" };
  if (collection === "map") return { nesting: "map" };
  return {
    nesting: collection as "list" | "set",
    ...(minItems !== undefined && { minItems }),
    ...(single && { maxItems: 1 }),
  };
}

/** The type of an attribute that is written as an object, a list of objects, or a map of them. */
function objectType(block: Block, suffix: string, collection: string): Type {
  const object: Type = [
    "object",
    {
      ...mapValues(block.attributes, (attribute) => attribute.type),
      ...mapValues(block.blocks, (nested): Type => {
        const inner = objectType(nested.block, "OutputReference", "struct");
        return nested.nesting === "single" ? inner : [nested.nesting, inner];
      }),
    },
  ];
  const listOrSet = collection === "set" ? "set" : "list";
  if (suffix === "MapList") return [listOrSet, ["map", object]];
  if (suffix === "Map") return ["map", object];
  if (suffix === "List" || collection === "list" || collection === "set") return [listOrSet, object];
  return object;
}

function attributeType(
  { accessor }: GeneratedAttribute,
  argument: HclArgument | undefined,
  field: GeneratedField | undefined,
): Type {
  if (accessor === undefined) return "dynamic";
  const isSet = accessor.asSet || argument?.collection === "set";
  const read =
    "constructs" in accessor
      ? complexType(accessor.constructs.replace("cdktf.", ""), isSet)
      : getterType(accessor.getter, isSet, argument);
  if (!hasDynamic(read) || field === undefined) return read;
  const written = writtenType(field.type, isSet ? "set" : "list");
  return hasDynamic(written) ? read : written;
}

/** By the getter of CDKTF's base class, as in `getStringListAttribute`. */
function getterType(getter: string, isSet: boolean, argument: HclArgument | undefined): Type {
  const collection = isSet ? "set" : "list";
  if (PRIMITIVE[getter]) return PRIMITIVE[getter];
  if (getter === "List") return [collection, "string"];
  if (getter.endsWith("List")) return [collection, PRIMITIVE[getter.slice(0, -4)] ?? "dynamic"];
  if (getter.endsWith("Map")) return ["map", PRIMITIVE[getter.slice(0, -3)] ?? "dynamic"];
  if (argument?.storageClass === "booleanList") return [collection, "bool"];
  return argument !== undefined && argument.storageClass !== "" && argument.collection !== "simple"
    ? [argument.collection as Collection, "dynamic"]
    : "dynamic";
}

/** By CDKTF's class of a collection, outermost last: `StringMapList` is a list of maps of strings. */
function complexType(name: string, isSet: boolean): Type {
  const collection = /(List|Map)$/.exec(name)?.[1];
  if (collection === undefined) return PRIMITIVE[name] ?? "dynamic";
  const element = complexType(name.slice(0, -collection.length), false);
  return [collection === "Map" ? "map" : isSet ? "set" : "list", element];
}

/** By the TypeScript type of the prop, as in `{ [key: string]: string }[] | cdktf.IResolvable`. */
function writtenType(text: string, collection: "list" | "set"): Type {
  const type = text.replace(/ ?\| ?cdktf\.IResolvable/g, "").trim();
  const inBrackets = /^\((.*)\)$/.exec(type);
  if (inBrackets) return writtenType(inBrackets[1]!, collection);
  if (type.endsWith("[]")) return [collection, writtenType(type.slice(0, -2), collection)];
  const map = /^\{ ?\[key: string\]: (.*?) ?\}$/.exec(type);
  if (map) return ["map", writtenType(map[1]!, "list")];
  return PRIMITIVE[type] ?? "dynamic";
}

/** Terraform refuses dynamic attributes in blocks that are a set; as a list they pass. */
function withoutDynamicInSets(block: Block): Block {
  return {
    ...block,
    blocks: mapValues(block.blocks, (nested) => {
      const inner = withoutDynamicInSets(nested.block);
      const mode = nested.nesting === "set" && blockHasDynamic(inner) ? "list" : nested.nesting;
      return { ...nested, nesting: mode, block: inner };
    }),
  };
}
