import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostFile } from "../../lib";
import { ControlGroup } from "../apart/control-group";
import { GROUP_VARIABLE } from "../apart/run-apart";
import { step } from "../step";
import { HostDisk } from "./host-disk";
import { BRIDGE, GATEWAY, hostAddress, unplug } from "./host-network";

const CLOUD_INIT_RESULT = "/var/lib/cloud/data/result.json";
const CLOUD_INIT_OUTPUT = "/var/log/cloud-init-output.log";
const SEED = "/var/lib/cloud/seed/nocloud";

const BOOT_SECONDS = 90;
const STOP_SECONDS = 30;
/** With it nspawn asks whoever looks after it for another start. */
const REBOOT_EXIT_CODE = 133;

/** Commands in a host see what a login of root's would. */
const ENVIRONMENT = {
  HOME: "/root",
  LANG: "C.UTF-8",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
};

export interface BootedHostOptions {
  /** Name of the machine, up to 12 letters and digits; no other host of the run has it. */
  readonly name: string;
  /** What cloud-init reads. */
  readonly userData: string;
  /** @default "i-" and its name */
  readonly instanceId?: string;
  /** @default "eu-west-1a" */
  readonly availabilityZone?: string;
  /** Files that are there before it boots, as stand-ins for commands that need AWS. */
  readonly files?: readonly HostFile[];
}

/** A host that runs: a Debian with a systemd and a cloud-init of its own, in a container. */
export class BootedHost {
  private static readonly running = new Set<BootedHost>();

  /**
   * Boots a host, and waits until cloud-init has ended.
   *
   * @throws Error with the host's logs if cloud-init takes too long, or something in it fails
   */
  public static async boot(options: BootedHostOptions): Promise<BootedHost> {
    const host = new BootedHost(options);
    await host.waitForCloudInit();
    return host;
  }

  /** Ends all hosts that run. */
  public static async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((host) => host.stop()));
  }

  public readonly name: string;
  public readonly instanceId: string;
  public readonly availabilityZone: string;
  public readonly address: string;

  private readonly disk: HostDisk;
  private container: ChildProcess;
  private console = "";

  private constructor(options: BootedHostOptions) {
    this.name = options.name;
    this.instanceId = options.instanceId ?? `i-${this.name}`;
    this.availabilityZone = options.availabilityZone ?? "eu-west-1a";
    this.disk = new HostDisk(this.name);
    this.address = hostAddress(this.disk.index);
    for (const file of [...this.seed(options.userData), ...(options.files ?? [])]) this.disk.write(file);
    step(`${this.name}: boots as ${this.instanceId} in ${this.availabilityZone}`);
    this.container = this.start();
    BootedHost.running.add(this);
  }

  /** What a shell in the host prints. @throws Error if the command fails */
  public exec(command: string): string {
    const { status, stdout, stderr } = this.run(command);
    if (status !== 0) throw new Error(`${this.name}: ${command}\nexit code ${status}\n${stdout}${stderr}`);
    return stdout.trim();
  }

  /** Boots it once more, and waits until cloud-init has ended. */
  public async reboot(): Promise<void> {
    step(`${this.name}: reboots`);
    this.disk.remove(CLOUD_INIT_RESULT);
    this.run("systemctl reboot");
    await this.ended(REBOOT_EXIT_CODE);
    this.container = this.start();
    await this.waitForCloudInit();
  }

  /** Shuts it down as AWS does, which lets services end. */
  public async stop(): Promise<void> {
    if (!BootedHost.running.delete(this)) return;
    step(`${this.name}: is shut down`);
    this.run("systemctl poweroff");
    await this.ended(0);
  }

  /** Ends it from one moment to the next, as if its machine had failed: nobody is told. */
  public async kill(): Promise<void> {
    BootedHost.running.delete(this);
    step(`${this.name}: fails`);
    unplug(this.name);
    this.end();
    await this.ended(null);
  }

  /** What the host says of itself, for somebody who looks for an error. */
  public logs(): string {
    const journal = this.run("journalctl --boot --no-pager --quiet --lines 200").stdout;
    const output = this.disk.read(CLOUD_INIT_OUTPUT) ?? "";
    return `Console:\n${this.console}\nJournal:\n${journal}\n${CLOUD_INIT_OUTPUT}:\n${output}`;
  }

  /** https://cloudinit.readthedocs.io/en/22.4.2/topics/datasources/nocloud.html */
  private seed(userData: string): HostFile[] {
    const metaData = {
      "instance-id": this.instanceId,
      "local-hostname": this.name,
      "availability-zone": this.availabilityZone,
      region: this.availabilityZone.slice(0, -1),
    };
    const host0 = { addresses: [`${this.address}/24`], gateway4: GATEWAY };
    const networkConfig = { version: 2, ethernets: { host0 } };
    return [
      { path: `${SEED}/user-data`, content: userData, permissions: "0600" },
      { path: `${SEED}/meta-data`, content: JSON.stringify(metaData) },
      { path: `${SEED}/network-config`, content: JSON.stringify(networkConfig) },
    ];
  }

  private start(): ChildProcess {
    const group = new ControlGroup(process.env[GROUP_VARIABLE]!).child(this.name);
    const [program, ...args] = group.start([
      "systemd-nspawn",
      // Neither a machine manager nor a systemd around it is needed.
      "--register=no",
      "--keep-unit",
      "--quiet",
      "--boot",
      "--console=pipe",
      "--link-journal=no",
      "--resolv-conf=off",
      "--timezone=off",
      `--machine=${this.name}`,
      `--directory=${this.disk.root}`,
      `--network-bridge=${BRIDGE}`,
    ]);
    const container = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [container.stdout, container.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.console += text));
    }
    return container;
  }

  private async waitForCloudInit(): Promise<void> {
    const begin = Date.now();
    let result: string | undefined;
    while ((result = this.disk.read(CLOUD_INIT_RESULT)) === undefined) {
      if (this.container.exitCode !== null) throw new Error(`${this.name} ended.\n${this.console}`);
      if (Date.now() - begin > BOOT_SECONDS * 1000) {
        throw new Error(`${this.name}: cloud-init runs for ${BOOT_SECONDS} seconds.\n${this.logs()}`);
      }
      await sleep(100);
    }
    const { errors } = (JSON.parse(result) as { v1: { errors: string[] } }).v1;
    if (errors.length > 0) {
      throw new Error(`${this.name}: cloud-init ended with ${errors.join("; ")}\n${this.logs()}`);
    }
    step(`${this.name}: is up after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  }

  private run(command: string): { status: number | null; stdout: string; stderr: string } {
    const init = this.init;
    if (init === undefined) return { status: null, stdout: "", stderr: `${this.name} does not run` };
    const enter = ["--target", init, "--mount", "--uts", "--ipc", "--net", "--pid"];
    return spawnSync("nsenter", [...enter, "--", "/bin/sh", "-c", command], {
      encoding: "utf8",
      env: ENVIRONMENT,
    });
  }

  /** Waits until the container has ended with an exit code, or by a signal. */
  private async ended(expected: number | null): Promise<void> {
    const { container } = this;
    const isOver = () => container.exitCode !== null || container.signalCode !== null;
    for (const begin = Date.now(); !isOver(); await sleep(50)) {
      if (Date.now() - begin <= STOP_SECONDS * 1000) continue;
      const logs = this.logs();
      this.end();
      throw new Error(`${this.name} was still there after ${STOP_SECONDS} seconds.\n${logs}`);
    }
    if (container.exitCode !== expected) {
      throw new Error(`${this.name} ended with ${container.exitCode}, not ${expected}.\n${this.console}`);
    }
  }

  private end(): void {
    const init = this.init;
    // nspawn first, so that it does not take the end of its systemd for a reboot.
    this.container.kill("SIGKILL");
    // With it the kernel ends every process of the host.
    if (init !== undefined) process.kill(Number(init), "SIGKILL");
  }

  /** Id of the host's systemd; it has another one after a reboot. */
  private get init(): string | undefined {
    const { pid } = this.container;
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
      return children === "" ? undefined : children.split(" ")[0];
    } catch {
      return undefined;
    }
  }
}
