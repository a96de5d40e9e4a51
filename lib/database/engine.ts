import { PropChecks, isKnown } from "../validation";

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

interface EngineFacts {
  readonly title: string;
  readonly port: number;
  /** Versions that RDS supports in the standard way, and so families of parameter groups. */
  readonly families: readonly string[];
  /** How much of a version makes the family: "17" of 17.4, "8.4" of 8.4.3. */
  readonly familyParts: number;
  /** Parameters that make the engine refuse connections without TLS, and log what is needed to understand it. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tlsParameter: string;
  /** Logs that go to CloudWatch. */
  readonly logExports: readonly string[];
  readonly maxUserNameLength: number;
  readonly maxDatabaseNameLength: number;
  readonly reservedNames: readonly string[];
  readonly reservedPrefixes: readonly string[];
}

/** Log a query that takes longer than this, in milliseconds or seconds. */
const SLOW_QUERY_MS = "1000";
const SLOW_QUERY_S = "1";

const MYSQL_FACTS = {
  port: 3306,
  familyParts: 2,
  tlsParameter: "require_secure_transport",
  parameters: {
    require_secure_transport: "1",
    slow_query_log: "1",
    long_query_time: SLOW_QUERY_S,
    log_output: "FILE",
  },
  logExports: ["audit", "error", "general", "slowquery"],
  maxUserNameLength: 16,
  maxDatabaseNameLength: 64,
  reservedPrefixes: ["rds_"],
} as const;

// SQL words that both kinds of engine keep for themselves and that people try as names.
const SQL_WORDS = [
  "all",
  "and",
  "case",
  "check",
  "column",
  "constraint",
  "create",
  "default",
  "desc",
  "distinct",
  "end",
  "for",
  "from",
  "grant",
  "group",
  "in",
  "into",
  "is",
  "like",
  "limit",
  "not",
  "null",
  "on",
  "or",
  "order",
  "primary",
  "select",
  "table",
  "to",
  "union",
  "unique",
  "using",
  "where",
  "with",
];
const MYSQL_NAMES = [
  ...SQL_WORDS,
  "information_schema",
  "innodb",
  "mysql",
  "performance_schema",
  "rdsadmin",
  "rdsrepladmin",
  "sys",
];

/**
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html and its
 * counterparts, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
const ENGINES: Readonly<Record<EngineName, EngineFacts>> = {
  postgres: {
    title: "PostgreSQL",
    port: 5432,
    families: ["14", "15", "16", "17", "18"],
    familyParts: 1,
    tlsParameter: "rds.force_ssl",
    parameters: {
      "rds.force_ssl": "1",
      log_statement: "ddl",
      log_min_duration_statement: SLOW_QUERY_MS,
    },
    logExports: ["postgresql", "upgrade"],
    maxUserNameLength: 63,
    maxDatabaseNameLength: 63,
    reservedPrefixes: ["pg_", "rds_"],
    reservedNames: [
      ...SQL_WORDS,
      "admin",
      "authorization",
      "rdsadmin",
      "rdsrepladmin",
      "template0",
      "template1",
      "user",
    ],
  },
  mysql: { ...MYSQL_FACTS, title: "MySQL", families: ["8.0", "8.4"], reservedNames: MYSQL_NAMES },
  mariadb: {
    ...MYSQL_FACTS,
    title: "MariaDB",
    families: ["10.6", "10.11", "11.4", "11.8"],
    reservedNames: MYSQL_NAMES,
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

  private constructor(
    public readonly name: EngineName,
    public readonly version: string,
    private readonly options: DatabaseEngineOptions,
  ) {}

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
    return this.options.parameterGroupFamily ?? `${this.name}${this.majorVersion}`;
  }

  /** @internal */
  public check(checks: PropChecks): void {
    const { families, title } = this.facts;
    const family = this.options.parameterGroupFamily;
    checks.matches("engine.parameterGroupFamily", family, new RegExp(`^${this.name}\\d+(\\.\\d+)?$`), {
      allowed: `a family of ${this.name}, as in ${this.name}${families.at(-1)}`,
      remedy: `Families are listed by: aws rds describe-db-engine-versions --engine ${this.name}.`,
    });
    if (family !== undefined) return;
    const known =
      isKnown(this.version) && /^\d+(\.\d+)*$/.test(this.version) && families.includes(this.majorVersion);
    checks.require(known, {
      prop: "engine",
      value: this.version,
      allowed: `versions of ${title} ${families.join(", ")}, with or without a minor version`,
      remedy:
        `For another one, name the family of its parameter group: ` +
        `DatabaseEngine.${this.name}(version, { parameterGroupFamily: "${this.name}…" }).`,
    });
  }

  private get majorVersion(): string {
    return this.version.split(".").slice(0, this.facts.familyParts).join(".");
  }
}
