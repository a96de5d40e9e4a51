import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const FILE = join(__dirname, "..", "build", "e2e", "figures.tsv");

export function forgetFigures(): void {
  rmSync(FILE, { force: true });
}

/** Keeps what a test measured, for the table at the end of the run. */
export function keepFigure(name: string, value: string | number): void {
  mkdirSync(dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${name}\t${value}\n`);
}

/** Prints what tests measured, as a table. */
export function printFigures(): void {
  if (!existsSync(FILE)) return;
  const rows = readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t") as [string, string]);
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) process.stderr.write(`${name.padEnd(width)}  ${value}\n`);
}
