import { readFileSync } from "node:fs";

/** What an attribute is read by in the generated class: a getter of the base class, or an object of its own. */
export type Accessor =
  | { readonly getter: string; readonly asSet: boolean }
  | { readonly constructs: string; readonly asSet: boolean };

export interface GeneratedAttribute {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly accessor: Accessor | undefined;
}

export interface GeneratedClass {
  /** The class of CDKTF that it extends. */
  readonly base: string;
  /** The Terraform type; empty for the classes of nested blocks. */
  readonly terraformType: string | undefined;
  readonly attributes: Readonly<Record<string, GeneratedAttribute>>;
}

export interface GeneratedField {
  readonly optional: boolean;
  /** The TypeScript type, as text. */
  readonly type: string;
  readonly isBlock: boolean;
}

/** How an argument is written in HCL: its collection (`simple`, `list`, `set`, `map`, `struct`) and what is in it. */
export interface HclArgument {
  readonly isBlock: boolean;
  readonly collection: string;
  readonly storageClass: string;
}

/** The declarations of generated bindings that say something of the schema, by name. */
export interface Declarations {
  readonly classes: Record<string, GeneratedClass>;
  readonly interfaces: Record<string, Readonly<Record<string, GeneratedField>>>;
  readonly hcl: Record<string, Readonly<Record<string, HclArgument>>>;
}

const SOURCE_MAP = "sourceMappingURL=data:application/json;base64,";

/**
 * The TypeScript that a file of bindings was compiled from. Only its comments tell computed, optional and required
 * attributes apart; the source map in each compiled file carries it whole.
 */
export function readGeneratedSource(file: string): string {
  const compiled = readFileSync(file, "latin1");
  const start = compiled.lastIndexOf(SOURCE_MAP);
  if (start < 0) return "";
  const map = Buffer.from(compiled.slice(start + SOURCE_MAP.length).trim(), "base64").toString("utf8");
  const { sourcesContent = [] } = JSON.parse(map) as { sourcesContent?: string[] };
  // CDKTF's successor generates the same code under another name.
  return sourcesContent.join("\n").replaceAll("cdktn.", "cdktf.");
}

export function parseDeclarations(source: string): Declarations {
  const found: Declarations = { classes: {}, interfaces: {}, hcl: {} };
  for (const text of source.split(/^export (?=interface |class |function )/m)) {
    let match: RegExpExecArray | null;
    if ((match = /^interface (\w+)/.exec(text))) {
      found.interfaces[match[1]!] = parseFields(text);
    } else if ((match = /^class (\w+) extends (cdktf\.\w+)/.exec(text))) {
      const [, name, base] = match as unknown as [string, string, string];
      found.classes[name] = {
        base,
        terraformType: /tfResourceType = "(\w+)"/.exec(text)?.[1],
        attributes: parseAttributes(text),
      };
      if (text.includes("synthesizeHclAttributes()")) found.hcl[name] = parseHcl(text);
    } else if ((match = /^function \w+ToHclTerraform\(struct\?: (\w+)/.exec(text))) {
      found.hcl[match[1]!.replace(/OutputReference$/, "")] = parseHcl(text);
    }
  }
  return found;
}

function parseFields(text: string): Record<string, GeneratedField> {
  const fields: Record<string, GeneratedField> = {};
  for (const match of text.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/)\s*readonly (\w+)(\??): (.*);/g)) {
    const [, comment, property, optional, type] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
    ];
    // The link to the docs carries Terraform's own name.
    const name = /#(\w+) \w+#\1\}/.exec(comment)?.[1] ?? property;
    fields[name] = { optional: optional === "?", type, isBlock: /^\s*\* \w+ block$/m.test(comment) };
  }
  return fields;
}

function parseAttributes(text: string): Record<string, GeneratedAttribute> {
  const attributes: Record<string, GeneratedAttribute> = {};
  const parts = text.split(/^ {2}\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$/m);
  for (let index = 1; index < parts.length; index += 5) {
    const [name, computed, optional, required, body] = parts.slice(index, index + 5) as [
      string,
      string,
      string,
      string,
      string,
    ];
    attributes[name] = {
      computed: computed === "true",
      optional: optional === "true",
      required: required === "true",
      accessor: parseAccessor(body),
    };
  }
  return attributes;
}

function parseAccessor(body: string): Accessor | undefined {
  const made = /= new ([\w.]+)\(this, "\w+"(?:, (true|false))?/.exec(body);
  if (made) return { constructs: made[1]!, asSet: made[2] === "true" };
  const read = /return (.*this\.(?:get(\w+)Attribute|interpolationForAttribute)\('\w+'\).*);/.exec(body);
  // Elements of a set have no index, so its getter makes a list of it.
  return read ? { getter: read[2] ?? "Any", asSet: read[1]!.includes("tolist") } : undefined;
}

function parseHcl(text: string): Record<string, HclArgument> {
  const args: Record<string, HclArgument> = {};
  const form = /^ +(\w+): \{\n.*\n +isBlock: (\w+),\n +type: "(\w+)",\n(?: +storageClassType: "(\w+)",\n)?/gm;
  for (const [, name, isBlock, collection, storageClass] of text.matchAll(form)) {
    args[name!] = {
      isBlock: isBlock === "true",
      collection: collection!,
      storageClass: storageClass ?? "",
    };
  }
  return args;
}
