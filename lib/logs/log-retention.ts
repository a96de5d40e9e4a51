import { PropChecks, isKnown } from "../validation";

/** A year: the shortest time that the field's checks accept for logs. */
export const DEFAULT_LOG_RETENTION_DAYS = 365;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** CloudWatch Logs keeps logs only for certain numbers of days. */
export function checkLogRetention(checks: PropChecks, prop: string, days: number | undefined): void {
  if (!isKnown(days)) return;
  checks.require(RETENTION_DAYS.includes(days), {
    prop,
    value: days,
    allowed: `one of ${RETENTION_DAYS.join(", ")} days; 0 keeps logs for ever`,
    remedy: "Take the next larger number.",
  });
}
