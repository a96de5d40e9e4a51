import { PropChecks } from "../validation";

const ALIAS = /^(arn:aws[a-z-]*:kms:[^:]+:\d{12}:)?alias\//;

/** The ARN of a key itself: services keep what an alias leads to at the time, and show Terraform that. */
export function checkKeyArn(checks: PropChecks, prop: string, value: string | undefined): void {
  checks.require(typeof value !== "string" || !ALIAS.test(value), {
    prop,
    value,
    allowed: "the ARN of a key, not of an alias, which may lead to another key tomorrow",
    remedy: `Ask for the key's own: aws kms describe-key --key-id ${value} --query KeyMetadata.Arn.`,
  });
  checks.arn(prop, value, "kms", "key");
}
