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
  return problems
    .filter((one, index) => !problems.slice(0, index).some((other) => isSame(one, other)))
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** Terraform checks many blocks at once, and tells of them in the order in which it is done. */
function sortKey(problem: TerraformProblem): string {
  return [addresses(problem), problem.argument ?? "", problem.summary, problem.detail].join("\0");
}

/** How many steps lead to a block of a kind: `resource.aws_vpc.Main`, but `output.id`. */
const DEPTH: Readonly<Record<string, number>> = {
  resource: 3,
  data: 3,
  ephemeral: 3,
  output: 2,
  variable: 2,
  provider: 2,
  module: 2,
  check: 2,
};

function problemOf(diagnostic: Diagnostic, paths: ConstructPaths): TerraformProblem {
  const { snippet } = diagnostic;
  const summary = inOrder(diagnostic.summary);
  const detail = withoutFilePositions(diagnostic.detail ?? "");
  // The quoted line may have a secret in it; the name that it starts with has none.
  const quoted = /^\s*"([\w-]+)":/.exec(snippet?.code ?? "")?.[1];
  const context = snippet?.context?.split(".") ?? [];
  const depth = DEPTH[context[0] ?? ""] ?? Infinity;
  // Where the whole block is meant, the quoted line has its name; where no such type is known, its type.
  const isHeading = context.length < depth;
  const steps = isHeading && depth < Infinity ? [...context, quoted ?? ""] : context;
  const path = steps
    .slice(context[0] === "resource" ? 1 : 0, depth)
    .join(".")
    .replace(/\[\d+\]$/, "");
  const block = steps.length >= depth ? path : undefined;
  const address = diagnostic.address ?? block;
  const found =
    address !== undefined ? [address] : [...paths.ofType(path), ...paths.mentionedIn(`${summary} ${detail}`)];
  const inBlock = steps.slice(depth);
  if (block !== undefined && !isHeading && quoted !== undefined && inBlock.at(-1) !== quoted)
    inBlock.push(quoted);
  return {
    summary,
    detail,
    places: found.map((one) => ({ address: one, constructPath: paths.of(one) })),
    argument: inBlock.join(".") || undefined,
  };
}

/** A cycle begins anywhere. */
function inOrder(summary: string): string {
  const list = /^Cycle: (.*)$/s.exec(summary)?.[1];
  return list === undefined ? summary : `Cycle: ${list.split(", ").sort().join(", ")}`;
}

/** Nobody sees the file that the configuration is in, so its lines tell nothing. */
function withoutFilePositions(detail: string): string {
  return detail
    .replace(/ Invalid value defined at terraform\.tfvars\.json:[\d,-]+\./, "")
    .replace(/\n*This was checked by the validation rule at main\.tf\.json:[\d,-]+\./, "")
    .replace(/ (declared )?at main\.tf\.json:[\d,-]+/g, (_, declared?: string) =>
      declared ? ` ${declared.trim()}` : "",
    );
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
