// node --import tsx scripts/measure-provider/main.ts PATH_OF_PROVIDER_BINARY [type ...]
// Writes what the real provider does and its npm bindings do not tell. With types: those only, the rest stays.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Problems, measureResource } from "./measure-resource";
import { type Measurements, type ResourceFacts, emptyMeasurements, toText } from "./measurements";
import { jsonBlock, nonEmpty, schemaFacts } from "./facts";
import { knownValues } from "./known-values";
import { Probes } from "./probe-values";
import { RealProvider, type SchemasMessage } from "./real-provider";
import { type SchemaMessages, readBlock } from "./schema";

const OUTPUT = join(__dirname, "../../lib/testing/offline-provider/overlays/measured.json");
/** Processes of the provider; a plan that ends one ends no other's plan. */
const PROCESSES = 2;

async function main(): Promise<void> {
  const [binary, ...types] = process.argv.slice(2);
  if (binary === undefined) throw new Error("Usage: main.ts PATH_OF_PROVIDER_BINARY [type ...]");
  const providers = Array.from({ length: PROCESSES }, () => new RealProvider(binary));
  try {
    const measurements = previous();
    const schemas = await providers[0]!.schemas();
    measureSchemas(schemas, measurements);
    const problems = await measureResources(providers, schemas.resource_schemas, types, measurements);
    writeFileSync(OUTPUT, toText(measurements));
    report(problems);
  } finally {
    await Promise.all(providers.map((provider) => provider.stop()));
  }
}

function previous(): Measurements {
  return existsSync(OUTPUT)
    ? (JSON.parse(readFileSync(OUTPUT, "utf8")) as Measurements)
    : emptyMeasurements();
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

async function measureResources(
  providers: RealProvider[],
  schemas: SchemaMessages,
  only: string[],
  measurements: Measurements,
): Promise<Record<string, Problems>> {
  const waiting = only.length > 0 ? only : Object.keys(schemas);
  const problems: Record<string, Problems> = {};
  const measureNext = async (provider: RealProvider) => {
    for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
      const started = Date.now();
      const block = readBlock(schemas[type]!.block);
      const measured = await measureResource(provider, type, block, new Probes(knownValues(type)));
      measurements.resources[type] = nonEmpty<ResourceFacts>({ ...schemaFacts(block), ...measured.facts });
      problems[type] = measured.problems;
      console.error(`${type} ${Date.now() - started} ms`);
    }
  };
  await Promise.all(providers.map(measureNext));
  return problems;
}

function report(problems: Record<string, Problems>): void {
  const types = Object.entries(problems).sort();
  for (const [type, found] of types)
    for (const [path, problem] of Object.entries(found))
      console.log(`${type} ${path}: ${problem.replaceAll(/\s+/g, " ").slice(0, 200)}`);
  const clean = types.filter(([, found]) => Object.keys(found).length === 0).length;
  console.log(`${types.length} types, ${clean} measured without problems`);
}

// Without this, an interrupted run leaves the provider's processes behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
