import { CheckRow } from "../check-row";
import { add, both, remove, set, unset } from "../mutations";
import { Resource, Topology, blocks } from "../topology";

const INSTANCE = "aws_db_instance";
const CLUSTER = "aws_rds_cluster";
const MEMBER = "aws_rds_cluster_instance";

/** The same change on databases of both kinds. */
const setAll = (argument: string, value: unknown) =>
  both(...[INSTANCE, CLUSTER, MEMBER].map((type) => set(type, argument, value)));
const unsetAll = (argument: string) =>
  both(...[INSTANCE, CLUSTER, MEMBER].map((type) => unset(type, argument)));

function isReplica({ config }: Resource): boolean {
  return config.replicate_source_db !== undefined;
}

/** Engine of an instance; a replica's is that of its source. */
function engineOf(database: Resource, topology: Topology): string {
  const { engine, replicate_source_db } = database.config;
  if (engine !== undefined) return engine;
  const [source] = topology.namedIn(replicate_source_db, INSTANCE);
  return source ? engineOf(source, topology) : "";
}

function runs(...engines: readonly string[]) {
  return (database: Resource, topology: Topology) => engines.includes(engineOf(database, topology));
}

function exports(...logs: readonly string[]) {
  return ({ config }: Resource) => {
    const exported: string[] = config.enabled_cloudwatch_logs_exports ?? [];
    return logs.every((log) => exported.includes(log));
  };
}

/** Parameters of a database, by name. Checkov sees none where there is only one. */
function parametersOf(database: Resource, topology: Topology): Record<string, string> {
  const groups = topology.namedIn(
    [database.config.parameter_group_name, database.config.db_cluster_parameter_group_name],
    "aws_db_parameter_group",
    "aws_rds_cluster_parameter_group",
  );
  const all = groups.flatMap(({ config }) => blocks(config.parameter));
  return all.length < 2 ? {} : Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

function forcesTls(parameter: string) {
  return (database: Resource, topology: Topology) =>
    ["1", "ON"].includes(parametersOf(database, topology)[parameter] ?? "");
}

const setParameters = (value: string) =>
  both(
    set("aws_db_parameter_group", "parameter.value", value),
    set("aws_rds_cluster_parameter_group", "parameter.value", value),
  );

export const DATABASE: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_16", "CKV_AWS_96", "AWS-0079", "AWS-0080", "AwsSolutions-RDS2", "RDS.3", "REL09-BP02"],
    demands: "databases are encrypted, replicas and by that backups, too",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.storage_encrypted === true,
    breaks: unsetAll("storage_encrypted"),
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
    ids: ["CKV_AWS_118", "RDS.6"],
    demands: "enhanced monitoring",
    metBy: "database.monitoringInterval",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) => [1, 5, 10, 15, 30, 60].includes(config.monitoring_interval),
    breaks: setAll("monitoring_interval", 0),
  },
  {
    ids: ["CKV_AWS_353", "AWS-0133"],
    demands: "Performance Insights",
    metBy: "database.performanceInsights",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) => config.performance_insights_enabled === true,
    breaks: setAll("performance_insights_enabled", false),
  },
  {
    ids: ["CKV_AWS_354", "AWS-0078"],
    demands: "Performance Insights are encrypted with a key of one's own",
    metBy: "encryption, or database.kmsKeyArn",
    on: [INSTANCE, MEMBER],
    passes: ({ config }) => config.performance_insights_kms_key_id !== undefined,
    breaks: unsetAll("performance_insights_kms_key_id"),
  },
  {
    ids: ["CKV_AWS_129", "CKV_AWS_324"],
    demands: "logs go to CloudWatch",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => (config.enabled_cloudwatch_logs_exports ?? []).length > 0,
    breaks: unsetAll("enabled_cloudwatch_logs_exports"),
  },
  {
    ids: ["RDS.36"],
    demands: "PostgreSQL's two logs go to CloudWatch",
    metBy: "DatabasePair",
    on: [INSTANCE],
    where: runs("postgres"),
    passes: exports("postgresql", "upgrade"),
    breaks: set(INSTANCE, "enabled_cloudwatch_logs_exports", ["postgresql"]),
  },
  {
    ids: ["RDS.9"],
    demands: "all logs of MySQL, and those of PostgreSQL, go to CloudWatch",
    metBy: "DatabasePair",
    on: [INSTANCE],
    where: runs("mysql", "postgres"),
    passes: (database, topology) =>
      runs("postgres")(database, topology)
        ? exports("postgresql", "upgrade")(database)
        : exports("audit", "error", "general", "slowquery")(database),
    breaks: set(INSTANCE, "enabled_cloudwatch_logs_exports", ["error"]),
  },
  {
    ids: ["RDS.42"],
    demands: "all logs of MariaDB go to CloudWatch",
    metBy: "DatabasePair",
    on: [INSTANCE],
    where: runs("mariadb"),
    passes: exports("audit", "error", "general", "slowquery"),
    breaks: set(INSTANCE, "enabled_cloudwatch_logs_exports", ["error"]),
  },
  {
    ids: ["CKV_AWS_325"],
    demands: "Aurora MySQL's audit log goes to CloudWatch",
    metBy: "AuroraCluster",
    on: [CLUSTER],
    where: runs("aurora-mysql"),
    passes: exports("audit"),
    breaks: unset(CLUSTER, "enabled_cloudwatch_logs_exports"),
  },
  {
    ids: ["CKV2_AWS_27", "CKV2_AWS_30"],
    demands: "PostgreSQL logs statements and slow queries",
    metBy: "the parameter group",
    on: [INSTANCE, CLUSTER],
    where: runs("postgres", "aurora-postgresql"),
    passes: (database, topology) => {
      const parameters = parametersOf(database, topology);
      return "log_statement" in parameters && "log_min_duration_statement" in parameters;
    },
    breaks: both(
      unset("aws_db_parameter_group", "parameter"),
      unset("aws_rds_cluster_parameter_group", "parameter"),
    ),
  },
  {
    ids: ["CKV2_AWS_69"],
    demands: "databases refuse connections without TLS, by one of two or more parameters",
    metBy: "the parameter group",
    on: [INSTANCE, CLUSTER],
    passes: (database, topology) =>
      forcesTls("rds.force_ssl")(database, topology) ||
      forcesTls("require_secure_transport")(database, topology),
    breaks: (topology) => {
      for (const { config } of topology.all("aws_db_parameter_group", "aws_rds_cluster_parameter_group")) {
        config.parameter = blocks(config.parameter).slice(-1);
      }
    },
  },
  {
    ids: ["RDS.38"],
    demands: "PostgreSQL refuses connections without TLS",
    metBy: "the parameter group",
    on: [INSTANCE],
    where: runs("postgres"),
    passes: forcesTls("rds.force_ssl"),
    breaks: setParameters("0"),
  },
  {
    ids: ["RDS.39", "RDS.44"],
    demands: "MySQL and MariaDB refuse connections without TLS",
    metBy: "the parameter group",
    on: [INSTANCE],
    where: runs("mysql", "mariadb"),
    passes: forcesTls("require_secure_transport"),
    breaks: setParameters("0"),
  },
  {
    ids: ["CKV_AWS_133", "AWS-0077", "AwsSolutions-RDS13", "RDS.11", "REL09-BP03"],
    demands: "automatic backups are kept for seven days or more",
    metBy: "database.backupRetention",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.backup_retention_period >= 7 && config.backup_retention_period <= 35,
    breaks: setAll("backup_retention_period", 1),
  },
  {
    ids: ["CKV_AWS_157", "AwsSolutions-RDS3", "RDS.5", "REL11-BP02"],
    demands: "instances have a standby in another zone that takes over",
    metBy: "database.multiAz",
    on: [INSTANCE],
    passes: ({ config }) => config.multi_az === true,
    breaks: unset(INSTANCE, "multi_az"),
  },
  {
    ids: ["CKV_AWS_161", "CKV_AWS_162", "AWS-0176", "RDS.10"],
    demands: "people and programs can sign in by IAM",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.iam_database_authentication_enabled === true,
    breaks: unsetAll("iam_database_authentication_enabled"),
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
    breaks: unsetAll("auto_minor_version_upgrade"),
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
    breaks: unsetAll("deletion_protection"),
  },
  {
    ids: ["CKV2_AWS_60", "CKV_AWS_313", "RDS.17"],
    demands: "snapshots have the database's tags",
    metBy: "DatabasePair and AuroraCluster",
    on: [INSTANCE, CLUSTER],
    passes: ({ config }) => config.copy_tags_to_snapshot === true,
    breaks: unsetAll("copy_tags_to_snapshot"),
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
    metBy: "encryption, or database.kmsKeyArn",
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

/** Whether somebody hears of such events; a subscription without categories is of all of them. */
function isToldOf(sourceType: string, ...categories: readonly string[]) {
  return ({ type }: Resource, topology: Topology) =>
    topology.all("aws_db_event_subscription").some(({ config }) => {
      // Aurora tells what happens to its instances as events of the cluster, too.
      const wanted = type === MEMBER ? sourceType.replace("db-instance", "db-cluster") : sourceType;
      const types = [undefined, sourceType, wanted];
      return (
        config.enabled !== false &&
        types.includes(config.source_type) &&
        categories.every((category) => (config.event_categories ?? [category]).includes(category))
      );
    });
}

export const DATABASE_EVENTS: readonly CheckRow[] = [
  {
    ids: ["RDS.20"],
    demands: "somebody is told of failures, maintenance and changes of databases",
    metBy: "monitoring",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-instance", "maintenance", "configuration change", "failure"),
    breaks: set("aws_db_event_subscription", "event_categories", ["failure"]),
  },
  {
    ids: ["RDS.21"],
    demands: "somebody is told of changes of parameter groups",
    metBy: "monitoring",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-parameter-group", "configuration change"),
    breaks: remove("aws_db_event_subscription"),
  },
  {
    ids: ["RDS.22"],
    demands: "somebody is told of changes of database security groups",
    metBy: "monitoring",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-security-group", "configuration change", "failure"),
    breaks: remove("aws_db_event_subscription"),
  },
];
