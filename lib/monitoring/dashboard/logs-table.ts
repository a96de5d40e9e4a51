import { Token } from "cdktf";
import { LogDestination } from "../log-destination";

/** All logs as a table in markdown: what is in them, where they are, and for how long. */
export function logsTable(logs: readonly LogDestination[]): string {
  const rows = logs.map(
    ({ title, name, kind, retentionDays, kmsKeyArn }) =>
      `| ${title} | ${kind} \`${name}\` | ${keptFor(retentionDays)} | ${kmsKeyArn === undefined ? "AWS's key" : "a key of its own"} |`,
  );
  return ["| logs | where | kept | encrypted with |", "|---|---|---|---|", ...rows].join("\n");
}

function keptFor(days: number | undefined): string {
  if (days === undefined) return "as its owner says";
  if (Token.isUnresolved(days)) return `${Token.asString(days)} days`;
  return days === 0 ? "for ever" : `${days} days`;
}
