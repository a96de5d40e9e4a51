import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { TypesInUse } from "../../lib/testing/offline-provider/served-providers";
import { ProviderProcess, type ProviderSession } from "../../lib/testing/provider-process";
import { type RunResult, TerraformBinary } from "../../lib/testing/terraform/binary";
import type { Diagnostic } from "../../lib/testing/terraform/terraform-error";
import type { Values } from "../../lib/testing/offline-provider/values";
import type { Case, Kind, Stage } from "./cases";

/** Where a configuration came no further, and why. */
export interface Failure {
  readonly stage: Stage;
  /** Terraform's words, in one line. */
  readonly message: string;
}

interface PlannedChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

const SOURCE = "hashicorp/aws";
/** The name of every resource; each is the only one of its type. */
const NAME = "it";
const PLAN_FILE = "plan.bin";
const LONGEST = 400;

/** Runs Terraform on one configuration of several cases of one kind; undefined if all went well. */
export async function failureOf(cases: readonly Case[]): Promise<Failure | undefined> {
  const { section, stages } = cases[0]!.kind;
  const types = cases.map(({ type }) => type);
  const none: TypesInUse = { resources: [], dataSources: [], ephemeralResources: [] };
  const provider = await ProviderProcess.shared();
  const session = await provider.open({
    providers: [
      {
        source: SOURCE,
        types: { ...none, ...(section === "data" ? { dataSources: types } : { resources: types }) },
      },
    ],
    bindingsFolders: [process.cwd()],
  });
  try {
    const trial = new Trial(session, await TerraformBinary.get(), section);
    const failed = await trial.prepare(cases);
    if (failed !== undefined) return { stage: stages[0]!, message: `before the update: ${failed}` };
    trial.write(cases.map(({ type, values }) => [type, values]));
    for (const stage of stages) {
      const message = await trial.problemIn(stage);
      if (message !== undefined) return { stage, message };
    }
    return undefined;
  } finally {
    await session.close();
  }
}

class Trial {
  public constructor(
    private readonly session: ProviderSession,
    private readonly binary: TerraformBinary,
    private readonly section: Kind["section"],
  ) {}

  /** Applies what is to be there before the configurations that are tried. */
  public async prepare(cases: readonly Case[]): Promise<string | undefined> {
    const before = cases.flatMap(({ type, before: values }) => (values ? [[type, values] as const] : []));
    if (before.length === 0) return undefined;
    this.write(before);
    return complaint(await this.run("apply", "-json", "-input=false", "-auto-approve"));
  }

  public write(values: readonly (readonly [type: string, Values])[]): void {
    const configuration = {
      terraform: { required_providers: { aws: { source: SOURCE } } },
      [this.section]: Object.fromEntries(values.map(([type, one]) => [type, { [NAME]: one }])),
    };
    writeFileSync(join(this.session.folder, "main.tf.json"), JSON.stringify(configuration, null, 2));
  }

  public async problemIn(stage: Stage): Promise<string | undefined> {
    if (stage === "apply") return complaint(await this.run("apply", "-json", "-input=false", PLAN_FILE));
    const planned = await this.run("plan", "-json", "-input=false", `-out=${PLAN_FILE}`);
    return complaint(planned) ?? (stage === "plan" ? undefined : await this.plannedChanges());
  }

  private async plannedChanges(): Promise<string | undefined> {
    const { stdout } = await this.run("show", "-json", PLAN_FILE);
    const { resource_changes: all = [] } = JSON.parse(stdout) as { resource_changes?: PlannedChange[] };
    const changed = all.filter(({ change }) => change.actions.join() !== "no-op");
    return changed.length === 0 ? undefined : inOneLine(changed.map(describe).join("; "));
  }

  private run(...args: string[]): Promise<RunResult> {
    return this.binary.run(args, {
      folder: this.session.folder,
      environment: { TF_REATTACH_PROVIDERS: this.session.reattachProviders },
    });
  }
}

/** What a command that failed says. */
function complaint({ status, signal, stdout, stderr }: RunResult): string | undefined {
  if (status === 0) return undefined;
  const words = stdout
    .split("\n")
    .filter((line) => line.includes('"type":"diagnostic"'))
    .map((line) => (JSON.parse(line) as { diagnostic: Diagnostic }).diagnostic)
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail = "" }) => `${summary}: ${detail}`);
  const ending = `ended with ${signal ?? `status ${status}`}: ${stdout} ${stderr}`;
  return inOneLine(words.length > 0 ? [...new Set(words)].join("; ") : ending);
}

function describe({ address, change }: PlannedChange): string {
  const { actions, before, after, after_unknown: unknown } = change;
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(unknown)])];
  const differences = names
    .filter((name) => unknown[name] === true || !isDeepStrictEqual(before?.[name], after?.[name]))
    .map(
      (name) =>
        `${name} (${short(before?.[name])} to ${unknown[name] === true ? "unknown" : short(after?.[name])})`,
    );
  return `${address}: ${actions.join(" and ")} for ${differences.join(", ")}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function inOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
}
