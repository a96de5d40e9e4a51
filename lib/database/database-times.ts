import { PropChecks, isKnown } from "../validation";

export interface TimesOptions {
  /**
   * Days that automatic backups are kept, 1 to 35. A replica needs them.
   *
   * @default 7
   */
  readonly backupRetention?: number;

  /**
   * When backups are made, in UTC, at least half an hour: `"03:00-04:00"`.
   *
   * @default - chosen by RDS
   */
  readonly backupWindow?: string;

  /**
   * When RDS maintains the instances, in UTC, at least half an hour, outside `backupWindow`:
   * `"sun:05:00-sun:06:00"`.
   *
   * @default - chosen by RDS
   */
  readonly maintenanceWindow?: string;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const BACKUP_WINDOW = new RegExp(`^${TIME}-${TIME}$`);
const MAINTENANCE_WINDOW = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`, "i");
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const SHORTEST = 30;

/** Minutes, from the start of a window to its end. */
interface Window {
  readonly start: number;
  readonly length: number;
}

/**
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 *
 * @param remedy what to do about backups that are kept for too short or too long
 */
export function checkTimes(
  checks: PropChecks,
  props: TimesOptions,
  remedy = "A replica can be made only of a database with automatic backups; 7 days suit most.",
): void {
  const { backupWindow, maintenanceWindow } = props;
  const range = { min: 1, max: 35, unit: "days" };
  checks.integer("backupRetention", props.backupRetention, range, remedy);
  checks.matches("backupWindow", backupWindow, BACKUP_WINDOW, {
    allowed: 'two times in UTC, as in "03:00-04:00"',
    remedy: "Choose at least half an hour in which little is written.",
  });
  checks.matches("maintenanceWindow", maintenanceWindow, MAINTENANCE_WINDOW, {
    allowed: 'two days and times in UTC, as in "sun:05:00-sun:06:00"',
    remedy: "Choose at least half an hour outside backupWindow.",
  });
  const backup = isKnown(backupWindow) ? readBackupWindow(backupWindow) : undefined;
  const maintenance = isKnown(maintenanceWindow) ? readMaintenanceWindow(maintenanceWindow) : undefined;
  checkLength(checks, "backupWindow", backupWindow, backup);
  checkLength(checks, "maintenanceWindow", maintenanceWindow, maintenance);
  checks.require(!backup || !maintenance || !overlap(backup, maintenance), {
    prop: "maintenanceWindow",
    value: maintenanceWindow,
    allowed: `times outside backupWindow, ${backupWindow}`,
    remedy: "Move one of them.",
  });
}

function checkLength(
  checks: PropChecks,
  prop: string,
  value: string | undefined,
  window: Window | undefined,
): void {
  checks.require(window === undefined || (window.length >= SHORTEST && window.length <= DAY), {
    prop,
    value,
    allowed: "half an hour at least, a day at most",
    remedy: "Move its end.",
  });
}

function readBackupWindow(text: string): Window {
  const [, ...parts] = BACKUP_WINDOW.exec(text)!.map(Number);
  const start = minutes(parts[0]!, parts[1]!);
  return { start, length: (minutes(parts[2]!, parts[3]!) - start + DAY) % DAY };
}

function readMaintenanceWindow(text: string): Window {
  const parts = MAINTENANCE_WINDOW.exec(text)!;
  const at = (day: string, hour: string, minute: string) =>
    DAYS.indexOf(day.toLowerCase()) * DAY + minutes(Number(hour), Number(minute));
  const start = at(parts[1]!, parts[2]!, parts[3]!);
  return { start, length: (at(parts[4]!, parts[5]!, parts[6]!) - start + WEEK) % WEEK };
}

/** A backup window comes every day, and both may run past midnight. */
function overlap(backup: Window, maintenance: Window): boolean {
  const distance = (from: number, to: number) => (((to - from) % DAY) + DAY) % DAY;
  return (
    distance(backup.start, maintenance.start) < backup.length ||
    distance(maintenance.start, backup.start) < maintenance.length
  );
}

function minutes(hour: number, minute: number): number {
  return 60 * hour + minute;
}
