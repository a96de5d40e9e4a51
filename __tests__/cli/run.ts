import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../../lib/cli/program";

export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process, as a terminal of a given width, or none, would. */
export async function run(args: readonly string[], columns?: number): Promise<Run> {
  let out = "";
  let err = "";
  const status = await runCli(args, {
    write: (text) => (out += text),
    complain: (text) => (err += text),
    columns,
  });
  return { status, out, err };
}

/** A folder for the tests of a file, to be the working directory meanwhile. */
export function useFolder(): void {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tandem-cli-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
}
