import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { providersInUse } from "./providers-in-use";
import type { SynthesizedStack } from "../configuration/synthesis";
import type { PlanJson } from "../../terraform-plan";
import { ProviderProcess, type ProviderSession } from "../provider-process";
import { type RunResult, TerraformBinary } from "./binary";
import { offlineConfiguration } from "./offline-configuration";
import type { State } from "./state";
import { type Diagnostic, TerraformError, type TerraformProblem, problemsOf } from "./terraform-error";
import { withTwinsInOrder } from "./twins";

/** What Terraform is run with beside the configuration. */
export interface RunInputs {
  /** Values of the configuration's variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What was deployed before. */
  readonly state: State | undefined;
  /** States of other stacks, by the name of the data source that reads them. */
  readonly remoteStates: Readonly<Record<string, State>>;
}

/** What Terraform planned, and what it had to remark. */
export interface PlanResult {
  readonly json: PlanJson;
  readonly warnings: readonly TerraformProblem[];
}

/** Bindings are those of the project, or else those that this package finds. */
export const BINDINGS_FOLDERS: readonly string[] = [process.cwd(), __dirname];

const STATE_FILE = "terraform.tfstate";
const PLAN_FILE = "plan.bin";

/** Terraform, run on one configuration with the offline provider. */
export class TerraformRun {
  /** Opens a run, uses it, and leaves nothing of it behind. */
  public static async with<T>(
    stack: SynthesizedStack,
    inputs: RunInputs,
    use: (run: TerraformRun) => Promise<T>,
  ): Promise<T> {
    const binary = await TerraformBinary.get();
    const files = Object.keys(inputs.remoteStates).map((name) => [name, remoteStateFile(name)]);
    const configuration = offlineConfiguration(stack.json, Object.fromEntries(files));
    const provider = await ProviderProcess.shared();
    const session = await provider.open({
      providers: providersInUse([stack.json], inputs.state?.resources ?? []),
      bindingsFolders: BINDINGS_FOLDERS,
    });
    try {
      const run = new TerraformRun(binary, session, stack, inputs);
      run.write(configuration);
      if (stack.json.module !== undefined) await run.getModules();
      return await use(run);
    } finally {
      await session.close();
    }
  }

  private constructor(
    private readonly binary: TerraformBinary,
    private readonly session: ProviderSession,
    private readonly stack: SynthesizedStack,
    private readonly inputs: RunInputs,
  ) {}

  /** Takes local modules in. The command has no JSON, and quotes lines; what it refuses, `validate` refuses too. */
  private async getModules(): Promise<void> {
    if ((await this.run("get", "-no-color")).status === 0) return;
    const { stdout } = await this.run("validate", "-json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    throw new TerraformError(this.stack.path, problemsOf(diagnostics, this.stack.constructPaths));
  }

  /** @throws TerraformError */
  public async plan(): Promise<PlanResult> {
    // Nothing changes behind the state's back, so there is nothing to refresh.
    const printed = await this.terraform(
      "plan",
      "-json",
      "-input=false",
      "-refresh=false",
      `-out=${PLAN_FILE}`,
    );
    const shown = await this.terraform("show", "-json", PLAN_FILE);
    return { json: JSON.parse(shown) as PlanJson, warnings: this.problems(printed, "warning") };
  }

  /** @throws TerraformError */
  public async apply(): Promise<State> {
    await this.terraform("apply", "-json", "-input=false", "-refresh=false", "-auto-approve");
    const file = join(this.session.folder, STATE_FILE);
    if (!existsSync(file)) return { resources: [], outputs: {} };
    return withTwinsInOrder(JSON.parse(readFileSync(file, "utf8")) as State, this.inputs.state);
  }

  private write(configuration: unknown): void {
    const { variables, state, remoteStates } = this.inputs;
    const files: Record<string, unknown> = {
      "main.tf.json": configuration,
      "terraform.tfvars.json": variables,
      ...(state && { [STATE_FILE]: state }),
      ...Object.fromEntries(Object.entries(remoteStates).map(([name, one]) => [remoteStateFile(name), one])),
    };
    for (const [name, content] of this.stack.assets) {
      mkdirSync(dirname(join(this.session.folder, name)), { recursive: true });
      writeFileSync(join(this.session.folder, name), content);
    }
    for (const [name, content] of Object.entries(files)) {
      // In lines, as Terraform quotes the one that is wrong.
      writeFileSync(join(this.session.folder, name), JSON.stringify(content, null, 2));
    }
  }

  /** Runs a command and returns what it printed. */
  private async terraform(...args: string[]): Promise<string> {
    const { status, signal, stdout, stderr } = await this.run(...args);
    if (status === 0) return stdout;
    const problems = this.problems(stdout, "error");
    if (problems.length > 0) throw new TerraformError(this.stack.path, problems);
    const ended = signal === null ? `with status ${status}` : `by ${signal}`;
    throw new Error(`${this.binary.name} ${args[0]} ended ${ended}:\n${stderr}`.trim());
  }

  private run(...args: string[]): Promise<RunResult> {
    return this.binary.run(args, {
      folder: this.session.folder,
      environment: { TF_REATTACH_PROVIDERS: this.session.reattachProviders },
    });
  }

  private problems(printed: string, severity: Diagnostic["severity"]): TerraformProblem[] {
    const diagnostics = printed
      .split("\n")
      .filter((line) => line.includes('"type":"diagnostic"'))
      .map((line) => (JSON.parse(line) as { diagnostic: Diagnostic }).diagnostic);
    return problemsOf(
      diagnostics.filter((one) => one.severity === severity),
      this.stack.constructPaths,
    );
  }
}

/** The state of another stack, beside the configuration that reads it. */
function remoteStateFile(name: string): string {
  return `${name}.remote.tfstate`;
}
