import { INetwork } from "../network";
import { HostApplication } from "./host-application";
import { MachineImage } from "./machine-image";

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
   * Size of a host, of the image's architecture.
   *
   * @default "t3.small", or "t4g.small" for arm64
   */
  readonly instanceType?: string;

  /**
   * How many hosts there always are, at least 2; spread evenly over the zones. Enough of them should be left
   * to carry the load when a zone fails.
   *
   * @default 2
   */
  readonly minHosts?: number;

  /**
   * How many hosts there are at most.
   *
   * @default - twice minHosts
   */
  readonly maxHosts?: number;

  /**
   * Size of the encrypted root volume (gp3) in GiB, 8 to 16384.
   *
   * @default 20
   */
  readonly rootVolumeSize?: number;

  /**
   * Further environment variables for the application; they win over its own. Never secrets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

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
}
