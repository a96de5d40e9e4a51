import { Construct } from "constructs";
import {
  AuroraCluster,
  AuroraClusterOptions,
  AuroraClusterProps,
  AuroraEngine,
  DatabasePair,
  DatabasePairOptions,
  DatabasePairProps,
} from "./database";
import { HostApplication, UseDatabaseOptions, WebHosts, WebHostsOptions } from "./hosts";
import { DomainOptions, LoadBalancer, LoadBalancerOptions } from "./load-balancer";
import { AvailabilityZones, INetwork, Network, NetworkOptions } from "./network";
import { PropChecks } from "./validation";

const OF_PAIRS: readonly Exclude<keyof DatabasePairOptions, keyof AuroraClusterOptions>[] = [
  "allocatedStorage",
  "iops",
  "maxAllocatedStorage",
  "multiAz",
  "privateZone",
  "readerHealth",
  "roles",
];
const OF_CLUSTERS: readonly Exclude<keyof AuroraClusterOptions, keyof DatabasePairOptions>[] = [
  "backtrackWindow",
  "instances",
  "restoreFrom",
  "serverlessCapacity",
];

/** Either of two kinds of options, and nothing of the other one. */
type OneOf<A, B> = (A & Without<B, A>) | (B & Without<A, B>);
type Without<A, B> = Readonly<Partial<Record<Exclude<keyof A, keyof B>, never>>>;

export interface DistributedWebProps {
  /**
   * At least two zones of the provider's region, as in `["eu-west-1a", "eu-west-1b"]`. Needed unless
   * `network` is one that exists.
   */
  readonly availabilityZones?: AvailabilityZones;

  /** Name that the site is reached by, over HTTPS. One of `domain`, `certificateArn`, `plainHttp` is needed. */
  readonly domain?: DomainOptions;

  /** ARN of a certificate that exists, for HTTPS without `domain`. */
  readonly certificateArn?: string;

  /**
   * Whether the site is served without TLS, for trying things out.
   *
   * @default false
   */
  readonly plainHttp?: boolean;

  /**
   * What the hosts run.
   *
   * @default HostApplication.statusPage(), a page that names the host and its zone
   */
  readonly application?: HostApplication;

  /**
   * Engine, name and everything else about the database: a primary-replica pair with a `DatabaseEngine`, or an
   * Aurora cluster with an `AuroraEngine`.
   */
  readonly database: OneOf<DatabasePairOptions, AuroraClusterOptions> & UseDatabaseOptions;

  /** A network that exists, or what differs from the defaults of the one that is made. */
  readonly network?: INetwork | NetworkOptions;

  /** What differs from the defaults of the load balancer. */
  readonly loadBalancer?: Omit<LoadBalancerOptions, "domain" | "certificateArn" | "plainHttp">;

  /** What differs from the defaults of the hosts. */
  readonly hosts?: Omit<WebHostsOptions, "application">;

  /**
   * Whether AWS refuses to delete load balancer and database. To destroy them, deploy with `false` first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * A web infrastructure that survives the loss of any one part:
 *
 *     users → load balancer → two or more hosts → primary ⇢ replica
 *
 * Each arrow is a connection that the firewalls let through; there are no others. In place of the pair there may be
 * an Aurora cluster.
 *
 * @example
 * new DistributedWeb(stack, "Web", {
 *   availabilityZones: ["eu-west-1a", "eu-west-1b"],
 *   domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
 *   database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
 * });
 *
 * @throws InvalidPropError as its parts do.
 */
export class DistributedWeb extends Construct {
  public readonly network: INetwork;
  public readonly loadBalancer: LoadBalancer;
  public readonly hosts: WebHosts;
  public readonly database: DatabasePair | AuroraCluster;

  public constructor(scope: Construct, id: string, props: DistributedWebProps) {
    super(scope, id);
    const { domain, certificateArn, plainHttp, application, deletionProtection } = props;
    const engine = 'As in { engine: DatabaseEngine.postgres("17"), databaseName: "shop" }.';
    new PropChecks(this).given("database", props.database, "engine and name of a database", engine);

    const network = (this.network = this.readNetwork(props));
    this.loadBalancer = new LoadBalancer(this, "LoadBalancer", {
      network,
      domain,
      certificateArn,
      plainHttp,
      deletionProtection,
      ...props.loadBalancer,
    });
    this.hosts = new WebHosts(this, "Hosts", { network, application, ...props.hosts });
    this.database = this.createDatabase({ network, deletionProtection, ...props.database });

    this.loadBalancer.forwardTo(this.hosts);
    const { rdsNames, fetchSecret } = props.database;
    this.hosts.useDatabase(this.database, { rdsNames, fetchSecret });
  }

  /** Where the site is. */
  public get url(): string {
    return this.loadBalancer.url;
  }

  private createDatabase(props: DatabasePairProps | AuroraClusterProps): DatabasePair | AuroraCluster {
    const isAurora = props.engine instanceof AuroraEngine;
    const stray = (isAurora ? OF_PAIRS : OF_CLUSTERS).find(
      (name) => name in props && props[name as never] !== undefined,
    );
    new PropChecks(this).require(stray === undefined, {
      prop: `database.${stray}`,
      value: props[stray as never],
      allowed: isAurora ? "nothing with an AuroraEngine" : "nothing with a DatabaseEngine",
      remedy: `It is of ${isAurora ? "a DatabasePair" : "an AuroraCluster"}. Leave it out, or take the other kind of engine.`,
    });
    return isAurora
      ? new AuroraCluster(this, "Database", props as AuroraClusterProps)
      : new DatabasePair(this, "Database", props as DatabasePairProps);
  }

  private readNetwork({ network = {}, availabilityZones }: DistributedWebProps): INetwork {
    const exists = "vpcId" in network;
    new PropChecks(this).require(exists !== (availabilityZones !== undefined), {
      prop: "availabilityZones",
      value: availabilityZones,
      allowed: exists ? "nothing beside a network that exists, which has its zones" : "at least two zones",
      remedy: exists ? "Leave it out." : 'Name zones of your region, as in ["eu-west-1a", "eu-west-1b"].',
    });
    return exists
      ? network
      : new Network(this, "Network", { availabilityZones: availabilityZones!, ...network });
  }
}
