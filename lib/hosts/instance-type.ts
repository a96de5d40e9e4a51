import { PropChecks, isKnown } from "../validation";
import { Architecture } from "./machine-image";

/** Graviton families have a g behind the generation: t4g, m7gd, c7gn; the first one was a1. */
const ARM_FAMILY = /^(a1|[a-z]+\d+g[a-z]*(-[a-z0-9]+)?)$/;

/** Source: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
export function checkInstanceType(
  checks: PropChecks,
  instanceType: string | undefined,
  architecture: Architecture,
): void {
  if (!isKnown(instanceType)) return;
  checks.matches("instanceType", instanceType, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, {
    allowed: "a family and a size, as in t3.small",
    remedy: "Instance types are listed by: aws ec2 describe-instance-types.",
  });
  const runs: Architecture = ARM_FAMILY.test(instanceType.split(".")[0]!) ? "arm64" : "x86_64";
  checks.require(runs === architecture, {
    prop: "instanceType",
    value: instanceType,
    allowed: `types whose processor runs the image, which is made for ${architecture}`,
    remedy: `Take a type of that architecture, or the image for this one: { architecture: "${runs}" }.`,
  });
}
