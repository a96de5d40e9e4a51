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
 * instance of a backup, and never takes one back into an instance that exists.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 */
export type RestoreSource = SnapshotSource | PointInTimeSource;

const POINT_IN_TIME_KEYS = ["instance", "resourceId", "automatedBackupsArn"] as const;
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What is wrong with a restore source: where in it, the value, and what is allowed. */
export function restoreSourceProblem(
  source: RestoreSource,
): { readonly key: string; readonly value: unknown; readonly allowed: string } | undefined {
  const origins = ["snapshot", ...POINT_IN_TIME_KEYS];
  const given = Object.entries(source).filter(([, value]) => value !== undefined);
  for (const [key, value] of given) {
    const known = origins.includes(key) || key === "time";
    if (!known) return { key: `.${key}`, value, allowed: `one of ${origins.join(", ")}, and time` };
    if (typeof value !== "string" || value === "") return { key: `.${key}`, value, allowed: "a text" };
  }
  if (given.filter(([key]) => key !== "time").length !== 1) {
    return { key: "", value: source, allowed: `one of ${origins.join(", ")}` };
  }
  if (isSnapshot(source)) {
    const { time } = source as { time?: string };
    return time === undefined ? undefined : { key: ".time", value: time, allowed: "nothing beside snapshot" };
  }
  const { time } = source;
  // A token, known only after deploy, is text with ${ in it.
  if (time === undefined || time.includes("${")) return undefined;
  if (UTC_TIME.test(time) && !Number.isNaN(Date.parse(time))) return undefined;
  return { key: ".time", value: time, allowed: "a moment in UTC, as in 2026-11-24T03:07:00Z" };
}

export function isSnapshot(source: RestoreSource): source is SnapshotSource {
  return (source as Partial<SnapshotSource>).snapshot !== undefined;
}

/** As people say it: `snapshot shop-a1-final`, or `backups of shop-a1 at 2026-11-24T03:07:00Z`. */
export function describeSource(source: RestoreSource): string {
  if (isSnapshot(source)) return `snapshot ${source.snapshot}`;
  const { instance, resourceId, automatedBackupsArn, time } = source;
  return `backups of ${instance ?? resourceId ?? automatedBackupsArn} ${time === undefined ? "as late as they reach" : `at ${time}`}`;
}
