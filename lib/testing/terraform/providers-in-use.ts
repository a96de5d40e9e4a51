import type { StateResource } from "./state";
import type { ProviderRequest, TypesInUse } from "../offline-provider/served-providers";
import {
  type JsonBlock,
  type NamedBlock,
  type TerraformJson,
  blocksOf,
} from "../configuration/terraform-json";

type Kind = keyof TypesInUse;

/** Terraform's own provider, which has `terraform_data` and remote states. */
const BUILT_IN = "terraform";

/** The providers that configurations name, and those that the state is of, with the types in use of each. */
export function providersInUse(
  configurations: readonly TerraformJson[],
  state: readonly StateResource[],
): ProviderRequest[] {
  const types = new Map<string, Record<Kind, Set<string>>>();
  const typesOf = (source: string) => {
    const known = types.get(source) ?? {
      resources: new Set(),
      dataSources: new Set(),
      ephemeralResources: new Set(),
    };
    types.set(source, known);
    return known;
  };
  for (const json of configurations) {
    const sources = sourcesOf(json);
    const localNames = [...Object.keys(json.provider ?? {}), ...Object.keys(sources)];
    for (const name of localNames.filter((one) => one !== BUILT_IN)) typesOf(sourceOf(name, sources));
    for (const [kind, blocks] of Object.entries(blocksByKind(json)) as [Kind, NamedBlock[]][]) {
      for (const { type, block } of blocks) {
        const name = providerOf(type, block);
        if (name !== BUILT_IN) typesOf(sourceOf(name, sources))[kind].add(type);
      }
    }
  }
  for (const { mode, type, provider } of state) {
    const address = /^provider\["([^"]+)"\]/.exec(provider)?.[1];
    if (address === undefined || address.includes("/builtin/")) continue;
    typesOf(shortest(address))[mode === "managed" ? "resources" : "dataSources"].add(type);
  }
  // What a module uses isn't written here.
  const everything = configurations.some((json) => json.module !== undefined);
  return [...types].map(([source, used]) => ({ source, types: everything ? undefined : listed(used) }));
}

function blocksByKind(json: TerraformJson): Record<Kind, NamedBlock[]> {
  const inChecks = Object.values(json.check ?? {}).flatMap((check) =>
    blocksOf(check.data as TerraformJson["data"]),
  );
  return {
    resources: blocksOf(json.resource),
    dataSources: [...blocksOf(json.data), ...inChecks],
    ephemeralResources: blocksOf(json.ephemeral),
  };
}

/** Sources by the names that the configuration gives to providers. */
function sourcesOf(json: TerraformJson): Record<string, string> {
  const required = (json.terraform?.required_providers ?? {}) as Record<string, JsonBlock | string>;
  return Object.fromEntries(
    Object.entries(required).map(([name, provider]) => {
      const source = typeof provider === "object" ? provider.source : undefined;
      return [name, typeof source === "string" ? source : name];
    }),
  );
}

function sourceOf(localName: string, sources: Readonly<Record<string, string>>): string {
  return shortest(sources[localName] ?? localName);
}

/** The provider of a resource is named in it (`aws.frankfurt`), or is what its type begins with. */
function providerOf(type: string, block: JsonBlock): string {
  const named = typeof block.provider === "string" ? /\w[\w-]*/.exec(block.provider)?.[0] : undefined;
  return named ?? type.split("_")[0]!;
}

/** One form for each source: without the registry that is asked anyway, and with a namespace. */
function shortest(source: string): string {
  const path = source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "");
  return path.includes("/") ? path : `hashicorp/${path}`;
}

function listed(used: Readonly<Record<Kind, ReadonlySet<string>>>): TypesInUse {
  const sorted = (set: ReadonlySet<string>) => [...set].sort();
  return {
    resources: sorted(used.resources),
    dataSources: sorted(used.dataSources),
    ephemeralResources: sorted(used.ephemeralResources),
  };
}
