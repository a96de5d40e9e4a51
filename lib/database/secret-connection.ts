/** Where the database is, for whoever changes its password; in the secret beside user name and password. */
export interface SecretConnection {
  /** Engine, in RDS's words: `postgres`, `aurora-mysql`. */
  readonly engine: string;
  readonly databaseName: string;
  readonly port: number;
  /** Name of the writer, if it is known before the database is there. */
  readonly host?: string;
  /** Identifier of the cluster, for whoever asks RDS for the writer's name. */
  readonly clusterIdentifier?: string;
}

/**
 * The keys that Secrets Manager and its templates of rotation functions know.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function connectionKeys(connection: SecretConnection): Record<string, string | number> {
  const { engine, databaseName, port, host, clusterIdentifier } = connection;
  return {
    engine,
    dbname: databaseName,
    port,
    ...(host !== undefined && { host }),
    ...(clusterIdentifier !== undefined && { dbClusterIdentifier: clusterIdentifier }),
  };
}
