import type { ThresholdRanges } from "../../monitoring";

/** When the instances of a database count as unwell. */
export interface DatabaseThresholds {
  /**
   * Percentage of the processors that an instance uses.
   *
   * @default 80, for fifteen minutes
   */
  readonly cpuUtilization?: number | false;

  /**
   * GiB of memory that an instance has left.
   *
   * @default - a twentieth of its class's memory, for fifteen minutes
   */
  readonly freeMemory?: number | false;

  /**
   * GiB of storage that an instance has left; of an Aurora instance, of its local storage for temporary files.
   *
   * @default - a tenth of allocatedStorage, a twentieth where it grows by itself, or 2 for Aurora, for five minutes
   */
  readonly freeStorage?: number | false;

  /**
   * How many connections an instance has.
   *
   * @default - four fifths of what its engine takes with its class's memory, or of the parameter max_connections, for
   * five minutes
   */
  readonly connections?: number | false;

  /**
   * How many operations wait for the disk.
   *
   * @default 64, for fifteen minutes
   */
  readonly diskQueueDepth?: number | false;

  /**
   * Seconds that a replica lags behind. A PostgreSQL primary that nobody writes to lets its replicas report up to
   * five minutes.
   *
   * @default 600, or 30 for Aurora, for five minutes
   */
  readonly replicaLag?: number | false;

  /**
   * How many transaction ids a PostgreSQL database has in use; at about two billions it takes no more writes.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Autovacuum.html
   *
   * @default 1000000000
   */
  readonly transactionIds?: number | false;

  /**
   * Percentage of `serverlessCapacity.max` that an instance uses; of Aurora's serverless instances.
   *
   * @default 90, for fifteen minutes
   */
  readonly serverlessUtilization?: number | false;
}

const PERCENT = { min: 1, max: 100, unit: "percent" };
const GIB = { min: 0.01, max: 65_536, unit: "GiB" };

export const DATABASE_THRESHOLDS: ThresholdRanges<DatabaseThresholds> = {
  cpuUtilization: PERCENT,
  freeMemory: GIB,
  freeStorage: GIB,
  connections: { min: 1, max: 100_000, unit: "connections" },
  diskQueueDepth: { min: 1, max: 100_000, unit: "operations" },
  replicaLag: { min: 1, max: 86_400, unit: "seconds" },
  transactionIds: { min: 1_000_000, max: 2_000_000_000, unit: "ids" },
  serverlessUtilization: PERCENT,
};
