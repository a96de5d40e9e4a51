import { PropChecks } from "../validation";
import { DatabasePairOptions } from "./database-pair-props";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export function checkTimes(checks: PropChecks, props: DatabasePairOptions): void {
  const range = { min: 1, max: 35, unit: "days" };
  const remedy = "A replica can be made only of a database with automatic backups; 7 days suit most.";
  checks.integer("backupRetention", props.backupRetention, range, remedy);
  const time = "([01]\\d|2[0-3]):[0-5]\\d";
  const day = "(mon|tue|wed|thu|fri|sat|sun)";
  checks.matches("backupWindow", props.backupWindow, new RegExp(`^${time}-${time}$`), {
    allowed: 'two times in UTC, as in "03:00-04:00"',
    remedy: "Choose at least half an hour in which little is written.",
  });
  checks.matches(
    "maintenanceWindow",
    props.maintenanceWindow,
    new RegExp(`^${day}:${time}-${day}:${time}$`, "i"),
    {
      allowed: 'two days and times in UTC, as in "sun:05:00-sun:06:00"',
      remedy: "Choose at least half an hour outside backupWindow.",
    },
  );
}
