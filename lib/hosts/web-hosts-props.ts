import { INetwork } from "../network";
import { HostApplication } from "./host-application";
import { HostSetup, PassiveHostOptions } from "./group/active-passive";
import { RollingReplacementOptions } from "./group/rolling-replacement";
import { MachineImage } from "./machine-image";
import { ScalingOptions } from "./scaling/scaling-options";
import { HostLogsOptions } from "./services/host-logs";
import { ReverseProxyOptions } from "./services/reverse-proxy";

/**
 * What hosts reach over HTTPS.
 *
 * - `internet`: everything. In a network without NAT but with an egress-only gateway, everything over IPv6, and the
 *   network's endpoints.
 * - `endpoints`: AWS's services through the network's interface endpoints, and S3 in the same region; nothing else. S3
 *   in other regions, container images from elsewhere than ECR in the same region, and packages of Debian and Ubuntu
 *   are out of reach.
 */
export type HostEgress = "internet" | "endpoints";

/** What can be chosen about hosts besides their network. */
export interface WebHostsOptions {
  /**
   * What the hosts run.
   *
   * @default HostApplication.statusPage(), a page on port 8080 that names the host and its zone
   */
  readonly application?: HostApplication;

  /**
   * What the hosts boot from.
   *
   * @default MachineImage.amazonLinux2023()
   */
  readonly image?: MachineImage;

  /**
   * What a host may be, of the image's architecture and of about one size, the one you like most first: hosts start
   * although AWS is out of one type. With one type only there is no such way out.
   *
   * @default ["t3.small", "t3a.small"], or ["t4g.small", "c7g.medium"] for arm64
   */
  readonly instanceTypes?: readonly string[];

  /**
   * Whether all hosts work, or one does and the other one sleeps.
   *
   * @default "activeActive"
   */
  readonly setup?: HostSetup;

  /**
   * What differs from the defaults of the host that sleeps, with `activePassive`.
   *
   * @default - it is stopped, and sleeps again ten minutes after all is well
   */
  readonly passiveHost?: PassiveHostOptions;

  /**
   * How many hosts there always are, at least 2; spread evenly over the zones. Enough of them should be left
   * to carry the load when a zone fails. Not with `activePassive`, which has one and another one asleep.
   *
   * @default 2
   */
  readonly minHosts?: number;

  /**
   * How many hosts there are at most. Not with `activePassive`.
   *
   * @default - twice minHosts
   */
  readonly maxHosts?: number;

  /**
   * When hosts are added and taken away. Not with `activePassive`.
   *
   * @default - for 60 percent of CPU
   */
  readonly scaling?: ScalingOptions;

  /**
   * Percentage of the hosts above `onDemandBase`, which is `minHosts` unless said, that are spot instances, 0 to 100:
   * none until the group grows; for half of all hosts say `onDemandBase: 0` too. They cost a fraction, and AWS
   * takes them back with two minutes' notice; give several `instanceTypes`. Not with `activePassive`.
   *
   * @default 0
   */
  readonly spotShare?: number;

  /**
   * How many hosts are never spot instances.
   *
   * @default - minHosts
   */
  readonly onDemandBase?: number;

  /**
   * How hosts are replaced one after the other when image, application or size change: never below full strength.
   *
   * @default - each successor is healthy before its predecessor goes, without pauses
   */
  readonly rollingReplacement?: RollingReplacementOptions;

  /**
   * Days after which a host is replaced although nothing changed, 1 to 365; it boots the newest image then.
   *
   * @default - hosts grow old
   */
  readonly maxLifetime?: number;

  /**
   * Seconds until a new host's numbers are typical and count for scaling, 0 to 3600.
   *
   * @default 120
   */
  readonly warmup?: number;

  /**
   * nginx in front of the application on each host, which also answers the balancer's health checks; or `false`,
   * to have requests sent to the application itself.
   *
   * @default - on port 9080; false for HostApplication.bakedImage
   */
  readonly reverseProxy?: ReverseProxyOptions | false;

  /**
   * Logs of the hosts in CloudWatch, which costs what CloudWatch charges for them; or `false`, to leave them on the
   * hosts. Turning them off deletes the log group and what is in it.
   *
   * @default - into a log group of the hosts' own, kept for 365 days
   */
  readonly logs?: HostLogsOptions | false;

  /**
   * Whether hosts report how full their memory and their disk are, which alarms need; CloudWatch charges for two
   * metrics of each host and two of all.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * What hosts reach over HTTPS: everything, or only AWS's services through the network's endpoints. `"endpoints"`
   * needs a network with `interfaceEndpoints` for what hosts talk to: `ssm`, `logs` and `monitoring` unless `logs` and
   * `metrics` are false, `secretsmanager` with a database, `ecr` for container images, `autoscaling` with `activePassive`. Each costs a fee
   * an hour and zone. Whatever else hosts need is said: `hosts.connections.allowTo(…)`.
   *
   * Changing it replaces no hosts; connections in progress that are no longer allowed are cut.
   *
   * @default - "internet" where the network reaches it, else "endpoints"; "internet" too where the endpoints of a
   * network that exists are not known, or there are none and it reaches the internet over IPv6
   */
  readonly egress?: HostEgress;

  /**
   * Whether hosts install security updates every day.
   *
   * @default true
   */
  readonly securityUpdates?: boolean;

  /**
   * Size of the encrypted root volume (gp3) in GiB, 8 to 16384.
   *
   * @default 20
   */
  readonly rootVolumeSize?: number;

  /**
   * ARN of a KMS key of your own that encrypts the root volume, whose policy lets Auto Scaling use it:
   * `EncryptionKey` for `volumes` makes one. Another one replaces hosts one by one.
   *
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   *
   * @default - the account's key for EBS, which is AWS's and free unless you chose another one
   */
  readonly volumeKmsKeyArn?: string;

  /**
   * Further environment variables for the application; they win over its own. Never secrets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Tags of the hosts, their volumes and network interfaces, besides the provider's default tags and `Name`; these win.
   * Up to 50 in all, keys of up to 128 characters, values of up to 256. Changing them, or the default tags, changes the
   * launch template and so replaces hosts one by one.
   *
   * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
   *
   * @default - the provider's default tags, and a Name from the construct's path
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Whether CloudWatch gets a host's metrics every minute, for a small fee a host, and not every five.
   *
   * @default true
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Seconds that a new host has to become healthy before it is replaced, 0 to 7200. Give it longer than
   * booting, installing packages and pulling images take.
   *
   * @default 300
   */
  readonly healthCheckGracePeriod?: number;
}

export interface WebHostsProps extends WebHostsOptions {
  /** Where they stand; needs application subnets in at least two zones. */
  readonly network: INetwork;
}

/** What `useDatabase` may be told. */
export interface UseDatabaseOptions {
  /**
   * Whether the hosts also get RDS's own names of the instances, in `DATABASE_WRITER_RDS_HOST` and
   * `DATABASE_READER_RDS_HOST`, for clients that check the name on the certificate. Those names change when
   * roles move, so that a failover then replaces the hosts.
   *
   * @default false
   */
  readonly rdsNames?: boolean;

  /**
   * Whether the hosts fetch the database's secret with their role before the application starts, into
   * `DATABASE_USERNAME` and `DATABASE_PASSWORD`. When the secret is rotated they notice within seven minutes and
   * start the application again, which interrupts the requests of that host for as long as the start takes. `false`
   * for an application that fetches `DATABASE_SECRET_ARN` itself, and so can do without.
   *
   * @default true; false for a baked image without a `service`
   */
  readonly fetchSecret?: boolean;
}
