import { Construct } from "constructs";
import {
  AuroraCluster,
  AuroraClusterOptions,
  AuroraClusterProps,
  AuroraEngine,
  DatabasePair,
  DatabasePairOptions,
  DatabasePairProps,
} from "../database";
import { EncryptionKeys } from "../encryption";
import { WebAcl } from "../firewall";
import { WebHosts } from "../hosts";
import { LoadBalancer } from "../load-balancer";
import { IWatchable, LogDestination, Monitoring } from "../monitoring";
import { INetwork, Network } from "../network";
import { PropChecks } from "../validation";
import { checkSite } from "./check-site";
import { DistributedWebProps } from "./distributed-web-props";
import { encrypted } from "./encrypted";

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

/**
 * A web infrastructure that survives the loss of any one part:
 *
 *     users → web application firewall → load balancer → two or more hosts → primary ⇢ replica
 *
 * Each arrow is a connection that the firewalls let through; there are no others. In place of the pair there may be
 * an Aurora cluster. All of it is watched, and encrypted with keys of its own.
 *
 * @example
 * new DistributedWeb(stack, "Web", {
 *   availabilityZones: ["eu-west-1a", "eu-west-1b"],
 *   domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
 *   database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
 *   monitoring: { notify: { emails: ["oncall@example.com"] } },
 * });
 *
 * @throws InvalidPropError as its parts do.
 */
export class DistributedWeb extends Construct {
  /** The keys that everything is encrypted with, unless AWS's own are used. */
  public readonly keys?: EncryptionKeys;
  public readonly network: INetwork;
  public readonly loadBalancer: LoadBalancer;
  public readonly hosts: WebHosts;
  public readonly database: DatabasePair | AuroraCluster;
  /** What stands before the load balancer, unless that is off. */
  public readonly webAcl?: WebAcl;
  /** What watches all of it, unless that is off. */
  public readonly monitoring?: Monitoring;

  public constructor(scope: Construct, id: string, props: DistributedWebProps) {
    super(scope, id);
    checkSite(new PropChecks(this), props);
    this.keys = props.encryption === false ? undefined : new EncryptionKeys(this, "Keys", props.encryption);
    const parts = encrypted(props, this.keys?.arns ?? {});
    const { domain, certificateArn, plainHttp, application, deletionProtection } = props;
    const network = (this.network = this.readNetwork(parts));
    this.loadBalancer = new LoadBalancer(this, "LoadBalancer", {
      network,
      domain,
      certificateArn,
      plainHttp,
      deletionProtection,
      ...parts.loadBalancer,
    });
    this.hosts = new WebHosts(this, "Hosts", { network, application, ...parts.hosts });
    this.database = this.createDatabase({ network, deletionProtection, ...parts.database });

    this.loadBalancer.forwardTo(this.hosts);
    const { rdsNames, fetchSecret } = props.database;
    this.hosts.useDatabase(this.database, { rdsNames, fetchSecret });
    this.webAcl = this.createWebAcl(parts);
    this.monitoring = this.watch(parts);
  }

  /** Where the site is. */
  public get url(): string {
    return this.loadBalancer.url;
  }

  /** All logs of the site: what is in them, where, for how long, encrypted with what. */
  public get logs(): readonly LogDestination[] {
    return this.watchables.flatMap(({ watchlist }) => watchlist.logs);
  }

  /** The network, unless it exists, which whoever made it watches. */
  private get ownNetwork(): Network | undefined {
    const { network } = this;
    return network instanceof Network && network.node.scope === this ? network : undefined;
  }

  private get watchables(): readonly IWatchable[] {
    const { webAcl, loadBalancer, hosts, database, ownNetwork } = this;
    const all = [webAcl, loadBalancer, hosts, database, ownNetwork];
    return all.filter((one) => one !== undefined) as unknown as IWatchable[];
  }

  private createWebAcl({ webAcl, loadBalancer }: DistributedWebProps): WebAcl | undefined {
    if (webAcl === false) return undefined;
    // Who connects is CloudFront then, and limits would be those of all its visitors together.
    const behindCloudFront = loadBalancer?.cloudFrontOnly ? "forwardedAddress" : undefined;
    const clientAddress = webAcl?.clientAddress ?? behindCloudFront;
    const made = new WebAcl(this, "WebAcl", { ...webAcl, clientAddress });
    made.protect(this.loadBalancer);
    return made;
  }

  private watch({ monitoring }: DistributedWebProps): Monitoring | undefined {
    if (monitoring === false || monitoring === undefined) return undefined;
    const { thresholds = {}, ...options } = monitoring;
    const made = new Monitoring(this, "Monitoring", options);
    const { webAcl, ownNetwork } = this;
    if (webAcl) made.watch(webAcl, thresholds.webAcl);
    made.watch(this.loadBalancer, thresholds.loadBalancer);
    made.watch(this.hosts, thresholds.hosts);
    made.watch(this.database, thresholds.database);
    if (ownNetwork) made.watch(ownNetwork, thresholds.network);
    return made;
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
