import { INetwork } from "../../network";
import { DatabaseOptions } from "../database-options";
import { DatabaseRoles } from "../roles";
import { PrivateZone } from "./endpoints";
import { ReaderHealthOptions } from "./replica-health";
import { Slots } from "./slot-options";
import { DatabaseEngine } from "../engine";
import { StorageOptions } from "./storage";

/** What can be chosen about a database pair besides its network. */
export interface DatabasePairOptions extends DatabaseOptions, StorageOptions {
  /** Engine and version, as in `DatabaseEngine.postgres("17")`. */
  readonly engine: DatabaseEngine;

  /**
   * What the identifiers of all instances start with: up to 59 lower-case letters, digits and hyphens. The
   * instances add their slot and generation: `shop-a1`, `shop-b1`. Decide once: RDS refuses to rename an
   * instance that another one replicates.
   *
   * @default - from the construct's path: `shop-web-database`
   */
  readonly identifier?: string;

  /**
   * Who is primary, who replicates it, who is retired: read from a file that `tandem roles` writes, or given by the
   * functions `initialRoles`, `failOver`, `rebuildReplica` and `switchBack`.
   *
   * @default initialRoles(): a1 is the primary, b1 replicates it
   */
  readonly roles?: DatabaseRoles;

  /**
   * What is different about single slots: class, version, zone, region, share of reads. Node b2 stands in slot b.
   *
   * @default - all slots are alike
   */
  readonly slots?: Slots;

  /**
   * Whether a replica that does not copy its primary, lags far behind it, or is not there, gets no reads: then the
   * other replicas answer to the reader's name, and the primary where there is none. It costs two alarms and three
   * health checks a replica.
   *
   * @default - true where more than one replica takes reads
   */
  readonly readerHealth?: boolean | ReaderHealthOptions;

  /**
   * Class of all instances, as in `db.r8g.large`. The replica has to be able to take over.
   *
   * @default "db.t4g.medium"
   */
  readonly instanceClass?: string;

  /**
   * Whether each of the instances has a standby of its own in another zone, which RDS switches to by itself, within
   * one or two minutes as a rule, without losing a write. A standby costs as much as its instance, so the default
   * pair costs as much as four instances.
   *
   * Without standbys the pair costs half. When the primary fails, the site reads only until somebody fails over:
   * that takes as long as noticing and a promotion, some minutes, and what was not yet copied to the replica is
   * lost. The primary is then made in the first data zone, the replica in the second, and they stay there.
   *
   * `AuroraCluster` takes over within a minute, and keeps its storage in three zones in any case.
   *
   * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html,
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html,
   * https://aws.amazon.com/rds/pricing/
   *
   * @default true
   */
  readonly multiAz?: boolean;

  /**
   * Engine parameters, by name. Those that take effect at a restart wait for the next one.
   *
   * @default - TLS is forced, and queries that take longer than a second are logged
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * Whether Performance Insights is on: seven days of it are free.
   *
   * @default true, but for the small classes of MySQL and MariaDB that lack it
   */
  readonly performanceInsights?: boolean;

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
