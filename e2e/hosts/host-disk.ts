import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HostFile } from "../../lib";
import { MARK } from "../apart/run-apart";
import { SCRATCH } from "../apart/scratch";
import { ROOT_FILESYSTEM_VARIABLE } from "./root-filesystem";

const DISKS = join(SCRATCH, "hosts");

/** A host's own disk: the root filesystem, and over it what the host writes. */
export class HostDisk {
  /** How many disks of this run there were before. */
  public readonly index: number;
  /** Folder that the host sees as its root. */
  public readonly root: string;

  public constructor(machine: string) {
    mkdirSync(DISKS, { recursive: true });
    this.index = readdirSync(DISKS).length;
    mkdirSync(join(DISKS, machine));
    const folder = (name: string) => {
      mkdirSync(join(DISKS, machine, name));
      return join(DISKS, machine, name);
    };
    this.root = folder("root");
    const lower = process.env[ROOT_FILESYSTEM_VARIABLE];
    const options = `lowerdir=${lower},upperdir=${folder("upper")},workdir=${folder("work")}`;
    execFileSync("mount", ["-t", "overlay", "-o", options, MARK, this.root]);
  }

  public write({ path, content, permissions = "0644" }: HostFile): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: parseInt(permissions, 8) });
  }

  /** A file's text; undefined if there is none. */
  public read(path: string): string | undefined {
    const file = join(this.root, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  public remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
  }
}
