import { PropChecks } from "../validation";

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(checks: PropChecks, prop: string, name: string | undefined): void {
  checks.matches(prop, name, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    allowed: "the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
    remedy: "Give the bucket's name, not its ARN.",
  });
}
