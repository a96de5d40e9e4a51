import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ControlGroup, HIERARCHIES } from "./control-group";

/** Names the control group of a command that runs apart. */
export const GROUP_VARIABLE = "TANDEM_E2E_GROUP";

/** What everything that such a command makes for others to see is named after. */
export const MARK = "tandem-e2e";

/**
 * Runs a command with network, mounts and processes of its own. They all end with it, however it ends, and with
 * this process: nothing of the machine's own is changed.
 *
 * @returns its exit code
 * @throws Error if anything is left behind nevertheless
 */
export async function runApart(command: readonly string[]): Promise<number> {
  removeAbandonedGroups();
  const group = new ControlGroup(`${MARK}-${process.pid}`);
  const unshare = ["unshare", "--net", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child=KILL"];
  // Killed with this process, however that ends.
  const [program, ...args] = group.start(["setpriv", "--pdeathsig", "KILL", ...unshare, ...command]);
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, [GROUP_VARIABLE]: group.path },
    // Ctrl-C is for this process, which then cleans up.
    detached: true,
  });
  const end = () => child.kill("SIGKILL");
  process.on("SIGINT", end).on("SIGTERM", end).on("SIGHUP", end);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 130));
  });
  process.off("SIGINT", end).off("SIGTERM", end).off("SIGHUP", end);
  await expectNothingLeft(group);
  return code;
}

/** Whoever was killed could not remove its group, which is empty then. */
function removeAbandonedGroups(): void {
  for (const name of readdirSync(HIERARCHIES[0]!).filter((entry) => entry.startsWith(`${MARK}-`))) {
    if (existsSync(`/proc/${name.slice(MARK.length + 1)}`)) continue;
    const group = new ControlGroup(name);
    if (group.processes.length === 0) group.remove();
  }
}

/** The kernel takes a moment to end what is in a namespace. */
const SECONDS_TO_END = 10;

async function expectNothingLeft(group: ControlGroup): Promise<void> {
  for (let waited = 0; group.processes.length > 0 && waited < SECONDS_TO_END; waited += 0.1) await sleep(100);
  const left = [
    ...group.processes.map((id) => `process ${id}: ${commandLine(id)}`),
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(` ${MARK} `))
      .map((line) => `mount ${line}`),
    ...readdirSync("/sys/class/net")
      .filter((name) => name.startsWith(MARK))
      .map((name) => `network interface ${name}`),
  ];
  if (left.length > 0) throw new Error(`The tests left behind:\n${left.join("\n")}`);
  group.remove();
}

function commandLine(id: number): string {
  const file = `/proc/${id}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "gone";
}
