import { PropChecks } from "../validation";
import { EngineFacts, MYSQL_FACTS, POSTGRES_FACTS } from "./engine-facts";
import { EngineVersion } from "./engine-version";

/** Name of an engine, in RDS's words. */
export type EngineName = "postgres" | "mysql" | "mariadb";

export interface DatabaseEngineOptions {
  /**
   * Family of the parameter group, as in `postgres17`.
   *
   * @default - from the version; needed for versions newer than this library, and for those that are known
   * only after deploy
   */
  readonly parameterGroupFamily?: string;
}

/**
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html and its
 * counterparts, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
const ENGINES: Readonly<Record<EngineName, EngineFacts>> = {
  postgres: {
    ...POSTGRES_FACTS,
    service: "RDS",
    families: ["14", "15", "16", "17", "18"],
    logExports: ["postgresql", "upgrade"],
  },
  mysql: { ...MYSQL_FACTS, service: "RDS", families: ["8.0", "8.4"] },
  mariadb: {
    ...MYSQL_FACTS,
    title: "MariaDB",
    service: "RDS",
    families: ["10.6", "10.11", "11.4", "11.8"],
  },
};

/**
 * A database engine and its version.
 *
 * A version may be short (`"17"`, `"8.4"`), so that RDS chooses the newest minor version and applies later
 * ones in the maintenance window, or full (`"17.6"`).
 */
export class DatabaseEngine {
  /** PostgreSQL 14 to 18. */
  public static postgres(version: string, options: DatabaseEngineOptions = {}): DatabaseEngine {
    return new DatabaseEngine("postgres", version, options);
  }

  /** MySQL 8.0 and 8.4. */
  public static mysql(version: string, options: DatabaseEngineOptions = {}): DatabaseEngine {
    return new DatabaseEngine("mysql", version, options);
  }

  /** MariaDB 10.6, 10.11, 11.4 and 11.8. */
  public static mariadb(version: string, options: DatabaseEngineOptions = {}): DatabaseEngine {
    return new DatabaseEngine("mariadb", version, options);
  }

  private readonly engineVersion: EngineVersion;

  private constructor(
    public readonly name: EngineName,
    public readonly version: string,
    options: DatabaseEngineOptions,
  ) {
    this.engineVersion = new EngineVersion({
      engine: name,
      version,
      facts: this.facts,
      title: this.facts.title,
      form: /^\d+(\.\d+)*$/,
      formInWords: "with or without a minor version",
      factory: `DatabaseEngine.${name}`,
      parameterGroupFamily: options.parameterGroupFamily,
    });
  }

  /**
   * What is known of the engine, whatever its version.
   *
   * @internal
   */
  public get facts(): EngineFacts {
    return ENGINES[this.name];
  }

  /** Family of the parameter group, as in `postgres17`. */
  public get parameterGroupFamily(): string {
    return this.engineVersion.parameterGroupFamily;
  }

  /** @internal */
  public check(checks: PropChecks): void {
    this.engineVersion.check(checks);
  }
}
