import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../__tests__/support/synth";
import { scratchFolder } from "../apart/scratch";
import { step } from "../step";
import type { BootedHost } from "./booted-host";

const BACKEND = "hosts";
const PORT = 8000;
/** An application load balancer waits as long for a connection to a target. */
const CONNECT_SECONDS = 10;
const IDLE_SECONDS = 60;

const ALGORITHMS: Readonly<Record<string, string>> = {
  round_robin: "roundrobin",
  least_outstanding_requests: "leastconn",
  weighted_random: "random(1)",
};

/** An HAProxy that does what a target group says, in place of AWS's balancer. */
export class HaProxy {
  public static async start(targetGroup: Config): Promise<HaProxy> {
    const proxy = new HaProxy(targetGroup);
    await proxy.waitFor("to listen", 10, () => proxy.command("show info").then(Boolean));
    return proxy;
  }

  public readonly url = `http://127.0.0.1:${PORT}`;
  private readonly folder = scratchFolder("haproxy");
  private readonly process: ChildProcess;
  private output = "";

  private constructor(private readonly targetGroup: Config) {
    const configuration = join(this.folder, "haproxy.cfg");
    writeFileSync(configuration, haproxyConfiguration(targetGroup, this.socket));
    this.process = spawn("haproxy", ["-db", "-f", configuration], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
  }

  /** Takes a host in, and waits until it is healthy, as it is not before its first good answers. */
  public async register(host: BootedHost): Promise<void> {
    step(`balancer: registers ${host.name}`);
    const server = `${BACKEND}/${host.name}`;
    const { port } = this.targetGroup;
    await this.order(`add server ${server} ${host.address}:${port} ${serverOptions(this.targetGroup)}`);
    await this.order(`set server ${server} health down`);
    await this.order(`enable health ${server}`);
    await this.order(`enable server ${server}`);
    const { interval, healthy_threshold: threshold } = this.targetGroup.health_check[0];
    await this.waitFor(`${host.name} to be healthy`, interval * (threshold + 2), () => this.isHealthy(host));
  }

  /** Takes a host out: it gets no new request, and is given time for those in progress. */
  public async deregister(host: BootedHost): Promise<void> {
    step(`balancer: deregisters ${host.name}`);
    await this.order(`set server ${BACKEND}/${host.name} state drain`);
    await sleep(Number(this.targetGroup.deregistration_delay) * 1000);
  }

  /** Seconds within which a host that fails is taken out, with some more for a machine that is busy. */
  public get secondsToTakeOut(): number {
    const [{ interval, timeout, unhealthy_threshold: threshold }] = this.targetGroup.health_check;
    // HAProxy waits an interval for a connection, and begins the next one only then.
    return 2 * interval * threshold + timeout + 5;
  }

  public async isHealthy(host: BootedHost): Promise<boolean> {
    return (await this.status(host)) === "UP";
  }

  public async waitUntilUnhealthy(host: BootedHost): Promise<void> {
    const isDown = async () => (await this.status(host)) === "DOWN";
    await this.waitFor(`${host.name} to be unhealthy`, 2 * this.secondsToTakeOut, isDown);
    step(`balancer: has taken ${host.name} out`);
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await ended;
  }

  private get socket(): string {
    return join(this.folder, "admin.sock");
  }

  private async status(host: BootedHost): Promise<string | undefined> {
    const [header = "", ...lines] = (await this.command("show stat")).split("\n");
    const names = header.replace(/^# /, "").split(",");
    const rows = lines.map((line) => line.split(","));
    const row = rows.find((values) => values[0] === BACKEND && values[1] === host.name);
    return row?.[names.indexOf("status")];
  }

  /** A command that is answered with no more than that it was done. */
  private async order(command: string): Promise<void> {
    const answer = (await this.command(command)).trim();
    if (answer !== "" && !answer.startsWith("New server registered")) {
      throw new Error(`haproxy, ${command}: ${answer}`);
    }
  }

  private command(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = "";
      createConnection(this.socket, function (this: ReturnType<typeof createConnection>) {
        this.end(`${command}\n`);
      })
        .setEncoding("utf8")
        .on("data", (text: string) => (answer += text))
        .on("end", () => resolve(answer))
        .on("error", reject);
    });
  }

  private async waitFor(what: string, seconds: number, test: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await test().catch(() => false))) {
      if (this.process.exitCode !== null) throw new Error(`haproxy ended.\n${this.output}`);
      if (Date.now() > end) throw new Error(`haproxy: waited ${seconds} s for ${what}.\n${this.output}`);
      await sleep(50);
    }
  }
}

/** https://docs.haproxy.org/2.6/configuration.html */
function haproxyConfiguration(targetGroup: Config, socket: string): string {
  const { load_balancing_algorithm_type: algorithm, stickiness, slow_start: slowStart } = targetGroup;
  const [{ path, matcher, timeout }] = targetGroup.health_check;
  if (ALGORITHMS[algorithm] === undefined) throw new Error(`HAProxy knows nothing like ${algorithm}.`);
  if (stickiness[0]?.enabled) throw new Error("Stickiness is not tested here.");
  if (slowStart > 0) throw new Error("Slow start is not tested here.");
  return `
global
  stats socket ${socket} mode 600 level admin

defaults
  mode http
  # AWS's balancer sends a request to one host, once.
  retries 0
  no option redispatch
  timeout connect ${CONNECT_SECONDS}s
  timeout client ${IDLE_SECONDS}s
  timeout server ${IDLE_SECONDS}s

frontend clients
  bind 127.0.0.1:${PORT}
  default_backend ${BACKEND}

backend ${BACKEND}
  balance ${ALGORITHMS[algorithm]}
  option httpchk
  http-check send meth GET uri ${path} ver HTTP/1.1 hdr Host balancer
  http-check expect status ${matcher}
  timeout check ${timeout}s
`;
}

function serverOptions({ protocol, health_check: [check] }: Config): string {
  const { interval, healthy_threshold: rise, unhealthy_threshold: fall, protocol: checked, port } = check;
  return [
    `check inter ${interval}s rise ${rise} fall ${fall}`,
    ...(Number(port) > 0 ? [`port ${port}`] : []),
    // AWS's balancer takes any certificate of a target.
    ...(protocol === "HTTPS" ? ["ssl verify none"] : []),
    ...(checked === "HTTPS" ? ["check-ssl verify none"] : []),
  ].join(" ");
}
