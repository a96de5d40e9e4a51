import { TerraformOutput, TerraformStack } from "cdktf";
import { load } from "js-yaml";
import { gunzipSync } from "node:zlib";
import { Config, testNetwork, testStack } from "../../__tests__/support/synth";
import {
  Connections,
  HostApplication,
  IDatabase,
  LoadBalancer,
  MachineImage,
  Port,
  WebHosts,
  WebHostsOptions,
} from "../../lib";
import { deploy } from "../../lib/testing";
import type { BootedHost } from "./booted-host";
import { GATEWAY, UNUSED_ADDRESS } from "./host-network";

/** What a shell, systemd and nginx could each take for something else. */
export const NASTY = "pa$$ \"word\" 'with' `ticks` \\ and #{%} ünïcode";

/** Port of the databases. */
export const DATABASE_PORT = 5432;

/** What is synthesized for hosts, and for the balancer in front of them. */
export interface Website {
  /** What cloud-init reads on each host. */
  readonly userData: string;
  /** Packages that it installs. */
  readonly packages: readonly string[];
  /** Arguments of the target group. */
  readonly targetGroup: Config;
}

/** Every website that is booted here. The root filesystem has the packages of all. */
export const WEBSITES = {
  /** What hosts run by default. */
  default: website(),
  /** A program that needs a package, files and a set-up. */
  commands: website({
    application: HostApplication.commands({
      port: 3000,
      // What a shell and systemd could each take for something else.
      healthCheckPath: "/up?all=1&x=$(date)%20",
      packages: ["jq"],
      files: [{ path: "/opt/shop/index.json", content: '{ "says": "bought\\n" }\n' }],
      setup: ["mkdir -p /opt/shop/public", "jq -j .says /opt/shop/index.json > /opt/shop/public/up"],
      start: 'exec python3 -m http.server --directory /opt/shop/public "$PORT"',
    }),
  }),
  /** One that is spoken to over HTTPS, and uses a database. */
  database: website({ reverseProxy: { protocol: "HTTPS", maxBodySize: 1 } }, (hosts) =>
    hosts.useDatabase(new DatabaseStandIn(hosts)),
  ),
  /** One whose passive host sleeps. */
  activePassive: website({ setup: "activePassive" }),
  /** A container. */
  container: website({
    application: HostApplication.container("ghcr.io/acme/shop:1.4", {
      port: 8000,
      environment: { GREETING: NASTY },
      command: ["--title", "50% off $HOME"],
    }),
  }),
} as const;

/** A database whose writer listens in the tests, and whose reader is nowhere. */
class DatabaseStandIn implements IDatabase {
  public readonly engineName = "postgres";
  public readonly databaseName = "shop";
  public readonly port = DATABASE_PORT;
  public readonly writer = { host: GATEWAY, rdsHost: GATEWAY, port: DATABASE_PORT };
  public readonly reader = { host: UNUSED_ADDRESS, rdsHost: UNUSED_ADDRESS, port: DATABASE_PORT };
  public readonly secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf";
  public readonly connections: Connections;

  public constructor(hosts: WebHosts) {
    this.connections = new Connections(hosts, {
      securityGroupIds: ["sg-0123456789abcdef0"],
      defaultPort: Port.tcp(DATABASE_PORT),
      name: "Database",
    });
  }

  public grantReadSecret(): void {
    // The stand-in for AWS's command line gives it to everyone.
  }
}

/** Checks as often as AWS allows, so that tests wait no longer than they have to. */
function website(options: WebHostsOptions = {}, finish?: (hosts: WebHosts) => void): () => TerraformStack {
  return () => {
    const stack = testStack();
    const network = testNetwork(stack);
    const hosts = new WebHosts(stack, "Hosts", { network, image: MachineImage.debian12(), ...options });
    const balancer = new LoadBalancer(stack, "LoadBalancer", {
      network,
      plainHttp: true,
      healthCheck: { interval: 5, timeout: 2, healthyThreshold: 2, unhealthyThreshold: 2 },
      deregistrationDelay: 5,
    });
    const { targetGroup } = balancer.forwardTo(hosts);
    finish?.(hosts);
    new TerraformOutput(stack, "UserData", { value: hosts.launchTemplate.userData });
    new TerraformOutput(stack, "TargetGroup", { value: targetGroup.fqn });
    return stack;
  };
}

/** What Terraform hands to AWS; names that only AWS knows are made up. */
export async function renderWebsite(program: () => TerraformStack): Promise<Website> {
  const { UserData, TargetGroup } = (await deploy(program())).outputs as Record<string, Config>;
  const userData = gunzipSync(Buffer.from(String(UserData), "base64")).toString("utf8");
  const { packages = [] } = load(userData) as { packages?: string[] };
  return { userData, packages, targetGroup: TargetGroup! };
}

/** URL of a host's own, as its balancer has it. */
export function urlOf(host: BootedHost, { targetGroup }: Website, path = "/"): string {
  return `${targetGroup.protocol.toLowerCase()}://${host.address}:${targetGroup.port}${path}`;
}
