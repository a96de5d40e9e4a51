import { CheckRow } from "../check-row";
import { CLUSTER, INSTANCE, MEMBER, parametersOf, runs, setAll, unsetAll } from "../databases";
import { both, remove, set, unset } from "../mutations";
import { Resource, Topology } from "../topology";

function exports(...logs: readonly string[]) {
  return ({ config }: Resource) => {
    const exported: string[] = config.enabled_cloudwatch_logs_exports ?? [];
    return logs.every((log) => exported.includes(log));
  };
}

export const DATABASE_LOGS: readonly CheckRow[] = [
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
    metBy: "database.kmsKeyArn, with EncryptionKey",
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
    metBy: "Monitoring",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-instance", "maintenance", "configuration change", "failure"),
    breaks: set("aws_db_event_subscription", "event_categories", ["failure"]),
  },
  {
    ids: ["RDS.21"],
    demands: "somebody is told of changes of parameter groups",
    metBy: "Monitoring; of clusters with routineEvents",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-parameter-group", "configuration change"),
    breaks: remove("aws_db_event_subscription"),
  },
  {
    ids: ["RDS.22"],
    demands: "somebody is told of changes of database security groups",
    metBy: "Monitoring, routineEvents",
    on: [INSTANCE, MEMBER],
    passes: isToldOf("db-security-group", "configuration change", "failure"),
    breaks: remove("aws_db_event_subscription"),
  },
];
