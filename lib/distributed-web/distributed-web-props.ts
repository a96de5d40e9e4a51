import { AuroraClusterOptions, DatabasePairOptions, DatabaseThresholds } from "../database";
import { EncryptionKeysOptions } from "../encryption";
import { WebAclProps, WebAclThresholds } from "../firewall";
import { HostApplication, HostsThresholds, UseDatabaseOptions, WebHostsOptions } from "../hosts";
import { DomainOptions, LoadBalancerOptions, LoadBalancerThresholds } from "../load-balancer";
import { MonitoringOptions } from "../monitoring";
import { AvailabilityZones, INetwork, NetworkOptions, NetworkThresholds } from "../network";

/** Either of two kinds of options, and nothing of the other one. */
type OneOf<A, B> = (A & Without<B, A>) | (B & Without<A, B>);
type Without<A, B> = Readonly<Partial<Record<Exclude<keyof A, keyof B>, never>>>;

/** When the parts of a site count as unwell. */
export interface SiteThresholds {
  readonly webAcl?: WebAclThresholds;
  readonly loadBalancer?: LoadBalancerThresholds;
  readonly hosts?: HostsThresholds;
  readonly database?: DatabaseThresholds;
  readonly network?: NetworkThresholds;
}

export interface SiteMonitoringOptions extends MonitoringOptions {
  /**
   * What differs from the defaults of the alarms, by part and name; `false` for no alarm.
   *
   * @default - as each part has them
   */
  readonly thresholds?: SiteThresholds;
}

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
   * What differs from the defaults of the web application firewall; or `false` for none. AWS charges a fee a month
   * for it, one for each rule, and one for each million requests.
   *
   * @default - AWS's managed rules and a rate limit, before the load balancer
   */
  readonly webAcl?: WebAclProps | false;

  /**
   * Who is told of alarms, and what differs from their defaults; or `false` for no alarms at all. Each alarm costs a
   * small fee a month, of which there are about forty.
   *
   * @default - all parts are watched, and nobody is told, of which synthesis warns
   */
  readonly monitoring?: SiteMonitoringOptions | false;

  /**
   * Keys that everything is encrypted with; or `false` for AWS's own, which are free. What a part is told itself wins.
   *
   * @default - five keys, one for each purpose, each for a small fee a month
   */
  readonly encryption?: EncryptionKeysOptions | false;

  /**
   * Whether AWS refuses to delete load balancer and database. To destroy them, deploy with `false` first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}
