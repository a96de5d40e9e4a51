import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_SERVICE } from "./protocol";
import { ProviderService } from "./provider-service";
import { type ProviderRequest, serveProvider } from "./served-providers";

/** What a client wants to run Terraform with. */
export interface SessionRequest {
  readonly providers: readonly ProviderRequest[];
  /** Where bindings are looked for. */
  readonly bindingsFolders: readonly string[];
}

/** How Terraform reaches the providers of a session. */
export interface SessionAccess {
  /** A folder for Terraform to run in, which ends with the session. */
  readonly folder: string;
  /** Value of the environment variable `TF_REATTACH_PROVIDERS`. */
  readonly reattachProviders: string;
}

/** Hosts that Terraform and OpenTofu look for a provider at if its source names none. */
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** The providers of one configuration, each on a socket of its own, apart from those of all other sessions. */
export class Session {
  public static async open(folder: string, request: SessionRequest): Promise<Session> {
    const served = request.providers.map(
      (one) => [one.source, serveProvider(one, request.bindingsFolders)] as const,
    );
    mkdirSync(join(folder, "terraform"), { recursive: true });
    const addresses: Record<string, object> = {};
    const servers: Server[] = [];
    for (const [index, [source, provider]] of served.entries()) {
      const socket = join(folder, `${index}.sock`);
      try {
        servers.push(await listen(socket, new ProviderService(provider)));
      } catch (error) {
        for (const server of servers) server.forceShutdown();
        throw error;
      }
      const reattach = {
        Protocol: "grpc",
        ProtocolVersion: 5,
        Pid: process.pid,
        // Terraform is not to end the provider with its command.
        Test: true,
        Addr: { Network: "unix", String: socket },
      };
      for (const address of addressesOf(source)) addresses[address] = reattach;
    }
    return new Session(folder, servers, {
      folder: join(folder, "terraform"),
      reattachProviders: JSON.stringify(addresses),
    });
  }

  private constructor(
    private readonly folder: string,
    private readonly servers: readonly Server[],
    public readonly access: SessionAccess,
  ) {}

  public close(): void {
    for (const server of this.servers) server.forceShutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Full addresses of a provider: `aws`, `hashicorp/aws` and `registry.terraform.io/hashicorp/aws` are one. */
function addressesOf(source: string): string[] {
  const parts = source.split("/");
  if (parts.length === 3) return [source];
  const [namespace, type] = parts.length === 2 ? parts : ["hashicorp", source];
  return REGISTRIES.map((host) => `${host}/${namespace}/${type}`);
}

async function listen(socket: string, service: ProviderService): Promise<Server> {
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  const methods = service as unknown as Record<string, (request: unknown, connection: object) => unknown>;
  server.addService(
    PROVIDER_SERVICE,
    Object.fromEntries(
      Object.keys(PROVIDER_SERVICE).map((name) => [
        name,
        (call: ServerUnaryCall<unknown, unknown>, respond: sendUnaryData<unknown>) => {
          try {
            respond(null, methods[name]!.call(service, call.request, connectionOf(call)));
          } catch (error) {
            respond(null, { diagnostics: [bug(name, error)] });
          }
        },
      ]),
    ),
  );
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return server;
}

/** Aliases of a provider have connections of their own; unix sockets have no port to tell them by. */
function connectionOf(call: ServerUnaryCall<unknown, unknown>): object {
  const { stream } = (call as unknown as { call?: { stream?: { session?: object } } }).call ?? {};
  return stream?.session ?? call;
}

function bug(method: string, error: unknown): object {
  return {
    severity: 1,
    summary: `The offline provider failed in ${method}`,
    detail: `This is a bug of cdktf-tandem. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  };
}
