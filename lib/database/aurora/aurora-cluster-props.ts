import { INetwork } from "../../network";
import { DatabaseOptions } from "../database-options";
import { AuroraEngine } from "./aurora-engine";
import { RestoreFrom } from "./restore";
import { ServerlessCapacity } from "./serverless-capacity";

/**
 * How storage is paid for: `aurora`, by size and by operations; `aurora-iopt1`, by size only, at a higher price
 * for storage and instances.
 */
export type AuroraStorageType = "aurora" | "aurora-iopt1";

/** What is different about the instance in one slot of a cluster. */
export interface AuroraSlotOptions {
  /**
   * Class of the instance. With it, one instance at a time is resized: first a reader's, then, after a failover,
   * the other one's. An instance that can't carry the writer's load should not stay: any may have to.
   *
   * @default - instanceClass of the cluster
   */
  readonly instanceClass?: string;
}

/** What can be chosen about an Aurora cluster besides its network. */
export interface AuroraClusterOptions extends DatabaseOptions {
  /** Engine and version, as in `AuroraEngine.postgres("17")`. */
  readonly engine: AuroraEngine;

  /**
   * Identifier of the cluster: up to 59 lower-case letters, digits and hyphens. The instances add their slot:
   * `shop-a`, `shop-b`. Decide once: another one replaces the cluster, data and all.
   *
   * @default - from the construct's path: `shop-web-database`
   */
  readonly identifier?: string;

  /**
   * Class of the instances, as in `db.r8g.large`. `db.t4g.medium` is for trying things out: under lasting load it
   * is throttled or charged for more. In production prefer `db.r8g`, or `db.serverless` for loads that come and go.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html
   *
   * @default "db.t4g.medium"
   */
  readonly instanceClass?: string;

  /**
   * How many instances there are, 2 to 16: a writer, and readers that also stand by to take over. Each costs the
   * same; all share the storage.
   *
   * @default 2
   */
  readonly instances?: number;

  /** What is different about single instances, by slot: `{ b: { instanceClass: "db.r8g.xlarge" } }`. */
  readonly slots?: Readonly<Record<string, AuroraSlotOptions>>;

  /** How small and how large instances of class `db.serverless` may be; needed for these. */
  readonly serverlessCapacity?: ServerlessCapacity;

  /**
   * How storage is paid for. `aurora-iopt1` pays off where operations are a large part of the bill. To go back say
   * `"aurora"`; leaving it out changes nothing.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html
   *
   * @default - "aurora", or what a restored cluster has from its source
   */
  readonly storageType?: AuroraStorageType;

  /**
   * Data of another cluster or of a snapshot that this cluster starts with. It takes effect only when the cluster
   * is made: added to a cluster that is there, or changed, it does nothing.
   *
   * User and database are the source's: say them here as they are there (`credentials.username`, `databaseName`).
   * The password is new. A point in time is restored in the source's version; an upgrade follows with the next
   * deploy. From a snapshot, IAM authentication follows with the next deploy, and one that is not encrypted needs
   * `kmsKeyArn`. A cluster that is not encrypted can't be restored encrypted to a point in time: take a snapshot of
   * it. Leave `restoreFrom` in afterwards: without it, a user or a database of another name replaces the cluster.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html
   *
   * @default - an empty database
   */
  readonly restoreFrom?: RestoreFrom;

  /**
   * Seconds that the cluster can be wound back without a restore, up to 259200 (72 hours); Aurora MySQL only. Every
   * change that is kept for it is paid for. Decide when the cluster is made: it can't be switched on later, nor
   * again once it is 0.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
   *
   * @default 0
   */
  readonly backtrackWindow?: number;

  /**
   * Parameters of the cluster and of all its instances, by name. They take effect at the next restart.
   *
   * @default - TLS is forced, and queries that take longer than a second are logged; Aurora MySQL also audits
   * connections and changes of tables and rights
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * Whether Performance Insights is on: seven days of it are free.
   *
   * @default true, but for the classes of Aurora MySQL that lack it: db.t3 and the smallest db.t4g
   */
  readonly performanceInsights?: boolean;
}

export interface AuroraClusterProps extends AuroraClusterOptions {
  /** Where it stands; needs data subnets in at least two zones. */
  readonly network: INetwork;
}
