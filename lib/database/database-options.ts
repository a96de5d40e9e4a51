import { checkKeyArn } from "../encryption/key-arn";
import { checkLogRetention } from "../logs";
import { PropChecks } from "../validation";
import { CredentialsOptions, checkCredentials } from "./credentials";
import { TimesOptions } from "./database-times";
import { checkMonitoringInterval } from "./instance-monitoring";

/** What can be chosen about a database, whether it is a pair or a cluster. */
export interface DatabaseOptions extends TimesOptions {
  /** Name of the database that is made in it: letters, digits and underscores, starting with a letter. */
  readonly databaseName: string;

  /** User name, and what becomes of the password. */
  readonly credentials?: CredentialsOptions;

  /**
   * Whether RDS may go to another major version when `engine` says so. Read the engine's release notes, try it on
   * a database restored from a backup, deploy it with `applyImmediately`, and switch both off again afterwards.
   *
   * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html,
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Updating.html
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Whether changes that interrupt the database are made at once, and not in the maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;

  /**
   * Whether RDS refuses to delete the database. To destroy it, deploy with `false` first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * ARN of a KMS key of your own (not of an alias) that encrypts storage and Performance Insights; `EncryptionKey`
   * for `database` makes one. It takes effect when the database is made: added or changed later, it does nothing to
   * what is there, and Performance Insights that is switched on later has AWS's key. Keep it as long as the database
   * and its snapshots: without it nobody can read them.
   *
   * To move data to another key, copy a snapshot with it (`aws rds copy-db-snapshot --kms-key-id …`, or
   * `copy-db-cluster-snapshot`), and restore the copy: for a pair `npx tandem roles restore --snapshot …`, for a
   * cluster a new one with `restoreFrom`.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
   *
   * @default - AWS's key for RDS, which is free
   */
  readonly kmsKeyArn?: string;

  /**
   * TCP port, 1150 to 65535. Changing it restarts all instances at once.
   *
   * @default - the engine's own: 5432, or 3306
   */
  readonly port?: number;

  /**
   * Seconds between two of Enhanced Monitoring's looks at the operating system: 1, 5, 10, 15, 30 or 60; 0
   * switches it off. CloudWatch charges for its logs.
   *
   * @default 60
   */
  readonly monitoringInterval?: number;

  /**
   * Days that the engine's logs are kept in CloudWatch Logs; 0 keeps them for ever.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * ARN of a KMS key of your own that encrypts the engine's logs, whose policy lets CloudWatch Logs use it:
   * `EncryptionKey` for `logs` makes one. What was written before stays as it is.
   *
   * @default - CloudWatch's own, which is free
   */
  readonly logKmsKeyArn?: string;
}

export const DEFAULT_USERNAME = "tandem";
export const DEFAULT_BACKUP_RETENTION = 7;

/**
 * How long Terraform waits for a database. The provider's own 40 minutes are too short for large ones: what it gave up
 * waiting for, it deletes and makes anew with the next apply.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#timeouts
 */
export const TIMEOUTS = { create: "24h", update: "24h", delete: "24h" } as const;

/** Checks what is the same for pairs and clusters. */
export function checkDatabaseOptions(checks: PropChecks, options: DatabaseOptions): void {
  checkCredentials(checks, options.credentials ?? {});
  checks.integer("port", options.port, { min: 1150, max: 65535 }, "Leave it out for the engine's own port.");
  checkKeyArn(checks, "kmsKeyArn", options.kmsKeyArn);
  checkLogRetention(checks, "logRetentionDays", options.logRetentionDays);
  checkKeyArn(checks, "logKmsKeyArn", options.logKmsKeyArn);
  checkMonitoringInterval(checks, options.monitoringInterval);
}
