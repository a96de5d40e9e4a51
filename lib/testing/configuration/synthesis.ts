import { Manifest, TerraformOutput, TerraformProvider, TerraformStack, TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { processMark } from "../process-mark";
import { ConstructPaths } from "./construct-paths";
import type { TerraformJson } from "./terraform-json";

/** What a stack synthesizes, in memory. */
export interface SynthesizedStack {
  /** The stack's path, which its state and references to it go by. */
  readonly path: string;
  readonly json: TerraformJson;
  readonly constructPaths: ConstructPaths;
  /** Files beside it, by their path from the stack's folder. */
  readonly assets: ReadonlyMap<string, Buffer>;
  /** Stacks whose outputs it reads. */
  readonly dependencies: readonly SynthesizedStack[];
}

/**
 * Synthesizes a stack and those it depends on as `app.synth()` does, with aspects and validations, but leaves no
 * files behind.
 *
 * @throws Error with what the validations and error annotations say
 */
export function synthesize(stack: TerraformStack): SynthesizedStack {
  return synthesizeAll([stack])[0]!;
}

/**
 * The same for several stacks of one app, each synthesized once.
 *
 * @throws Error with what the validations and error annotations say
 */
export function synthesizeAll(stacks: readonly TerraformStack[]): SynthesizedStack[] {
  // References between stacks add outputs to the stack that is referred to.
  for (const one of new Set(stacks.flatMap(({ node }) => stacksOf(node.root)))) one.prepareStack();
  const outdir = mkdtempSync(join(tmpdir(), `${processMark()}synthesis-`));
  try {
    const synthesis = new Synthesis(outdir);
    return stacks.map((stack) => synthesis.of(stack));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Stacks of an app, in the order in which they were made. */
export function stacksOf(app: IConstruct): TerraformStack[] {
  return app.node.findAll().filter((one: IConstruct): one is TerraformStack => TerraformStack.isStack(one));
}

/** CDKTF's name for the data source that reads the outputs of another stack. */
export function remoteStateName(stackPath: string): string {
  return `cross-stack-reference-input-${stackPath}`;
}

class Synthesis {
  private readonly done = new Map<TerraformStack, SynthesizedStack>();
  private readonly manifest: Manifest;

  public constructor(private readonly outdir: string) {
    this.manifest = new Manifest("", outdir, false);
  }

  public of(stack: TerraformStack): SynthesizedStack {
    const known = this.done.get(stack);
    if (known !== undefined) return known;
    stack.synthesizer.synthesize({ outdir: this.outdir, skipValidation: false, manifest: this.manifest });
    const { workingDirectory, synthesizedStackPath } = this.manifest.forStack(stack);
    const files = readFiles(join(this.outdir, workingDirectory));
    const main = relative(workingDirectory, synthesizedStackPath);
    const json = JSON.parse(files.get(main)!.toString("utf8")) as TerraformJson;
    const synthesized = {
      path: stack.node.path,
      json,
      constructPaths: new ConstructPaths(json, unnotedPaths(stack)),
      assets: new Map([...files].filter(([name]) => name !== main)),
      dependencies: stack.dependencies.map((one) => this.of(one)),
    };
    this.done.set(stack, synthesized);
    return synthesized;
  }
}

/** CDKTF notes the paths of resources and data sources in the configuration, but not those of other blocks. */
function unnotedPaths(stack: TerraformStack): Map<string, string> {
  const addressOf = (one: IConstruct) => {
    if (TerraformOutput.isTerraformOutput(one)) return `output.${one.friendlyUniqueId}`;
    if (one instanceof TerraformVariable) return `variable.${one.friendlyUniqueId}`;
    if (TerraformProvider.isTerraformProvider(one)) return `provider.${one.terraformResourceType}`;
    return undefined;
  };
  return new Map(
    stack.node.findAll().flatMap((one): [string, string][] => {
      const address = addressOf(one);
      return address === undefined ? [] : [[address, one.node.path]];
    }),
  );
}

function readFiles(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path)];
    }),
  );
}
