import type { ConstructPaths } from "../configuration/construct-paths";

/** What Terraform says of one problem, in the fields of its JSON output. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string | null; readonly code?: string };
}

/** A resource, output or variable that a problem is about. */
export interface ProblemPlace {
  /** Its address in Terraform. */
  readonly address: string;
  /** Path of the construct that made it; undefined for what no construct made. */
  readonly constructPath: string | undefined;
}

/** One problem that Terraform has with a configuration. */
export interface TerraformProblem {
  /** Terraform's own words, in short. */
  readonly summary: string;
  /** Terraform's own words, at length. */
  readonly detail: string;
  /** Where it is; several for a cycle. */
  readonly places: readonly ProblemPlace[];
  /** The argument that it is in, where Terraform quotes one: `health_check.path`. */
  readonly argument: string | undefined;
}

/** Terraform's refusal of a configuration, in its own words, with the paths of the constructs. */
export class TerraformError extends Error {
  public override readonly name = "TerraformError";

  public constructor(
    /** Path of the stack that was refused. */
    public readonly stackPath: string,
    public readonly problems: readonly TerraformProblem[],
  ) {
    super(`Terraform refuses ${stackPath}.\n\n${problems.map(describe).join("\n\n")}`);
  }
}

/** Terraform's diagnostics as problems, each once: what is checked in two phases is reported in both. */
export function problemsOf(diagnostics: readonly Diagnostic[], paths: ConstructPaths): TerraformProblem[] {
  const problems = diagnostics.map((diagnostic) => problemOf(diagnostic, paths));
  return problems.filter((one, index) => !problems.slice(0, index).some((other) => isSame(one, other)));
}

function problemOf(diagnostic: Diagnostic, paths: ConstructPaths): TerraformProblem {
  const { summary, detail = "", snippet } = diagnostic;
  const context = (snippet?.context ?? "").replace(/^resource\./, "");
  const [, block, inBlock] = /^((?:data\.|ephemeral\.)?[\w-]+\.[\w-]+)(?:\.(.+))?$/.exec(context) ?? [];
  // The quoted line may have a secret in it; the name that it starts with has none.
  const quoted = /^\s*"([\w-]+)":/.exec(snippet?.code ?? "")?.[1];
  const address = diagnostic.address ?? block;
  const addresses =
    address !== undefined
      ? [address]
      : [...paths.ofType(quoted ?? ""), ...paths.mentionedIn(`${summary} ${detail}`)];
  const argument = block === undefined ? [] : [inBlock, inBlock?.endsWith(`.${quoted}`) ? undefined : quoted];
  return {
    summary,
    detail,
    places: addresses.map((one) => ({ address: one, constructPath: paths.of(one) })),
    argument: argument.filter((one) => one !== undefined).join(".") || undefined,
  };
}

function isSame(one: TerraformProblem, other: TerraformProblem): boolean {
  return one.detail === other.detail && one.summary === other.summary && addresses(one) === addresses(other);
}

function addresses({ places }: TerraformProblem): string {
  return places.map(({ address }) => address).join();
}

function describe({ summary, detail, places, argument }: TerraformProblem): string {
  const where = places
    .map(({ address, constructPath }) =>
      constructPath === undefined ? address : `${constructPath} (${address})`,
    )
    .join(", ");
  const heading = [where, argument && `in ${argument}`].filter(Boolean).join(" ");
  const words = [/[.?!]$/.test(summary) ? summary : `${summary}.`, detail].filter(Boolean).join("\n").trim();
  return heading === "" ? words : `${heading}\n${words.replace(/^(?=.)/gm, "  ")}`;
}
