/** What has to be known of an engine, whatever its version. */
export interface EngineFacts {
  readonly title: string;
  /** Who runs the engine. */
  readonly service: "RDS" | "Aurora";
  readonly port: number;
  /** Versions that are supported in the standard way, and so families of parameter groups. */
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

/** What PostgreSQL is wherever it runs. */
export const POSTGRES_FACTS = {
  title: "PostgreSQL",
  port: 5432,
  familyParts: 1,
  tlsParameter: "rds.force_ssl",
  parameters: {
    "rds.force_ssl": "1",
    log_statement: "ddl",
    log_min_duration_statement: SLOW_QUERY_MS,
  },
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
} as const;

/** What MySQL and its relatives are wherever they run. */
export const MYSQL_FACTS = {
  title: "MySQL",
  port: 3306,
  familyParts: 2,
  tlsParameter: "require_secure_transport",
  parameters: {
    require_secure_transport: "1",
    slow_query_log: "1",
    long_query_time: SLOW_QUERY_S,
    log_output: "FILE",
    // A host that only looks whether it reaches the database says nothing when it is there, which counts as an
    // error: after so many of them in a row MySQL shuts the host out.
    max_connect_errors: "1000000",
  },
  logExports: ["audit", "error", "general", "slowquery"],
  maxUserNameLength: 16,
  maxDatabaseNameLength: 64,
  reservedPrefixes: ["rds_"],
  reservedNames: [
    ...SQL_WORDS,
    "information_schema",
    "innodb",
    "mysql",
    "performance_schema",
    "rdsadmin",
    "rdsrepladmin",
    "sys",
  ],
} as const;
