import { SENSITIVE_VALUE } from "../assertions";
import { dataSourceOverlay, isSecretArgument, resourceOverlay } from "../offline-provider/overlays/overlay";
import { mapValues } from "../records";
import { type JsonBlock, type TerraformJson, type TypedBlocks, mapTypedBlocks } from "./terraform-json";

type Overlays = typeof resourceOverlay;

/**
 * A configuration as a text for snapshots. Keys are sorted; secrets that are written out are masked; what differs
 * between machines and versions is gone: where the state is, versions of providers, absolute paths.
 */
export function configurationText(json: TerraformJson): string {
  const { terraform, ...rest } = json;
  const shown = {
    ...rest,
    ...(json.resource && { resource: maskedBlocks(json.resource, resourceOverlay) }),
    ...(json.data && { data: maskedBlocks(json.data, dataSourceOverlay) }),
    ...(json.ephemeral && { ephemeral: maskedBlocks(json.ephemeral, () => undefined) }),
    ...(json.provider && { provider: masked(json.provider, undefined, "") }),
    ...(json.variable && { variable: withoutSecretDefaults(json.variable) }),
    ...(terraform && { terraform: withoutVersionsAndPaths(terraform) }),
  };
  return JSON.stringify(stable(shown), null, 2);
}

function withoutVersionsAndPaths(terraform: JsonBlock): JsonBlock {
  const { backend, required_providers: providers, required_version, ...rest } = terraform;
  // A local state's path is absolute, unless somebody chose another.
  const { local, ...backends } = (backend ?? {}) as JsonBlock;
  return {
    ...rest,
    ...(Object.keys(backends).length > 0 && { backend: backends }),
    ...(providers !== undefined && {
      required_providers: mapValues(
        providers as Record<string, JsonBlock>,
        ({ version, ...provider }) => provider,
      ),
    }),
  };
}

function maskedBlocks(blocks: TypedBlocks, overlayOf: Overlays): TypedBlocks {
  return mapTypedBlocks(blocks, (block, type) => masked(block, overlayOf(type), "") as JsonBlock);
}

function masked(value: unknown, overlay: ReturnType<Overlays>, path: string): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, overlay, path));
  if (value === null || typeof value !== "object") {
    return isSecretArgument(overlay, path, value) && !isReference(value) ? SENSITIVE_VALUE : value;
  }
  return mapValues(value as JsonBlock, (one, name) => masked(one, overlay, inside(path, name)));
}

function withoutSecretDefaults(variables: NonNullable<TerraformJson["variable"]>): unknown {
  return mapValues(variables, (variable) =>
    variable.sensitive && "default" in variable ? { ...variable, default: SENSITIVE_VALUE } : variable,
  );
}

/** Paths of a resource's arguments that have secrets written into them, without indexes. */
export function secretPaths(block: JsonBlock, overlay: ReturnType<Overlays>): string[] {
  const find = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => find(one, path));
    if (value === null || typeof value !== "object") {
      return isSecretArgument(overlay, path, value) && !isReference(value) ? [path] : [];
    }
    return Object.entries(value).flatMap(([name, one]) => find(one, inside(path, name)));
  };
  return find(block, "");
}

function inside(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A plain reference shows nothing; any other expression may have a secret written into it. */
function isReference(value: unknown): boolean {
  return typeof value === "string" && /^\$\{[\w.[\]"-]+\}$/.test(value);
}

function stable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(process.cwd(), ".");
  if (Array.isArray(value)) return value.map(stable);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, stable(one)]));
}
