import { Mutation, both, set, unset } from "./mutations";
import { Resource, Topology, blocks } from "./topology";

export const INSTANCE = "aws_db_instance";
export const CLUSTER = "aws_rds_cluster";
/** An instance of a cluster. */
export const MEMBER = "aws_rds_cluster_instance";

const KINDS = [INSTANCE, CLUSTER, MEMBER];

export function isReplica({ config }: Resource): boolean {
  return config.replicate_source_db !== undefined;
}

/** Whether a database is of one of these engines; a replica is of its source's. */
export function runs(...engines: readonly string[]) {
  return (database: Resource, topology: Topology) => engines.includes(engineOf(database, topology));
}

/** Parameters of a database, by name. Checkov sees none where there is only one. */
export function parametersOf(database: Resource, topology: Topology): Record<string, string> {
  const groups = topology.namedIn(
    [database.config.parameter_group_name, database.config.db_cluster_parameter_group_name],
    "aws_db_parameter_group",
    "aws_rds_cluster_parameter_group",
  );
  const all = groups.flatMap(({ config }) => blocks(config.parameter));
  return all.length < 2 ? {} : Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

/** The same change of databases of every kind. */
export function setAll(argument: string, value: unknown): Mutation {
  return both(...KINDS.map((type) => set(type, argument, value)));
}

export function unsetAll(argument: string): Mutation {
  return both(...KINDS.map((type) => unset(type, argument)));
}

/** A change of replicas only: what their primary has, they don't have by that. */
export function setReplicas(argument: string, value: unknown): Mutation {
  return (topology) => {
    for (const replica of topology.all(INSTANCE).filter(isReplica)) replica.config[argument] = value;
  };
}

function engineOf(database: Resource, topology: Topology): string {
  const { engine, replicate_source_db } = database.config;
  if (engine !== undefined) return engine;
  const [source] = topology.namedIn(replicate_source_db, INSTANCE);
  return source ? engineOf(source, topology) : "";
}
