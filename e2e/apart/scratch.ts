import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MARK } from "./run-apart";

/** Folders in memory, gone with the run. It hides the machine's own folder from the tests only. */
export const SCRATCH = "/mnt";

/** Puts a file system in memory over a folder; where the tests run apart, only they see it. */
export function mountInMemory(folder: string): void {
  if (readFileSync("/proc/self/mountinfo", "utf8").includes(` ${folder} `)) return;
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", MARK, folder]);
}

export function scratchFolder(name: string): string {
  return mkdtempSync(join(SCRATCH, `${name}-`));
}
