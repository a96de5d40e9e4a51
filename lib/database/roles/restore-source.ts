/** A snapshot that an instance is made from. */
export interface SnapshotSource {
  /** Its identifier, or its ARN, as in `rds:shop-a1-2026-11-24-03-07`. */
  readonly snapshot: string;
}

/**
 * Automatic backups that an instance is made from, as they were at some moment. One of `instance`, `resourceId` and
 * `automatedBackupsArn` is needed.
 */
export interface PointInTimeSource {
  /** Identifier of an instance that exists, as in `shop-a1`. */
  readonly instance?: string;
  /** Resource id of an instance that was deleted and whose backups were kept, as in `db-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. */
  readonly resourceId?: string;
  /** ARN of backups that were replicated from another region. */
  readonly automatedBackupsArn?: string;
  /**
   * The moment, in UTC: `2026-11-24T03:07:00Z`.
   *
   * @default - the latest that backups reach, usually five minutes ago
   */
  readonly time?: string;
}

/**
 * What an instance is made from, if not empty. It takes effect only when the instance is made; RDS makes another
 * instance of a backup, and never takes one back into an instance that exists. It stays in the roles for as long as
 * the instance does.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 */
export type RestoreSource = SnapshotSource | PointInTimeSource;

/** What each origin looks like. Sources: the API's CreateDBSnapshot, RestoreDBInstanceToPointInTime. */
const FORMS: Readonly<
  Record<string, { readonly form: RegExp; readonly allowed: string; readonly listed: string }>
> = {
  snapshot: {
    form: /^(arn:aws[a-z-]*:rds:[^:]+:\d{12}:snapshot:.+|((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]{0,254})$/,
    allowed: "the identifier or the ARN of a snapshot",
    listed: "describe-db-snapshots",
  },
  instance: {
    form: /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
    allowed: "the identifier of an instance, as in shop-a1",
    listed: "describe-db-instances",
  },
  resourceId: {
    form: /^db-[A-Z0-9]+$/,
    allowed: "the resource id of an instance, as in db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    listed: "describe-db-instance-automated-backups",
  },
  automatedBackupsArn: {
    form: /^arn:aws[a-z-]*:rds:[^:]+:\d{12}:auto-backup:.+$/,
    allowed: "the ARN of automated backups, as in arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-…",
    listed: "describe-db-instance-automated-backups",
  },
};
const ORIGINS = Object.keys(FORMS);
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What is wrong with a restore source. */
export interface RestoreSourceProblem {
  /** Where in it, as in `.time`; empty for all of it. */
  readonly key: string;
  readonly value: unknown;
  readonly allowed: string;
  readonly remedy: string;
}

export function restoreSourceProblem(source: RestoreSource): RestoreSourceProblem | undefined {
  const given = Object.entries(source as Readonly<Record<string, unknown>>).filter(
    ([, value]) => value !== undefined,
  );
  for (const [key, value] of given) {
    const form = key === "time" ? undefined : FORMS[key];
    if (key !== "time" && !form) {
      const allowed = `one of ${ORIGINS.join(", ")}, and time`;
      return { key: `.${key}`, value, allowed, remedy: "Leave it out." };
    }
    // A token, known only after deploy, is text with ${ in it.
    if (typeof value === "string" && value.includes("${")) continue;
    if (form && !(typeof value === "string" && form.form.test(value))) {
      return {
        key: `.${key}`,
        value,
        allowed: form.allowed,
        remedy: `They are listed by: aws rds ${form.listed}.`,
      };
    }
    if (key === "time" && !isTime(value)) {
      const allowed = "a moment in UTC, as in 2026-11-24T03:07:00Z";
      return { key: ".time", value, allowed, remedy: "Leave it out for the latest that backups reach." };
    }
  }
  const origins = given.filter(([key]) => key !== "time");
  if (origins.length !== 1) {
    const remedy = "Name one snapshot, or the instance whose backups are taken.";
    return { key: "", value: source, allowed: `one of ${ORIGINS.join(", ")}`, remedy };
  }
  const { time } = source as Partial<PointInTimeSource>;
  if (!isSnapshot(source) || time === undefined) return undefined;
  return {
    key: ".time",
    value: time,
    allowed: "nothing beside snapshot",
    remedy: "A snapshot is of one time.",
  };
}

/** Whether there is such a moment: days that a month does not have are none. */
function isTime(value: unknown): boolean {
  if (typeof value !== "string" || !UTC_TIME.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === value.slice(0, 19);
}

export function isSnapshot(source: RestoreSource): source is SnapshotSource {
  return (source as Partial<SnapshotSource>).snapshot !== undefined;
}

/** As people say it: `snapshot shop-a1-final`, or `backups of shop-a1 at 2026-11-24T03:07:00Z`. */
export function describeSource(source: RestoreSource): string {
  if (isSnapshot(source)) return `snapshot ${source.snapshot}`;
  const { instance, resourceId, automatedBackupsArn, time } = source;
  const when = time === undefined ? "at the latest time" : `at ${time}`;
  return `backups of ${instance ?? resourceId ?? automatedBackupsArn} ${when}`;
}
