import { INetwork } from "../../network";
import { CredentialsOptions } from "../credentials";
import { TimesOptions } from "../database-times";
import { PrivateZone } from "./endpoints";
import { DatabaseEngine } from "../engine";
import { StorageOptions } from "./storage";

/** What can be chosen about a database pair besides its network. */
export interface DatabasePairOptions extends StorageOptions, TimesOptions {
  /** Engine and version, as in `DatabaseEngine.postgres("17")`. */
  readonly engine: DatabaseEngine;

  /** Name of the database that is made in it: letters, digits and underscores, starting with a letter. */
  readonly databaseName: string;

  /** User name, and what becomes of the password. */
  readonly credentials?: CredentialsOptions;

  /**
   * What the identifiers of both instances start with: up to 59 lower-case letters, digits and hyphens. The
   * instances add their slot and generation: `shop-a1`, `shop-b1`. Decide once: RDS refuses to rename an
   * instance that another one replicates.
   *
   * @default - from the construct's path: `shop-web-database`
   */
  readonly identifier?: string;

  /**
   * Class of both instances, as in `db.r8g.large`. The replica has to be able to take over.
   *
   * @default "db.t4g.medium"
   */
  readonly instanceClass?: string;

  /**
   * Whether each of the two instances has a standby of its own in another zone, which RDS switches to within
   * one or two minutes without losing a write. A standby costs as much as its instance.
   *
   * RDS chooses the zones of instances that have a standby. With `false`, the primary is made in the first
   * data zone and the replica in the second, and they stay there; what was not yet copied to the replica is
   * lost with the primary.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
   *
   * @default true
   */
  readonly multiAz?: boolean;

  /**
   * Whether RDS may go to another major version when `engine` says so. Read the engine's release notes, try it
   * on a copy, and switch it off again afterwards.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Whether changes that interrupt the database are made at once, and not in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;

  /**
   * Whether RDS refuses to delete the instances. To destroy them, deploy with `false` first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * ARN of a KMS key of your own (not of an alias) that encrypts storage and Performance Insights. Changing it replaces the
   * database.
   *
   * @default - AWS's key for RDS, which is free
   */
  readonly kmsKeyArn?: string;

  /**
   * Engine parameters, by name. Those that take effect at a restart wait for the next one.
   *
   * @default - TLS is forced, and queries that take longer than a second are logged
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * TCP port, 1150 to 65535.
   *
   * @default - the engine's own: 5432, or 3306
   */
  readonly port?: number;

  /**
   * Whether Performance Insights is on: seven days of it are free.
   *
   * @default true, but for the small classes of MySQL and MariaDB that lack it
   */
  readonly performanceInsights?: boolean;

  /**
   * Seconds between two of Enhanced Monitoring's looks at the operating system: 1, 5, 10, 15, 30 or 60; 0
   * switches it off. CloudWatch charges for its logs.
   *
   * @default 60
   */
  readonly monitoringInterval?: number;

  /**
   * Days that the engine's logs are kept in CloudWatch Logs; 0 keeps them for ever.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * A private hosted zone of your own for the writer's and the reader's name.
   *
   * @default - a zone of the database's own, named after the identifier: `writer.shop.internal`
   */
  readonly privateZone?: PrivateZone;
}

export interface DatabasePairProps extends DatabasePairOptions {
  /** Where it stands; needs data subnets in at least two zones. */
  readonly network: INetwork;
}
