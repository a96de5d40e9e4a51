import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { providersInUse } from "./terraform/providers-in-use";
import type { TerraformJson } from "./configuration/terraform-json";
import { remoteStateName } from "./configuration/synthesis";
import { ProviderProcess } from "./provider-process";
import { QUIET, TerraformBinary } from "./terraform/binary";
import { offlineConfiguration } from "./terraform/offline-configuration";
import type { State } from "./terraform/state";
import { BINDINGS_FOLDERS } from "./terraform/terraform-run";

/** Where an app that is served offline was synthesized, and where its states are kept. */
export interface OfflineAppOptions {
  /** Folder that the app was synthesized into. Its configurations are rewritten: they are for offline use only. */
  readonly outdir: string;
  /** Folder for the states of its stacks. */
  readonly stateFolder: string;
}

/** Providers that are served until they are closed. */
export interface OfflineApp {
  /** What commands that run Terraform, such as `cdktf deploy`, need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the providers. */
  close(): Promise<void>;
}

/** What CDKTF notes of one stack in its manifest. */
interface ManifestStack {
  readonly constructPath: string;
  readonly synthesizedStackPath: string;
  readonly dependencies: readonly string[];
}

/**
 * Serves the providers of an app that was synthesized, for commands that run Terraform themselves. Nothing of the
 * app reaches an account: states are files, and provisioners are left out.
 *
 * @throws Error if Terraform is missing or too old, or if a stack can't be had offline
 *
 * @example
 * const offline = await serveApp({ outdir: "build/local", stateFolder: "build/local-states" });
 * spawnSync("npx", ["cdktf", "deploy", "--skip-synth", "--skip-provider-lock", "--output", "build/local"], {
 *   env: { ...process.env, ...offline.environment },
 * });
 * await offline.close();
 */
export async function serveApp({ outdir, stateFolder }: OfflineAppOptions): Promise<OfflineApp> {
  await TerraformBinary.get();
  const stateOf = (path: string) => join(resolve(stateFolder), `${encodeURIComponent(path)}.tfstate`);
  const manifest = readJson<{ stacks: Record<string, ManifestStack> }>(join(outdir, "manifest.json"));
  const stacks = Object.values(manifest.stacks);
  const configurations = stacks.map((stack) => {
    const file = join(outdir, stack.synthesizedStackPath);
    const json = readJson<TerraformJson>(file);
    writeFileSync(file, JSON.stringify(withLocalStates(json, stack, stateOf), null, 2));
    return json;
  });
  mkdirSync(stateFolder, { recursive: true });
  const states = stacks
    .map(({ constructPath }) => stateOf(constructPath))
    .filter((file) => existsSync(file))
    .flatMap((file) => readJson<State>(file).resources);

  const provider = await ProviderProcess.start();
  try {
    const { reattachProviders } = await provider.open({
      providers: providersInUse(configurations, states),
      bindingsFolders: BINDINGS_FOLDERS,
    });
    return {
      environment: { ...QUIET, TF_REATTACH_PROVIDERS: reattachProviders },
      close: () => provider.stop(),
    };
  } catch (error) {
    await provider.stop();
    throw error;
  }
}

function withLocalStates(
  json: TerraformJson,
  { constructPath, dependencies }: ManifestStack,
  stateOf: (path: string) => string,
): TerraformJson {
  const remoteStates = dependencies.map((path) => [remoteStateName(path), stateOf(path)]);
  const { terraform, ...rest } = offlineConfiguration(json, Object.fromEntries(remoteStates));
  return {
    // CDKTF reads its notes on the stack.
    "//": json["//"],
    ...rest,
    terraform: { ...terraform, backend: { local: { path: stateOf(constructPath) } } },
  };
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}
