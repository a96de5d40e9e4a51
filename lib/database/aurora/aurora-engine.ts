import { PropChecks } from "../../validation";
import { EngineFacts, MYSQL_FACTS, POSTGRES_FACTS } from "../engine-facts";
import { EngineVersion } from "../engine-version";

/** Name of an Aurora engine, in RDS's words. */
export type AuroraEngineName = "aurora-postgresql" | "aurora-mysql";

export interface AuroraEngineOptions {
  /**
   * Family of the parameter group, as in `aurora-postgresql17` or `aurora-mysql8.0`.
   *
   * @default - from the version; needed for versions newer than this library, and for those that are known
   * only after deploy
   */
  readonly parameterGroupFamily?: string;
}

/** An Aurora engine as applications, RDS and messages know it. */
interface AuroraFacts extends EngineFacts {
  /** What applications speak. */
  readonly engineName: "postgres" | "mysql";
  /** Form of a version, and how a message says it. */
  readonly form: RegExp;
  readonly formInWords: string;
  /** Whether a cluster can be wound back without a restore. */
  readonly backtracks: boolean;
}

/**
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.Versions.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
 */
const ENGINES: Readonly<Record<AuroraEngineName, AuroraFacts>> = {
  "aurora-postgresql": {
    ...POSTGRES_FACTS,
    engineName: "postgres",
    service: "Aurora",
    families: ["14", "15", "16", "17", "18"],
    form: /^\d+(\.\d+)?$/,
    formInWords: "with or without a minor version",
    logExports: ["postgresql"],
    backtracks: false,
  },
  "aurora-mysql": {
    ...MYSQL_FACTS,
    engineName: "mysql",
    service: "Aurora",
    families: ["8.0", "8.4"],
    form: /^\d+\.\d+(\.mysql_aurora\.\d+\.\d+\.\d+)?$/,
    formInWords: "short or in full, as in 8.0.mysql_aurora.3.08.2",
    parameters: {
      ...MYSQL_FACTS.parameters,
      // Unlike RDS's MySQL, Aurora's takes words here.
      require_secure_transport: "ON",
      // The audit log is empty until it is told what to hold.
      server_audit_logging: "1",
      server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL",
    },
    backtracks: true,
  },
};

/**
 * An Aurora engine and its version.
 *
 * A version may be short (`"17"`, `"8.0"`): Aurora then starts with its default minor version and upgrades itself
 * in the maintenance window, and Terraform sees no difference. With a full version (`"17.4"`,
 * `"8.0.mysql_aurora.3.08.2"`), raise it here when Aurora has upgraded itself: Terraform would go back, which
 * Aurora refuses.
 */
export class AuroraEngine {
  /** Aurora PostgreSQL 14 to 18. */
  public static postgres(version: string, options: AuroraEngineOptions = {}): AuroraEngine {
    return new AuroraEngine("aurora-postgresql", version, options);
  }

  /** Aurora MySQL that speaks as MySQL 8.0 (Aurora's own version 3) or 8.4. */
  public static mysql(version: string, options: AuroraEngineOptions = {}): AuroraEngine {
    return new AuroraEngine("aurora-mysql", version, options);
  }

  private readonly engineVersion: EngineVersion;

  private constructor(
    public readonly name: AuroraEngineName,
    public readonly version: string,
    options: AuroraEngineOptions,
  ) {
    const { title, form, formInWords, engineName } = this.facts;
    this.engineVersion = new EngineVersion({
      engine: name,
      version,
      facts: this.facts,
      title: `Aurora ${title}`,
      form,
      formInWords,
      factory: `AuroraEngine.${engineName}`,
      parameterGroupFamily: options.parameterGroupFamily,
    });
  }

  /** What applications speak: `postgres` or `mysql`. */
  public get engineName(): "postgres" | "mysql" {
    return this.facts.engineName;
  }

  /**
   * What is known of the engine, whatever its version.
   *
   * @internal
   */
  public get facts(): AuroraFacts {
    return ENGINES[this.name];
  }

  /** Family of the cluster's parameter group, as in `aurora-postgresql17`. */
  public get parameterGroupFamily(): string {
    return this.engineVersion.parameterGroupFamily;
  }

  /** @internal */
  public check(checks: PropChecks): void {
    this.engineVersion.check(checks);
  }
}
