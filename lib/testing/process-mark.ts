import { readlinkSync } from "node:fs";

const PREFIX = "cdktf-tandem-";

/**
 * How temporary folders of a process begin, so that others can tell whether it is gone: by its id, and by the
 * namespace in which it has that id. Containers may share a folder, but not the ids of their processes.
 */
export function processMark(pid: number = process.pid): string {
  return `${PREFIX}${pid}-${namespace()}-`;
}

/** Whether a folder belongs to a process of this namespace that is gone. */
export function isAbandoned(folder: string): boolean {
  const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(folder)?.[1];
  return pid !== undefined && folder.startsWith(processMark(Number(pid))) && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Number of the namespace of process ids on Linux; elsewhere there is one for all. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
