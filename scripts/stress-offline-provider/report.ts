import type { Case, Kind, Stage } from "./cases";
import type { FailedCase } from "./search";

const STAGES: readonly Stage[] = ["plan", "apply", "empty second plan"];

/** How many cases of each kind passed each stage, and what each of the others failed for. */
export function reportOf(cases: ReadonlyMap<Kind, readonly Case[]>, failures: readonly FailedCase[]): string {
  const rows = [...cases].map(([kind, all]) => {
    const failed = failures.filter((one) => one.failed.kind === kind);
    return [kind.name, ...STAGES.map((stage) => passed(kind, stage, all.length, failed))];
  });
  const table = tableOf([["kind", ...STAGES], ...rows]);
  const lines = failures.map(
    ({ failed, stage, message }) => `${failed.type} (${failed.kind.name}), ${stage}: ${message}`,
  );
  return [table, ...(lines.length > 0 ? ["", ...lines] : [])].join("\n");
}

/** What failed in an earlier stage passed none of the later ones. */
function passed(kind: Kind, stage: Stage, total: number, failed: readonly FailedCase[]): string {
  if (!kind.stages.includes(stage)) return "-";
  const stopped = failed.filter((one) => kind.stages.indexOf(one.stage) <= kind.stages.indexOf(stage));
  return `${total - stopped.length}/${total}`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
