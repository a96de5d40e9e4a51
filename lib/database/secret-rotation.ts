import { ITerraformDependable, Token } from "cdktf";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Construct } from "constructs";
import { PropChecks, isKnown } from "../validation";

/**
 * A function of yours that gives the database's user a new password, and Secrets Manager when to call it. It logs in
 * with what the secret says, over TLS, so it needs a way to the database (`database.connections`), one to Secrets
 * Manager, and the permissions of `credentials.grantRotate`. Applications have to take the new password: hosts do
 * within seven minutes, in which new connections of theirs fail.
 *
 * A secret that was made before rotation was known here lacks what the function needs to find the database: raise
 * `passwordVersion` by one in the same deploy.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export interface SecretRotationOptions {
  /** ARN of the function, or of an alias of it. */
  readonly functionArn: string;

  /**
   * Days between two rotations, 1 to 90: Security Hub asks for at most 90. Not with `schedule`.
   *
   * @default 30
   */
  readonly everyDays?: number;

  /**
   * When to rotate, in UTC, in place of `everyDays`: `rate(10 days)`, `rate(12 hours)`, at least four hours apart, or
   * `cron(0 4 ? * SUN *)`, on the hour.
   *
   * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   *
   * @default - by everyDays
   */
  readonly schedule?: string;

  /**
   * How long after the scheduled time a rotation may begin, in hours, as in `2h`; it has to end with the day in UTC,
   * and before the next rotation.
   *
   * @default - until the day ends; for an hour where the schedule is in hours
   */
  readonly window?: string;

  /**
   * Whether the password is also rotated when rotation is switched on or changed here. Only for a database that is
   * there: a new one is made after its secret.
   *
   * @default false
   */
  readonly rotateImmediately?: boolean;
}

const DEFAULT_DAYS = 30;
const MOST_DAYS = 90;
const LEAST_HOURS = 4;
const DAY_HOURS = 24;
const FUNCTION = /^(arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[\w-]+)(?::([\w$-]+))?$/;
const RATE = /^rate\((\d+) (hour|day)s?\)$/;
/** Minutes and years are prescribed; of the two kinds of days one is left open. */
const CRON = /^cron\(0 ([\d,*/-]+) (?:\? [\dA-Z,*/-]+ [\dA-Z,*/#L-]+|[\dL,*/-]+ [\dA-Z,*/-]+ \?) \*\)$/;

export function checkRotation(checks: PropChecks, options: SecretRotationOptions | undefined): void {
  const group = 'As in { functionArn: "arn:aws:lambda:…:function:rotate" }.';
  checks.group("credentials.rotation", options, group);
  if (options === undefined) return;
  const { functionArn, everyDays, schedule, rotateImmediately } = options;
  const allowed = "the ARN of a function, as in arn:aws:lambda:eu-west-1:123456789012:function:rotate";
  const remedy = "AWS has templates of such functions; Terraform's attribute of a function is arn.";
  checks.given("credentials.rotation.functionArn", functionArn, allowed, remedy);
  checks.matches("credentials.rotation.functionArn", functionArn, FUNCTION, { allowed, remedy });
  const days = { min: 1, max: MOST_DAYS, unit: "days" };
  checks.integer("credentials.rotation.everyDays", everyDays, days, "Leave it out for 30.");
  checks.require(everyDays === undefined || schedule === undefined, {
    prop: "credentials.rotation.everyDays",
    value: everyDays,
    allowed: "nothing beside schedule",
    remedy: "Leave out one of them.",
  });
  checkSchedule(checks, schedule);
  checkWindow(checks, options);
  checks.flag("credentials.rotation.rotateImmediately", rotateImmediately, "Leave it out for false.");
}

function checkSchedule(checks: PropChecks, schedule: string | undefined): void {
  if (!isKnown(schedule)) return;
  const hours = hoursBetween(schedule);
  const fits = hours === undefined || (hours >= LEAST_HOURS && hours <= MOST_DAYS * DAY_HOURS);
  checks.require(typeof schedule === "string" && (RATE.test(schedule) || CRON.test(schedule)) && fits, {
    prop: "credentials.rotation.schedule",
    value: schedule,
    allowed: `rate(10 days) or rate(12 hours), from ${LEAST_HOURS} hours to ${MOST_DAYS} days, or cron(0 4 ? * SUN *), on the hour and every year`,
    remedy: "Of the day of the month and the day of the week, one is a question mark. Times are in UTC.",
  });
}

function checkWindow(checks: PropChecks, { schedule, window }: SecretRotationOptions): void {
  const prop = "credentials.rotation.window";
  checks.matches(prop, window, /^([1-9]|1\d|2[0-4])h$/, {
    allowed: "whole hours, from 1h to 24h",
    remedy: "Leave it out for the rest of the day.",
  });
  if (!isKnown(window) || !isKnown(schedule)) return;
  const start = Number(CRON.exec(schedule)?.[1] ?? 0);
  const room = Math.min(DAY_HOURS - (Number.isNaN(start) ? 0 : start), hoursBetween(schedule) ?? DAY_HOURS);
  checks.require(parseInt(window) <= room, {
    prop,
    value: window,
    allowed: `up to ${room}h with ${schedule}: it ends with the day in UTC, and before the next rotation`,
    remedy: "Shorten it, or begin earlier.",
  });
}

/** Of a rate only: what a cron expression means is Secrets Manager's to say. */
function hoursBetween(schedule: string): number | undefined {
  const [, count, unit] = RATE.exec(schedule) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "day" ? DAY_HOURS : 1);
}

/** What makes Secrets Manager rotate a secret. */
export interface SecretRotation {
  readonly rotation: SecretsmanagerSecretRotation;
  /** Lets Secrets Manager call the function, for this secret only. */
  readonly permission: LambdaPermission;
}

/** @param first what there has to be before Secrets Manager tries the function */
export function createRotation(
  scope: Construct,
  secretArn: string,
  options: SecretRotationOptions,
  first: ITerraformDependable,
): SecretRotation {
  const { functionArn, schedule, everyDays = schedule === undefined ? DEFAULT_DAYS : undefined } = options;
  const [, name = functionArn, qualifier] = Token.isUnresolved(functionArn)
    ? []
    : (FUNCTION.exec(functionArn) ?? []);
  const permission = new LambdaPermission(scope, "RotationPermission", {
    // The provider keeps the two apart, and finds a difference in every plan otherwise.
    functionName: name,
    qualifier,
    action: "lambda:InvokeFunction",
    principal: "secretsmanager.amazonaws.com",
    sourceArn: secretArn,
  });
  const rotation = new SecretsmanagerSecretRotation(scope, "Rotation", {
    secretId: secretArn,
    rotationLambdaArn: functionArn,
    rotationRules: {
      automaticallyAfterDays: everyDays,
      scheduleExpression: schedule,
      duration: options.window,
    },
    rotateImmediately: options.rotateImmediately ?? false,
    dependsOn: [permission, first],
  });
  return { rotation, permission };
}
