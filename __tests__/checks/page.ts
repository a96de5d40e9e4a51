import { CheckRow, judged } from "./check-row";
import { NOT_APPLICABLE } from "./not-applicable";
import { ROWS } from "./rows";
import { TOPOLOGIES, TopologyName, topology } from "./topologies";
import { unmetOn } from "./verdicts";

type Cells = readonly string[];

const INTRODUCTION = `# Security checks

Each row is a demand of Checkov (CKV), Trivy (AWS-), cdk-nag (AwsSolutions), AWS Security Hub (the ones with a dot) or the reliability pillar of AWS Well-Architected (REL), and stands in the first table if every stack below that has such resources meets it, else in the second one with the stacks that don't and the reason. A test synthesizes these stacks on every run: it fails for a demand that is not met and not listed, and for one that is listed and met. The demands were read and written anew as checks of what is synthesized; the test runs no scanner, and deploys nothing.

The stacks: \`default\` is the [README](../README.md)'s first program, \`aurora\`, \`aurora-mysql\`, \`mysql\` and \`mariadb\` are the same with another engine, \`active-passive\` is an internal site with a host that sleeps and a maintenance page, and \`hardened\` is [examples/hardened.ts](../examples/hardened.ts), a public site with everything that can be had.`;

const WITH_CHECKOV = `## With Checkov itself

Checkov 3.3.13 ends with an exception where JSON names a version of Terraform, as that of stacks with a database does. Take it out before:

\`\`\`sh
mkdir -p build/checkov
jq 'del(.terraform.required_version)' cdktf.out/stacks/shop/cdk.tf.json > build/checkov/cdk.tf.json
checkov --framework terraform_json --directory build/checkov
\`\`\``;

/** The page for auditors: docs/security-checks.md. */
export function page(): string {
  const unmet = ROWS.flatMap((row) => reasonsOf(row).map((reason) => [row, ...reason] as const));
  const open = new Set<CheckRow>(unmet.map(([row]) => row));
  const sections = [
    INTRODUCTION,
    "## Met",
    table(
      ["Check", "Demands", "Met by"],
      ROWS.filter((row) => !open.has(row)).map((row) => [idsOf(row), row.demands, row.metBy]),
    ),
    "## Not met",
    table(
      ["Check", "Demands", "Not met in", "Because", "Would be met by"],
      unmet.map(([row, names, reason]) => [idsOf(row), row.demands, names, reason, row.metBy]),
    ),
    "## Not applicable",
    table(
      ["Check", "About"],
      NOT_APPLICABLE.map(({ ids, reason }) => [ids.join(", "), reason]),
    ),
    WITH_CHECKOV,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Stacks that have something for a row to judge. */
function judgedOn(row: CheckRow): TopologyName[] {
  return TOPOLOGIES.filter((name) => judged(row, topology(name)).length > 0);
}

/** Where a row is not met, and why; a row may have several reasons. */
function reasonsOf(row: CheckRow): [names: string, reason: string][] {
  const reasons = new Map<string, TopologyName[]>();
  for (const name of judgedOn(row)) {
    const reason = unmetOn(row, name)?.reason;
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  return [...reasons].map(([reason, names]) => [namesOf(names), reason]);
}

function idsOf(row: CheckRow): string {
  return row.ids.join(", ").replaceAll("*", "\\*");
}

function namesOf(names: readonly TopologyName[]): string {
  if (names.length === TOPOLOGIES.length) return "all";
  const others = TOPOLOGIES.filter((name) => !names.includes(name));
  return others.length === 1 ? `all but ${others[0]}` : names.join(", ");
}

/** Columns as wide as prettier makes them. */
function table(head: Cells, rows: readonly Cells[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]!.length)));
  const line = (cells: Cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
