import { CheckRow } from "./check-row";
import { NOT_APPLICABLE } from "./not-applicable";
import { ROWS } from "./rows";
import { TOPOLOGIES, TopologyName } from "./topologies";
import { pendingOn, unmetOn } from "./verdicts";

type Cells = readonly string[];

const INTRODUCTION = `# Security checks

What Checkov, Trivy, cdk-nag (AwsSolutions), AWS Security Hub (its best practices, and some of other standards) and the reliability pillar of AWS Well-Architected demand of stacks like these, and what becomes of it. A test synthesizes the stacks below and holds each demand against every resource that it is about; a demand that fails and is not in the second table fails the test, and so does one in that table that passes. The checks are written from the meaning of each demand, and read what is synthesized: nothing was scanned by the scanners themselves, and nothing deployed.

The stacks: \`default\` is the [README](../README.md)'s first program, \`aurora\`, \`aurora-mysql\`, \`mysql\` and \`mariadb\` are the same with another engine, \`active-passive\` is an internal site with a host that sleeps and a maintenance page, and \`hardened\` is a public site with everything that can be had.`;

/** The page for auditors: docs/security-checks.md. */
export function page(): string {
  const unmet = ROWS.flatMap((row) => reasonsOf(row).map((reason) => [row, ...reason] as const));
  const pending = ROWS.filter((row) => TOPOLOGIES.some((name) => pendingOn(row, name)));
  const open = new Set<CheckRow>([...unmet.map(([row]) => row), ...pending]);
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
  ];
  if (pending.length > 0) {
    sections.push(
      "## Not met yet",
      table(
        ["Check", "Demands", "Not met in"],
        pending.map((row) => [
          idsOf(row),
          row.demands,
          namesOf(TOPOLOGIES.filter((name) => pendingOn(row, name))),
        ]),
      ),
    );
  }
  sections.push(
    "## Not applicable",
    table(
      ["Check", "About"],
      NOT_APPLICABLE.map(({ ids, reason }) => [ids.join(", "), reason]),
    ),
  );
  return `${sections.join("\n\n")}\n`;
}

/** Where a row is not met, and why; a row may have several reasons. */
function reasonsOf(row: CheckRow): [names: string, reason: string][] {
  const reasons = new Map<string, TopologyName[]>();
  for (const name of TOPOLOGIES) {
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
