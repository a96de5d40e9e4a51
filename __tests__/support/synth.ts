import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformResource, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  DatabaseEngine,
  DatabasePair,
  DatabasePairProps,
  INetwork,
  LoadBalancer,
  Network,
  OtherRegion,
  WebHosts,
} from "../../lib";

export const ZONES = ["eu-west-1a", "eu-west-1b"];

/** One folder for all: every App makes its own otherwise, and leaves it behind. */
const OUTDIR = join(__dirname, "..", "..", "node_modules", ".tandem-tests");

export type Config = Record<string, any>;

// With the folder that CDKTF makes in it: of several tests at once, all but one would fail to.
mkdirSync(join(OUTDIR, "stacks"), { recursive: true });

export function testApp(context?: Record<string, unknown>): App {
  return new App({ outdir: OUTDIR, context });
}

/** A stack with a provider, as a user's would be. */
export function testStack(id = "shop", app: App = testApp()): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  return stack;
}

export function testNetwork(stack: Construct, id = "Network"): Network {
  return new Network(stack, id, { availabilityZones: ZONES });
}

/** A network that exists, with subnets of every tier in each zone. */
export function existingNetwork(
  stack: Construct,
  zones: readonly string[] = ZONES,
  { ipv6 = false }: { readonly ipv6?: boolean } = {},
): INetwork {
  const subnets = (tier: number) =>
    Object.fromEntries(zones.map((zone) => [zone, `subnet-${tier}${zone.slice(-1)}`]));
  return Network.fromAttributes(stack, "Network", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    publicSubnetIds: subnets(0),
    applicationSubnetIds: subnets(1),
    dataSubnetIds: subnets(2),
    ipv6,
  });
}

/** A place for a slot of a pair in Frankfurt. */
export function frankfurt(stack: Construct): OtherRegion {
  return {
    provider: new AwsProvider(stack, "frankfurt", {
      alias: "frankfurt",
      region: "eu-central-1",
      // The real provider asks AWS otherwise.
      accessKey: "none",
      secretKey: "none",
      skipCredentialsValidation: true,
      skipMetadataApiCheck: "true",
      skipRequestingAccountId: true,
    }),
    network: Network.fromAttributes(stack, "Frankfurt", {
      vpcId: "vpc-0f",
      cidrBlock: "10.1.0.0/16",
      dataSubnetIds: { "eu-central-1a": "subnet-0fa", "eu-central-1b": "subnet-0fb" },
    }),
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
  };
}

export function testDatabase(
  stack: Construct,
  network: INetwork,
  props: Partial<DatabasePairProps> = {},
): DatabasePair {
  return new DatabasePair(stack, "Database", {
    network,
    engine: DatabaseEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  });
}

/** A network, a database, and hosts behind a balancer, in three stacks of an app. */
export function componentsInStacks(): { app: App; front: TerraformStack } {
  const app = testApp();
  const network = testNetwork(testStack("base", app));
  const database = testDatabase(testStack("data", app), network);
  const front = testStack("front", app);
  const hosts = new WebHosts(front, "Hosts", { network });
  hosts.useDatabase(database);
  const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
  new LoadBalancer(front, "LoadBalancer", { network, domain }).forwardTo(hosts);
  return { app, front };
}

/** What a stack is as Terraform, without what CDKTF adds for itself; validations are run. */
export class Synthesized {
  public readonly json: Config;

  public constructor(stack: TerraformStack) {
    this.json = JSON.parse(Testing.synth(stack, true));
  }

  /** All resources of a type, by their names. */
  public resources(type: string): Record<string, Config> {
    const found: Record<string, Config> = this.json.resource?.[type] ?? {};
    return Object.fromEntries(
      Object.entries(found).map(([name, config]) => [name, { ...config, "//": undefined }]),
    );
  }

  /** The only resource of a type. */
  public only(type: string): Config {
    const found = Object.values(this.resources(type));
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
    return found[0]!;
  }

  /** The configuration of one resource. */
  public of(resource: TerraformResource): Config {
    return this.resources(resource.terraformResourceType)[resource.friendlyUniqueId]!;
  }

  public count(type: string): number {
    return Object.keys(this.resources(type)).length;
  }

  /** Every resource's configuration, by address. */
  public get byAddress(): Record<string, Config> {
    return Object.fromEntries(
      Object.keys(this.json.resource ?? {}).flatMap((type) =>
        Object.entries(this.resources(type)).map(([name, config]) => [`${type}.${name}`, config]),
      ),
    );
  }

  public get addresses(): string[] {
    return Object.keys(this.byAddress).sort();
  }
}

export function synth(stack: TerraformStack): Synthesized {
  return new Synthesized(stack);
}

/** A reference as it is rendered: `${aws_vpc.Network_Vpc_123.id}`. */
export function reference(resource: TerraformResource, attribute: string): string {
  return `\${${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}}`;
}

/** The statements of a policy as it is synthesized, where quotes of Terraform's expressions stand in JSON. */
export function statementsOf(policy: string): Config[] {
  const quoted = policy.replace(/\$\{[^}]*\}/g, (expression) => expression.replaceAll('"', "'"));
  return JSON.parse(quoted).Statement;
}
