// node --import tsx scripts/measure-provider/main.ts PATH_OF_PROVIDER_BINARY [type ...]
// Writes what the real provider does and its npm bindings do not tell. With types: those only, the rest stays.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Problems, measureResource } from "./measure-resource";
import { type Measurements, type ResourceFacts, about, emptyMeasurements, toText } from "./measurements";
import { jsonBlock, nonEmpty, schemaFacts } from "./facts";
import { knownValues } from "./known-values";
import { Probes } from "./probe-values";
import { RealProvider, type SchemasMessage } from "./real-provider";
import { type SchemaMessages, readBlock } from "./schema";

const OUTPUT = join(__dirname, "../../lib/testing/offline-provider/overlays/measured.json");
/** Processes of the provider; a plan that ends one ends no other's plan. */
const PROCESSES = 2;
const MAX_PROBLEM_LENGTH = 200;

async function main(): Promise<void> {
  const [binary, ...types] = process.argv.slice(2);
  if (binary === undefined) throw new Error("Usage: main.ts PATH_OF_PROVIDER_BINARY [type ...]");
  const providers = Array.from({ length: PROCESSES }, () => new RealProvider(binary));
  try {
    const schemas = await providers[0]!.schemas();
    const resources = await measureResources(providers, schemas.resource_schemas, types);
    // Read now: another run may have written it meanwhile.
    const measurements = types.length > 0 && existsSync(OUTPUT) ? previous() : emptyMeasurements();
    measurements.about = about(binary);
    measureSchemas(schemas, measurements);
    for (const [type, { facts }] of resources) measurements.resources[type] = facts;
    writeFileSync(OUTPUT, toText(measurements));
    report(resources);
  } finally {
    await Promise.all(providers.map((provider) => provider.stop()));
  }
}

function previous(): Measurements {
  return JSON.parse(readFileSync(OUTPUT, "utf8")) as Measurements;
}

/** What costs one call, for data sources and ephemeral resources. */
function measureSchemas(schemas: SchemasMessage, measurements: Measurements): void {
  for (const [type, { block }] of Object.entries(schemas.data_source_schemas)) {
    const { sensitive, limits } = schemaFacts(readBlock(block));
    measurements.data[type] = nonEmpty({ sensitive, limits });
  }
  for (const [type, { block }] of Object.entries(schemas.ephemeral_resource_schemas))
    measurements.ephemeral[type] = jsonBlock(readBlock(block));
}

interface Resource {
  readonly facts: Partial<ResourceFacts>;
  readonly problems: Problems;
}

async function measureResources(
  providers: RealProvider[],
  schemas: SchemaMessages,
  only: string[],
): Promise<Map<string, Resource>> {
  const waiting = only.length > 0 ? [...only] : Object.keys(schemas);
  const resources = new Map<string, Resource>();
  const measureNext = async (provider: RealProvider) => {
    for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
      const started = Date.now();
      const block = readBlock(schemas[type]!.block);
      const { facts, problems } = await measureResource(provider, type, block, new Probes(knownValues(type)));
      resources.set(type, { facts: nonEmpty({ ...schemaFacts(block), ...facts }), problems });
      console.error(`${type} ${Date.now() - started} ms, ${waiting.length} more types`);
    }
  };
  await Promise.all(providers.map(measureNext));
  return resources;
}

function report(resources: Map<string, Resource>): void {
  const problematic = [...resources].filter(([, { problems }]) => Object.keys(problems).length > 0).sort();
  for (const [type, { problems }] of problematic)
    for (const [path, problem] of Object.entries(problems))
      console.log(`${type} ${path}: ${problem.replaceAll(/\s+/g, " ").slice(0, MAX_PROBLEM_LENGTH)}`);
  console.log(`${resources.size} types, ${resources.size - problematic.length} measured without problems`);
}

// Without this, an interrupted run leaves the provider's processes behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
