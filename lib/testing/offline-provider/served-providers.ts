import { Bindings } from "./bindings/bindings";
import {
  EPHEMERAL_TYPES,
  type Overlay,
  dataSourceOverlay,
  ephemeralBlock,
  resourceOverlay,
  withOverlay,
} from "./overlays/overlay";
import { encodeResponse, EncodedResponse } from "./protocol";
import { CAPABILITIES, type ServedProvider } from "./provider-service";
import { type Block, toMessage } from "./schema";

/** Types of a provider that a configuration uses. */
export interface TypesInUse {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  readonly ephemeralResources: readonly string[];
}

/** A provider that a configuration names. */
export interface ProviderRequest {
  /** Where Terraform would get it, with or without a host: `hashicorp/aws`. */
  readonly source: string;
  /** @default all there are, which makes every command of Terraform slower by a second */
  readonly types?: TypesInUse;
}

/** Providers by what was asked for: most plans of a run ask for the same. */
const served = new Map<string, ServedProvider>();

/**
 * Serves a provider from its installed bindings. Only the types in use are in its schema, as Terraform reads a
 * schema whole in every command. A type that bindings don't have is left out, for Terraform to complain of.
 *
 * @param folders where bindings are looked for
 * @throws Error that names the provider, if it has no bindings
 */
export function serveProvider(request: ProviderRequest, folders: readonly string[]): ServedProvider {
  const key = JSON.stringify([request, folders]);
  const provider = served.get(key) ?? readProvider(request, folders);
  served.set(key, provider);
  return provider;
}

function readProvider(request: ProviderRequest, folders: readonly string[]): ServedProvider {
  const name = request.source.split("/").at(-1)!;
  const bindings = Bindings.find(name, folders);
  if (bindings === undefined) {
    throw new Error(
      `The configuration uses the provider ${request.source}, whose bindings are not installed. ` +
        `Allowed: providers whose package of bindings is found from the folder that tests run in. ` +
        `Run npm install --save-dev @cdktf/provider-${name}.`,
    );
  }
  const overlays = name === "aws" ? { resource: resourceOverlay, dataSource: dataSourceOverlay } : undefined;
  const types = request.types ?? { ...bindings.allTypes(), ephemeralResources: EPHEMERAL_TYPES };
  const schema = {
    provider: bindings.providerBlock,
    resources: blocksOf(types.resources, (type) => bindings.resource(type), overlays?.resource),
    dataSources: blocksOf(types.dataSources, (type) => bindings.dataSource(type), overlays?.dataSource),
    ephemeralResources: name === "aws" ? blocksOf(types.ephemeralResources, ephemeralBlock) : {},
  };
  const message = { ...toMessage(schema), server_capabilities: CAPABILITIES };
  return {
    schema,
    encodedSchema: new EncodedResponse(encodeResponse("GetSchema", message)),
    overlay: (type) => overlays?.resource(type),
  };
}

function blocksOf(
  types: readonly string[],
  find: (type: string) => Block | undefined,
  overlay?: (type: string) => Overlay | undefined,
): Record<string, Block> {
  return Object.fromEntries(
    types.flatMap((type) => {
      const block = find(type);
      return block === undefined ? [] : [[type, withOverlay(block, overlay?.(type))]];
    }),
  );
}
