import { CheckRow } from "../check-row";
import { CLUSTER, INSTANCE, parametersOf, runs } from "../databases";
import { both, set } from "../mutations";
import { Resource, Topology, blocks } from "../topology";

function forcesTls(parameter: string) {
  return (database: Resource, topology: Topology) =>
    ["1", "ON"].includes(parametersOf(database, topology)[parameter] ?? "");
}

const setParameters = (value: string) =>
  both(
    set("aws_db_parameter_group", "parameter.value", value),
    set("aws_rds_cluster_parameter_group", "parameter.value", value),
  );

export const DATABASE_TLS: readonly CheckRow[] = [
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
];
