import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { extname, join } from "node:path";
import type { SessionAccess, SessionRequest } from "./offline-provider/session";

/** Names the socket of an offline provider that runs already, as jest's global setup leaves it for its workers. */
const SOCKET_VARIABLE = "CDKTF_TANDEM_OFFLINE_PROVIDER";

/** Providers for one configuration, until it is closed. */
export interface ProviderSession extends SessionAccess {
  close(): Promise<void>;
}

/**
 * The process of the offline provider. It ends with the process that started it, however that ends, and takes its
 * sockets and folders with it.
 */
export class ProviderProcess {
  private static started: Promise<ProviderProcess> | undefined;

  /** The one that jest's global setup started, or else one that is started now and kept for all of this process. */
  public static async shared(): Promise<ProviderProcess> {
    const socket = process.env[SOCKET_VARIABLE];
    if (socket !== undefined) return new ProviderProcess(socket);
    return (this.started ??= this.start());
  }

  /** Ends the one that `shared()` started, if it did. */
  public static async stopShared(): Promise<void> {
    const started = this.started;
    this.started = undefined;
    await (await started)?.stop();
  }

  public static async start(): Promise<ProviderProcess> {
    // Compiled files stand beside each other; the sources do too, but need a loader.
    const extension = extname(__filename);
    const child = spawn(
      process.execPath,
      [
        ...(extension === ".ts" ? ["--import", "tsx"] : []),
        join(__dirname, "offline-provider", `main${extension}`),
      ],
      {
        stdio: ["pipe", "pipe", "inherit"],
        env: { ...process.env, NODE_OPTIONS: "" },
        // Apart from Ctrl-C, and from whatever else ends the group: it has to clean up.
        detached: true,
      },
    );
    const socket = await firstLine(child);
    // It is there for as long as this process, and no reason for this process to stay.
    for (const handle of [child, child.stdin, child.stdout]) (handle as unknown as { unref(): void }).unref();
    return new ProviderProcess(socket, child);
  }

  private constructor(
    private readonly socket: string,
    private readonly child?: ChildProcess,
  ) {}

  /** Makes `shared()` give this one in processes that are started from here on. */
  public share(): void {
    process.env[SOCKET_VARIABLE] = this.socket;
  }

  /** @throws Error if the configuration names a provider that can't be served */
  public async open(sessionRequest: SessionRequest): Promise<ProviderSession> {
    const answer = await this.call("POST", "/", sessionRequest);
    const { id, ...access } = answer as SessionAccess & { id: string };
    return {
      ...access,
      close: async () => {
        await this.call("DELETE", `/${id}`);
      },
    };
  }

  public async stop(): Promise<void> {
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.ref();
      child.stdin!.end();
    });
  }

  private call(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: this.socket, method, path, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          const answer = JSON.parse(text) as { error?: string };
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(answer.error));
        });
      });
      sent.on("error", (error) => reject(new Error(`The offline provider is gone: ${error.message}`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.trim());
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The offline provider ended with code ${code} at its start`)),
    );
  });
}

/**
 * Ends the offline provider that plans of this process started, if they did; the next plan starts another one. It
 * ends with the process anyway.
 */
export async function stopOfflineProvider(): Promise<void> {
  await ProviderProcess.stopShared();
}
