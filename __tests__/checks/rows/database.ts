import { CheckRow } from "../check-row";
import { CLUSTER, INSTANCE, MEMBER, isReplica, runs, setAll, setReplicas, unsetAll } from "../databases";
import { add, both, remove, set, unset } from "../mutations";

export const DATABASE: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_16", "CKV_AWS_96", "AWS-0079", "AWS-0080", "AwsSolutions-RDS2", "RDS.3", "REL09-BP02"],
    demands: "databases are encrypted, replicas and by that backups, too",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.storage_encrypted === true,
    breaks: [unsetAll("storage_encrypted"), setReplicas("storage_encrypted", false)],
  },
  {
    ids: ["CKV_AWS_17", "AWS-0180", "RDS.2"],
    demands: "databases have no public address",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) => config.publicly_accessible === false,
    breaks: setAll("publicly_accessible", true),
  },
  {
    ids: ["RDS.46"],
    demands: "databases stand in subnets without a way to the internet",
    metBy: "Network, the data tier",
    on: ["aws_db_subnet_group"],
    passes: ({ config }, topology) =>
      topology
        .namedIn(config.subnet_ids, "aws_subnet")
        .flatMap((subnet) => topology.naming(subnet, "aws_route_table_association"))
        .flatMap((association) => topology.namedIn(association.config.route_table_id, "aws_route_table"))
        .flatMap((table) => topology.naming(table, "aws_route"))
        .every(({ config: route }) => topology.namedIn(route, "aws_internet_gateway").length === 0),
    breaks: (topology) => {
      for (const { config } of topology.all("aws_route_table_association")) {
        config.route_table_id = topology
          .all("aws_route")
          .find((one) => one.config.gateway_id)!.config.route_table_id;
      }
    },
  },
  {
    ids: ["CKV_AWS_133", "AWS-0077", "AwsSolutions-RDS13", "RDS.11", "REL09-BP03"],
    demands: "automatic backups are kept for seven days or more",
    metBy: "database.backupRetention",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.backup_retention_period >= 7 && config.backup_retention_period <= 35,
    breaks: [setAll("backup_retention_period", 1), setReplicas("backup_retention_period", 0)],
  },
  {
    ids: ["CKV_AWS_157", "AwsSolutions-RDS3", "RDS.5", "REL11-BP02"],
    demands: "instances have a standby in another zone that takes over",
    metBy: "database.multiAz",
    on: [INSTANCE],
    passes: ({ config }) => config.multi_az === true,
    breaks: [unset(INSTANCE, "multi_az"), setReplicas("multi_az", false)],
  },
  {
    ids: ["CKV_AWS_161", "CKV_AWS_162", "AWS-0176", "RDS.10"],
    demands: "people and programs can sign in by IAM",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.iam_database_authentication_enabled === true,
    breaks: [
      unsetAll("iam_database_authentication_enabled"),
      setReplicas("iam_database_authentication_enabled", false),
    ],
  },
  {
    ids: ["CKV_AWS_211"],
    demands: "certificates are of an authority that AWS still has",
    metBy: "DatabasePair and AuroraCluster, which leave it to RDS",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) =>
      [undefined, "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"].includes(
        config.ca_cert_identifier,
      ),
    breaks: setAll("ca_cert_identifier", "rds-ca-2019"),
  },
  {
    ids: ["CKV_AWS_226", "RDS.13"],
    demands: "minor upgrades are automatic, which is written out",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) => config.auto_minor_version_upgrade === true,
    breaks: [unsetAll("auto_minor_version_upgrade"), setReplicas("auto_minor_version_upgrade", false)],
  },
  {
    ids: ["CKV_AWS_250", "CKV_AWS_388"],
    demands: "no PostgreSQL that lets users read files through log_fdw",
    metBy: "DatabaseEngine and AuroraEngine, which know newer versions only",
    on: [INSTANCE, CLUSTER],
    where: runs("postgres", "aurora-postgresql"),
    passes: ({ config }) => parseInt(config.engine_version, 10) >= 14,
    breaks: setAll("engine_version", "11.6"),
  },
  {
    ids: ["CKV_AWS_139", "CKV_AWS_293", "AWS-0177", "AWS-0343", "AwsSolutions-RDS10", "RDS.8"],
    demands: "deletion protection",
    metBy: "deletionProtection",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.deletion_protection === true,
    breaks: [unsetAll("deletion_protection"), setReplicas("deletion_protection", false)],
  },
  {
    ids: ["CKV2_AWS_60", "CKV_AWS_313", "RDS.17"],
    demands: "snapshots have the database's tags",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.copy_tags_to_snapshot === true,
    breaks: [unsetAll("copy_tags_to_snapshot"), setReplicas("copy_tags_to_snapshot", false)],
  },
  {
    ids: ["AwsSolutions-RDS11", "RDS.23"],
    demands: "databases listen on another port than the engine's own",
    metBy: "database.port",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.port !== undefined && ![3306, 5432].includes(config.port),
    breaks: setAll("port", 5432),
  },
  {
    ids: ["RDS.25"],
    demands: "the first user has a name of its own",
    metBy: "database.credentials.username",
    on: [INSTANCE, CLUSTER],
    where: (database) => !isReplica(database),
    passes: ({ config }) =>
      !["admin", "postgres", undefined].includes(config.username ?? config.master_username),
    breaks: both(set(INSTANCE, "username", "postgres"), set(CLUSTER, "master_username", "admin")),
  },
  {
    ids: ["CKV_AWS_327"],
    demands: "a cluster is encrypted with a key of one's own",
    metBy: "database.kmsKeyArn, with EncryptionKey",
    on: [CLUSTER],
    passes: ({ config }) => config.kms_key_id !== undefined,
    mends: set(CLUSTER, "kms_key_id", "arn"),
    breaks: unset(CLUSTER, "kms_key_id"),
  },
  {
    ids: ["CKV_AWS_326"],
    demands: "Aurora MySQL can be wound back",
    metBy: "database.backtrackWindow",
    on: [CLUSTER],
    where: runs("aurora-mysql"),
    passes: ({ config }) => config.backtrack_window > 0,
    mends: set(CLUSTER, "backtrack_window", 3600),
    breaks: unset(CLUSTER, "backtrack_window"),
  },
  {
    ids: ["CKV2_AWS_8"],
    demands: "a cluster is in a plan of AWS Backup",
    metBy: "your own aws_backup_selection",
    on: [CLUSTER],
    passes: (cluster, topology) => topology.naming(cluster, "aws_backup_selection").length > 0,
    mends: add("aws_backup_selection", (topology) => ({
      resources: topology.all(CLUSTER).map(({ address }) => `\${${address}.arn}`),
    })),
    breaks: remove("aws_backup_selection"),
  },
];
