import { App, LocalBackend, S3Backend, TerraformStack } from "cdktf";
import {
  AuroraEngine,
  DatabaseEngine,
  DistributedWebProps,
  HostApplication,
  HostSetup,
  InterfaceEndpointService,
  NatPlacement,
  readRoles,
} from "./lib";

/** What one environment of main.ts is made of. */
export interface Settings {
  /** Name of the environment, of its stack, and of its state. */
  readonly environment: string;
  readonly region: string;
  readonly stateBucket?: string;
  /** Name of the state's object in the bucket. */
  readonly stateKey: string;
  readonly stateRegion: string;
  readonly web: DistributedWebProps;
}

type Kind = "text" | "list" | "flag" | "number";
type Value = string | readonly string[] | boolean | number;

/** Every setting, and how it is written. */
const SETTINGS = {
  environment: "text",
  region: "text",
  availabilityZones: "list",
  domain: "text",
  alternativeNames: "list",
  hostedZoneId: "text",
  certificateArn: "text",
  plainHttp: "flag",
  image: "text",
  port: "number",
  healthCheckPath: "text",
  instanceTypes: "list",
  setup: "text",
  minHosts: "number",
  maxHosts: "number",
  nat: "text",
  interfaceEndpoints: "list",
  databaseEngine: "text",
  databaseVersion: "text",
  databaseName: "text",
  databaseInstanceClass: "text",
  databaseRoles: "text",
  multiAz: "flag",
  alarmEmails: "list",
  webAclCountOnly: "flag",
  deletionProtection: "flag",
  stateBucket: "text",
  stateKey: "text",
  stateRegion: "text",
} as const satisfies Record<string, Kind>;

type Name = keyof typeof SETTINGS;
type TypeOf<K extends Kind> = { text: string; list: readonly string[]; flag: boolean; number: number }[K];
type Given = { readonly [N in Name]?: TypeOf<(typeof SETTINGS)[N]> };

/** Engines by their names in settings, with the version that is taken if none is given. */
const ENGINES = {
  postgres: { newest: "17", engine: (version: string) => DatabaseEngine.postgres(version) },
  mysql: { newest: "8.4", engine: (version: string) => DatabaseEngine.mysql(version) },
  mariadb: { newest: "11.4", engine: (version: string) => DatabaseEngine.mariadb(version) },
  "aurora-postgresql": { newest: "17", engine: (version: string) => AuroraEngine.postgres(version) },
  "aurora-mysql": { newest: "8.0", engine: (version: string) => AuroraEngine.mysql(version) },
};

/**
 * Reads the settings of one environment: `context.tandem` in cdktf.json, and over it environment variables
 * (`TANDEM_REGION` for `region`, lists with commas).
 *
 * @throws Error that names the setting, where it was written, and what is allowed
 */
export function readSettings(app: App, variables: NodeJS.ProcessEnv = process.env): Settings {
  const given = merge(readContext(app.node.tryGetContext("tandem")), readVariables(variables));
  const region = need(given, "region", "as in eu-west-1");
  return {
    environment: checkEnvironmentName(need(given, "environment", "a name for the stack, as in production")),
    region,
    stateBucket: given.stateBucket,
    stateKey: given.stateKey ?? `tandem/${given.environment}.tfstate`,
    stateRegion: given.stateRegion ?? region,
    web: webProps(given),
  };
}

/** Variables over the context. A version in the context is the version of the context's engine. */
function merge(context: Given, variables: Given): Given {
  const ofAnotherEngine =
    variables.databaseEngine !== undefined && variables.databaseEngine !== context.databaseEngine;
  return { ...context, ...(ofAnotherEngine && { databaseVersion: undefined }), ...variables };
}

/** State in an S3 bucket with a lock file, where there is one; else in a file beside main.ts. */
export function configureState(stack: TerraformStack, settings: Settings): void {
  if (settings.stateBucket === undefined) {
    // Relative to cdktf.out/stacks/NAME, where Terraform runs; the default would be an absolute path.
    new LocalBackend(stack, { path: `../../../terraform.${settings.environment}.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: settings.stateBucket,
    key: settings.stateKey,
    region: settings.stateRegion,
    encrypt: true,
  });
  // CDKTF's class is older than Terraform's lock files in S3.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

function webProps(given: Given): DistributedWebProps {
  const { domain, hostedZoneId, alternativeNames, image, healthCheckPath } = given;
  if ((domain === undefined) !== (hostedZoneId === undefined)) {
    const missing = domain === undefined ? "domain" : "hostedZoneId";
    throw problem(missing, undefined, "domain and hostedZoneId go together");
  }
  if (domain === undefined && alternativeNames !== undefined) {
    throw problem("alternativeNames", alternativeNames, "nothing without domain");
  }
  if (image === undefined && healthCheckPath !== undefined) {
    throw problem("healthCheckPath", healthCheckPath, "nothing without image; the status page has /health");
  }
  const https = domain !== undefined || given.certificateArn !== undefined;
  return {
    availabilityZones: need(
      given,
      "availabilityZones",
      'two or more of the region, as in ["eu-west-1a", "eu-west-1b"]',
    ),
    domain:
      domain === undefined ? undefined : { name: domain, hostedZoneId: hostedZoneId!, alternativeNames },
    certificateArn: given.certificateArn,
    // plainHttp in cdktf.json is for as long as there is no domain.
    plainHttp: https ? undefined : given.plainHttp,
    application:
      image === undefined
        ? HostApplication.statusPage({ port: given.port })
        : HostApplication.container(image, { port: given.port ?? 8080, healthCheckPath }),
    network: {
      nat: given.nat as NatPlacement | undefined,
      interfaceEndpoints: given.interfaceEndpoints as readonly InterfaceEndpointService[] | undefined,
    },
    hosts: {
      instanceTypes: given.instanceTypes,
      setup: given.setup as HostSetup | undefined,
      minHosts: given.minHosts,
      maxHosts: given.maxHosts,
    },
    database: databaseOptions(given),
    webAcl: { countOnly: given.webAclCountOnly },
    monitoring: { notify: { emails: given.alarmEmails } },
    deletionProtection: given.deletionProtection,
  };
}

function databaseOptions(given: Given): DistributedWebProps["database"] {
  const name = given.databaseEngine ?? "postgres";
  if (!isEngine(name)) throw problem("databaseEngine", name, `one of ${Object.keys(ENGINES).join(", ")}`);
  const { newest, engine: make } = ENGINES[name];
  const engine = make(given.databaseVersion ?? newest);
  const common = {
    databaseName: need(given, "databaseName", "a name for the database, as in shop"),
    instanceClass: given.databaseInstanceClass,
  };
  const { databaseRoles, multiAz } = given;
  if (engine instanceof DatabaseEngine) {
    const roles = databaseRoles === undefined ? undefined : readRoles(databaseRoles);
    return { ...common, engine, multiAz, roles };
  }
  // databaseRoles in cdktf.json is for as long as there is a pair.
  if (multiAz !== undefined)
    throw problem("multiAz", multiAz, `nothing with ${name}, which needs no standbys`);
  return { ...common, engine };
}

function isEngine(name: string): name is keyof typeof ENGINES {
  return Object.hasOwn(ENGINES, name);
}

function checkEnvironmentName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    throw problem(
      "environment",
      name,
      "up to 40 lower-case letters, digits and hyphens, starting with a letter",
    );
  }
  return name;
}

function need<N extends Name>(given: Given, name: N, allowed: string): NonNullable<Given[N]> {
  const value = given[name];
  if (value === undefined) throw problem(name, value, allowed);
  return value;
}

function readContext(context: unknown): Given {
  if (context === undefined) return {};
  if (context === null || typeof context !== "object" || Array.isArray(context)) {
    throw new Error(
      `cdktf.json: context.tandem is ${JSON.stringify(context)}. Allowed: an object of settings.`,
    );
  }
  const given: Record<string, Value> = {};
  for (const [name, value] of Object.entries(context)) {
    if (!isName(name)) throw unknown(`context.tandem.${name} in cdktf.json`, Object.keys(SETTINGS));
    if (!isKind(value, SETTINGS[name])) throw problem(name, value, describeKind(SETTINGS[name]));
    given[name] = value;
  }
  return given as Given;
}

function readVariables(variables: NodeJS.ProcessEnv): Given {
  const names = Object.fromEntries(Object.keys(SETTINGS).map((name) => [variableOf(name), name as Name]));
  const given: Record<string, Value> = {};
  for (const [variable, text] of Object.entries(variables)) {
    if (!variable.startsWith("TANDEM_") || text === undefined || text === "") continue;
    const name = names[variable];
    if (name === undefined) throw unknown(`The environment variable ${variable}`, Object.keys(names));
    const value = parse(text, SETTINGS[name]);
    if (value === undefined) throw problem(name, text, describeKind(SETTINGS[name]));
    given[name] = value;
  }
  return given as Given;
}

function parse(text: string, kind: Kind): Value | undefined {
  switch (kind) {
    case "text":
      return text;
    case "list":
      return text.split(",").map((part) => part.trim());
    case "flag":
      return { true: true, false: false }[text];
    case "number":
      return /^\d+$/.test(text) ? Number(text) : undefined;
  }
}

function isKind(value: unknown, kind: Kind): value is Value {
  if (kind === "list") return Array.isArray(value) && value.every((part) => typeof part === "string");
  return typeof value === { text: "string", flag: "boolean", number: "number" }[kind];
}

function isName(name: string): name is Name {
  return Object.hasOwn(SETTINGS, name);
}

function describeKind(kind: Kind): string {
  return { text: "text", list: "a list of texts", flag: "true or false", number: "a whole number" }[kind];
}

function variableOf(name: string): string {
  return `TANDEM_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function problem(name: string, value: unknown, allowed: string): Error {
  const shown = value === undefined ? "not given" : JSON.stringify(value);
  return new Error(
    `Setting ${name} is ${shown}. Allowed: ${allowed}. ` +
      `Write it in cdktf.json under context.tandem.${name}, or into the environment variable ${variableOf(name)}.`,
  );
}

function unknown(what: string, known: readonly string[]): Error {
  return new Error(`${what} is no setting. Settings are: ${known.join(", ")}.`);
}
