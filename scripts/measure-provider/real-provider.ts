import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Client, type ServiceError, credentials, makeClientConstructor, status } from "@grpc/grpc-js";
import { PROVIDER_SERVICE } from "../../lib/testing/offline-provider/protocol";
import {
  type DynamicValue,
  type Value,
  type Values,
  decode,
  encode,
} from "../../lib/testing/offline-provider/values";
import { emptyValues } from "./configurations";
import { type Block, type SchemaMessage, type SchemaMessages, readBlock } from "./schema";

/** What Terraform core sets for the plugins it starts. */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5",
};
/** Memory is cheaper here than collecting it. */
const FAST = { GOGC: "400" };
/** Plans that ask AWS for something fail at once, instead of after retries. */
const NO_AWS = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};
const PROVIDER_CONFIGURATION: Values = {
  region: "us-east-1",
  access_key: "x",
  secret_key: "x",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  max_retries: 1,
};
const CAPABILITIES = { write_only_attributes_allowed: true };
const TERRAFORM_VERSION = "1.11.4";
const ERROR = 1;
const MAX_SCHEMA_BYTES = 1 << 30;
const CALL_MS = 20_000;
const START_MS = 120_000;

interface PathMessage {
  steps?: { attribute_name?: string; element_key_string?: string; element_key_int?: number }[];
}
interface DiagnosticMessage {
  severity: number;
  summary?: string;
  detail?: string;
  attribute?: PathMessage;
}
interface PlanMessage {
  planned_state?: DynamicValue;
  requires_replace?: PathMessage[];
  diagnostics?: DiagnosticMessage[];
}
export interface SchemasMessage {
  provider: SchemaMessage;
  resource_schemas: SchemaMessages;
  data_source_schemas: SchemaMessages;
  ephemeral_resource_schemas: SchemaMessages;
}

export interface Complaint {
  /** Names of attributes and blocks, without indices. */
  readonly path: string[];
  readonly text: string;
}
/** Name of an attribute or block, key in a map, index in a list. */
export type Step = string | number;
export interface PlannedChange {
  readonly planned: Values;
  /** Paths whose change, if they change, forces replacement. */
  readonly replacing: Step[][];
}

/** The provider refused a plan, or failed in it. */
export class PlanError extends Error {
  public constructor(
    message: string,
    public readonly complaints: readonly Complaint[] = [],
  ) {
    super(message);
  }
}

/** The real provider, called as Terraform would. Its process is started again when a call has ended it. */
export class RealProvider {
  private process: Promise<ProviderProcess>;

  public constructor(private readonly binary: string) {
    this.process = startProcess(binary);
  }

  public async schemas(): Promise<SchemasMessage> {
    return (await this.process).schemas;
  }

  public async stop(): Promise<void> {
    end(await this.process);
  }

  /** What is wrong with a configuration by itself. */
  public async validate(type: string, config: Values): Promise<Complaint[]> {
    const response = await this.call("ValidateResourceTypeConfig", {
      type_name: type,
      config: encode(config),
      client_capabilities: CAPABILITIES,
    });
    return complaints(response.diagnostics as DiagnosticMessage[] | undefined);
  }

  public async plan(type: string, prior: Value, proposed: Values, config: Values): Promise<PlannedChange> {
    const response = (await this.call("PlanResourceChange", {
      type_name: type,
      prior_state: encode(prior),
      proposed_new_state: encode(proposed),
      config: encode(config),
      client_capabilities: CAPABILITIES,
    })) as PlanMessage;
    const problems = complaints(response.diagnostics);
    if (problems.length > 0) throw new PlanError(textOf(problems), problems);
    return {
      planned: decode(response.planned_state) as Values,
      replacing: (response.requires_replace ?? []).map(stepsIn),
    };
  }

  private async call(method: string, request: Message): Promise<Message> {
    const running = await this.process;
    try {
      return await call(running.client, method, request);
    } catch (error) {
      if ((error as ServiceError).code === status.UNAVAILABLE) {
        end(running);
        this.process = startProcess(this.binary);
      }
      throw new PlanError(`no answer to ${method}: ${(error as Error).message}`);
    }
  }
}

interface ProviderProcess {
  readonly child: ChildProcess;
  readonly client: Client;
  readonly schemas: SchemasMessage;
}

async function startProcess(binary: string): Promise<ProviderProcess> {
  const child = spawn(binary, [], {
    env: { ...process.env, ...HANDSHAKE, ...FAST, ...NO_AWS },
    stdio: ["ignore", "pipe", "ignore"],
  });
  process.once("exit", () => child.kill());
  const [handshake] = (await once(createInterface(child.stdout), "line")) as [string];
  // core protocol | plugin protocol | network | address | …; without a client's certificate there is no TLS.
  const address = handshake.split("|")[3]!;
  const Provider = makeClientConstructor(PROVIDER_SERVICE, "Provider");
  const client = new Provider(`unix:${address}`, credentials.createInsecure(), {
    "grpc.max_receive_message_length": MAX_SCHEMA_BYTES,
  });
  const schemas = (await call(client, "GetSchema", {}, START_MS)) as unknown as SchemasMessage;
  await configure(client, readBlock(schemas.provider.block));
  return { child, client, schemas };
}

function end({ child, client }: ProviderProcess): void {
  client.close();
  child.kill();
}

async function configure(client: Client, block: Block): Promise<void> {
  const config = { ...emptyValues(block), ...PROVIDER_CONFIGURATION };
  const request = {
    terraform_version: TERRAFORM_VERSION,
    config: encode(config),
    client_capabilities: CAPABILITIES,
  };
  const response = await call(client, "Configure", request, START_MS);
  const problems = complaints(response.diagnostics as DiagnosticMessage[] | undefined);
  if (problems.length > 0) throw new Error(textOf(problems));
}

type Message = Record<string, unknown>;

function call(client: Client, method: string, request: Message, ms = CALL_MS): Promise<Message> {
  const { path, requestSerialize, responseDeserialize } = PROVIDER_SERVICE[method]!;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<Message, Message>(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      { deadline: Date.now() + ms },
      (error, response) => {
        if (error) reject(error);
        else resolve(response!);
      },
    );
  });
}

function complaints(diagnostics: DiagnosticMessage[] = []): Complaint[] {
  return diagnostics
    .filter(({ severity }) => severity === ERROR)
    .map(({ summary = "", detail = "", attribute }) => {
      const paths = [namesIn(attribute ?? {}), pathInText(detail)] as const;
      return {
        path: paths[1].length > paths[0].length ? paths[1] : paths[0],
        text: detail === "" ? summary : `${summary}: ${detail}`,
      };
    });
}

/** The protocol's paths end at a set; those in texts go on. */
function pathInText(text: string): string[] {
  const path = /^Path: (.+)$| at attribute (\S+)/m.exec(text)?.slice(1).find(Boolean) ?? "";
  return path
    .replaceAll(/\[(?:\d+|"[^"]*"|Value\(.*?\))\]/g, "")
    .split(".")
    .filter((name) => name !== "");
}

function textOf(problems: Complaint[]): string {
  return problems.map(({ text }) => text).join("; ");
}

function stepsIn({ steps = [] }: PathMessage): Step[] {
  return steps.map((step) => step.attribute_name ?? step.element_key_string ?? step.element_key_int ?? 0);
}

function namesIn({ steps = [] }: PathMessage): string[] {
  return steps.flatMap((step) => (step.attribute_name === undefined ? [] : [step.attribute_name]));
}
