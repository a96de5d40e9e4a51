import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync } from "node:fs";
import { basename, join } from "node:path";

const ROOT = "/sys/fs/cgroup";

/** Where systemd keeps its groups: one hierarchy of version 2, or its own of version 1 and what is beside it. */
export const HIERARCHIES: readonly string[] = existsSync(join(ROOT, "cgroup.controllers"))
  ? [ROOT]
  : ["systemd", "unified"].map((name) => join(ROOT, name)).filter((folder) => existsSync(folder));

/** A control group, the same in every hierarchy: systemd in a container needs one to itself. */
export class ControlGroup {
  private readonly folders: readonly string[];

  public constructor(public readonly path: string) {
    this.folders = HIERARCHIES.map((hierarchy) => join(hierarchy, path));
    for (const folder of this.folders) mkdirSync(folder, { recursive: true });
  }

  public child(name: string): ControlGroup {
    return new ControlGroup(join(this.path, name));
  }

  /** A command that starts another one in this group. */
  public start(command: readonly string[]): [string, ...string[]] {
    const enter = this.folders.map((folder) => `echo $$ > '${join(folder, "cgroup.procs")}'`);
    return ["sh", "-c", `${enter.join(" && ")} && exec "$@"`, basename(this.path), ...command];
  }

  /** Ids of the processes in it and below. */
  public get processes(): number[] {
    return this.folders
      .flatMap(withFoldersBelow)
      .flatMap((folder) => readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n"))
      .filter((line) => line !== "")
      .map(Number);
  }

  /** Removes it with all below. It must have no process any more. */
  public remove(): void {
    for (const folder of this.folders.flatMap(withFoldersBelow).reverse()) rmdirSync(folder);
  }
}

function withFoldersBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap((entry) => withFoldersBelow(join(folder, entry.name)))];
}
