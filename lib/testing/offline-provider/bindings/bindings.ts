import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Block, EMPTY_BLOCK } from "../schema";
import { type Declarations, parseDeclarations, readGeneratedSource } from "./generated-source";
import { type ModuleSchema, schemaOfDeclarations } from "./schema-of-declarations";

/** Where prebuilt bindings of a provider may come from: CDKTF's packages, and those of its successor. */
const SCOPES = ["@cdktf", "@cdktn"];

/**
 * The installed bindings of one provider. A module is read when one of its types is asked for first, and kept: the
 * bindings of AWS have two thousand.
 */
export class Bindings {
  private static readonly found = new Map<string, Bindings>();

  /**
   * Looks for the bindings of a provider from several folders.
   *
   * @param provider its type, as in `aws` of `hashicorp/aws`
   */
  public static find(provider: string, folders: readonly string[]): Bindings | undefined {
    for (const folder of folders) {
      for (const scope of SCOPES) {
        const manifest = resolve(`${scope}/provider-${provider}/package.json`, folder);
        if (manifest === undefined) continue;
        const { version } = JSON.parse(readFileSync(manifest, "utf8"));
        const key = `${manifest}@${version}`;
        const bindings = this.found.get(key) ?? new Bindings(provider, dirname(manifest));
        this.found.set(key, bindings);
        return bindings;
      }
    }
    return undefined;
  }

  private readonly modules = new Map<string, ModuleSchema>();

  private constructor(
    private readonly provider: string,
    private readonly folder: string,
  ) {}

  /** What the provider itself is configured by. */
  public get providerBlock(): Block {
    return this.module("provider")?.provider ?? EMPTY_BLOCK;
  }

  /** What a resource is configured by; undefined for a type that these bindings don't have. */
  public resource(type: string): Block | undefined {
    return this.module(this.moduleName(type))?.resources[type];
  }

  public dataSource(type: string): Block | undefined {
    return this.module(`data-${type.replaceAll("_", "-")}`)?.dataSources[type];
  }

  /** Every type there is. Reads them all, which takes more than a second for AWS. */
  public allTypes(): { resources: string[]; dataSources: string[] } {
    const modules = readdirSync(join(this.folder, "lib")).map((name) => this.module(name));
    return {
      resources: modules.flatMap((one) => Object.keys(one?.resources ?? {})).sort(),
      dataSources: modules.flatMap((one) => Object.keys(one?.dataSources ?? {})).sort(),
    };
  }

  private moduleName(type: string): string {
    return type.replace(`${this.provider}_`, "").replaceAll("_", "-");
  }

  private module(name: string): ModuleSchema | undefined {
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const folder = join(this.folder, "lib", name);
    if (!existsSync(join(folder, "index.js"))) return undefined;
    const schema = schemaOfDeclarations(readDeclarations(folder));
    this.modules.set(name, schema);
    return schema;
  }
}

/** All declarations of a module; those of a large one are spread over a folder of structs. */
function readDeclarations(folder: string): Declarations {
  const structs = join(folder, "index-structs");
  const files = existsSync(structs) ? readdirSync(structs).map((file) => join(structs, file)) : [];
  const declarations = [...files, join(folder, "index.js")]
    .filter((file) => file.endsWith(".js"))
    .map((file) => parseDeclarations(readGeneratedSource(file)));
  return {
    classes: Object.assign({}, ...declarations.map((one) => one.classes)),
    interfaces: Object.assign({}, ...declarations.map((one) => one.interfaces)),
    hcl: Object.assign({}, ...declarations.map((one) => one.hcl)),
  };
}

function resolve(request: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve(request);
  } catch {
    return undefined;
  }
}
