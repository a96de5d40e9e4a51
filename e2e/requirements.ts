import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { terraformProblem } from "../__tests__/support/terraform";
import { HIERARCHIES } from "./apart/control-group";

/** Programs by the Debian packages that have them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  haproxy: "haproxy",
  ip: "iproute2",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
};

/** What this machine lacks for these tests, each with what to do. */
export function lacking(): string[] {
  const packages = Object.entries(PROGRAMS)
    .filter(([program]) => !isOnPath(program))
    .map(([, name]) => name);
  const terraform = terraformProblem();
  return [
    ...(process.getuid?.() === 0 ? [] : ["they make namespaces and mounts: run them as root"]),
    ...(packages.length > 0 ? [`apt-get install ${[...new Set(packages)].join(" ")}`] : []),
    ...(isWritable(HIERARCHIES) ? [] : ["control groups have to be writable: mount them at /sys/fs/cgroup"]),
    ...(terraform === undefined ? [] : [terraform]),
  ];
}

function isOnPath(program: string): boolean {
  return spawnSync("sh", ["-c", 'command -v "$1"', "sh", program]).status === 0;
}

function isWritable(folders: readonly string[]): boolean {
  try {
    for (const folder of folders) accessSync(folder, constants.W_OK);
    return folders.length > 0;
  } catch {
    return false;
  }
}
