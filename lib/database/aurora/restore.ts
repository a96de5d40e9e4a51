import { RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { PropChecks } from "../../validation";

/** A snapshot of an Aurora cluster, or of an RDS instance of the same engine. */
export interface RestoreFromSnapshot {
  /** Identifier of the snapshot, or its ARN, which is needed for one that another account shares. */
  readonly snapshot: string;
}

/** A cluster at a point in time, from its automatic backups. Give `cluster` or `clusterResourceId`. */
export interface RestoreFromCluster {
  /** Identifier of a cluster that exists, or its ARN. */
  readonly cluster?: string;

  /**
   * Resource id of a cluster, as in `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`: for one that was deleted and whose backups
   * are kept. They are listed by: `aws rds describe-db-cluster-automated-backups`.
   */
  readonly clusterResourceId?: string;

  /**
   * Time in UTC, as in `2026-01-31T18:00:00Z`.
   *
   * @default - the latest that can be restored, usually some five minutes ago
   */
  readonly time?: string;

  /**
   * Whether the two share storage until one of them writes: ready within minutes and nearly free, for the latest
   * time only.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Clone.html
   *
   * @default false
   */
  readonly copyOnWrite?: boolean;
}

/** Where the data of a new cluster comes from. */
export type RestoreFrom = RestoreFromSnapshot | RestoreFromCluster;

/** Each of both kinds, with what belongs to the other absent. */
type AnyRestore = Partial<RestoreFromSnapshot & RestoreFromCluster>;

const SOURCES = ["snapshot", "cluster", "clusterResourceId"] as const;
/** An identifier, which starts with `rds:` or `awsbackup:` where a service made the snapshot, or an ARN. */
const SNAPSHOT =
  /^(arn:aws[a-z-]*:rds:[^:]+:\d{12}:(cluster-)?snapshot:.+|((rds|awsbackup):)?[a-zA-Z][a-zA-Z0-9-]{0,254})$/;
const CLUSTER = /^(arn:aws[a-z-]*:rds:[^:]+:\d{12}:cluster:.+|[a-z][a-z0-9-]{0,62})$/;
const RESOURCE_ID = /^cluster-[A-Z0-9]+$/;
const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/**
 * What says to the provider where the data comes from, whether or not it does: Terraform would replace a cluster
 * for any of these that are said later, or no longer.
 */
export const RESTORE_ARGUMENTS = ["snapshot_identifier", "restore_to_point_in_time"];

/** What a restored cluster has from its source, whatever is said here. */
export const RESTORED_ARGUMENTS = ["master_username", "database_name", "storage_encrypted"];

/**
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 */
export function checkRestore(checks: PropChecks, restoreFrom: RestoreFrom | undefined): void {
  if (restoreFrom === undefined) return;
  const { snapshot, cluster, clusterResourceId, time, copyOnWrite }: AnyRestore = restoreFrom;
  const given = SOURCES.filter((source) => (restoreFrom as AnyRestore)[source] !== undefined);
  checks.require(given.length === 1, {
    prop: "restoreFrom",
    value: restoreFrom,
    allowed: `one of ${SOURCES.join(", ")}`,
    remedy: "Name the snapshot, or the cluster whose backups are taken.",
  });
  checks.matches("restoreFrom.snapshot", snapshot, SNAPSHOT, {
    allowed: "the identifier or the ARN of a snapshot",
    remedy: "Snapshots are listed by: aws rds describe-db-cluster-snapshots.",
  });
  checks.matches("restoreFrom.cluster", cluster, CLUSTER, {
    allowed: "the identifier or the ARN of a cluster",
    remedy: "Clusters are listed by: aws rds describe-db-clusters.",
  });
  checks.matches("restoreFrom.clusterResourceId", clusterResourceId, RESOURCE_ID, {
    allowed: "the resource id of a cluster, as in cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    remedy: "They are listed by: aws rds describe-db-cluster-automated-backups.",
  });
  checks.matches("restoreFrom.time", time, TIME, {
    allowed: "a time in UTC, as in 2026-01-31T18:00:00Z",
    remedy: "Leave it out for the latest time that can be restored.",
  });
  for (const [name, value] of Object.entries({ time, copyOnWrite })) {
    checks.require(snapshot === undefined || value === undefined, {
      prop: `restoreFrom.${name}`,
      value,
      allowed: "nothing beside snapshot, which is of one time",
      remedy: "Leave it out, or name the cluster in place of the snapshot.",
    });
  }
  checks.require(!copyOnWrite || time === undefined, {
    prop: "restoreFrom.time",
    value: time,
    allowed: "nothing beside copyOnWrite, which shares what the cluster holds now",
    remedy: "Leave out one of them.",
  });
}

/** The restore as the provider takes it. */
export function restoreConfig(
  restoreFrom: RestoreFrom | undefined,
): Pick<RdsClusterConfig, "snapshotIdentifier" | "restoreToPointInTime"> {
  if (restoreFrom === undefined) return {};
  const { snapshot, cluster, clusterResourceId, time, copyOnWrite }: AnyRestore = restoreFrom;
  if (snapshot !== undefined) return { snapshotIdentifier: snapshot };
  return {
    restoreToPointInTime: {
      sourceClusterIdentifier: cluster,
      sourceClusterResourceId: clusterResourceId,
      restoreToTime: time,
      useLatestRestorableTime: time === undefined ? true : undefined,
      restoreType: copyOnWrite ? "copy-on-write" : "full-copy",
    },
  };
}
