import { memoryOf } from "../instance-types";
import { PropChecks, isKnown } from "../validation";
import { Architecture } from "./distributions";

/**
 * Two types of about one size for each architecture, so that hosts start although AWS is out of one of them.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-6
 */
export const DEFAULT_INSTANCE_TYPES: Readonly<Record<Architecture, readonly string[]>> = {
  x86_64: ["t3.small", "t3a.small"],
  arm64: ["t4g.small", "c7g.medium"],
};

/** Most overrides of a mixed instances policy. */
const MAX_TYPES = 40;
/** A host that is larger than others gets no more requests. */
const MAX_SPREAD = 2;

/** Graviton families have a g behind the generation: t4g, m7gd, c7gn; the first one was a1. */
const ARM_FAMILY = /^(a1|[a-z]+\d+g[a-z]*(-[a-z0-9]+)?)$/;

/** Sources: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
export function checkInstanceTypes(
  checks: PropChecks,
  instanceTypes: readonly string[] | undefined,
  architecture: Architecture,
): void {
  if (instanceTypes === undefined) return;
  checks.require(instanceTypes.length > 0 && instanceTypes.length <= MAX_TYPES, {
    prop: "instanceTypes",
    value: instanceTypes,
    allowed: `1 to ${MAX_TYPES} types`,
    remedy: 'Name what a host may be, the one you like most first, as in ["m7i.large", "m7a.large"].',
  });
  checks.require(new Set(instanceTypes).size === instanceTypes.length, {
    prop: "instanceTypes",
    value: instanceTypes,
    allowed: "each type once",
    remedy: "Remove the repeated type.",
  });
  for (const instanceType of instanceTypes) checkInstanceType(checks, instanceType, architecture);
  const sizes = instanceTypes.map((type) => (isKnown(type) ? memoryOf(type) : undefined)).filter(isKnown);
  checks.require(Math.max(...sizes) <= MAX_SPREAD * Math.min(...sizes), {
    prop: "instanceTypes",
    value: instanceTypes,
    allowed: `types of about one size: of memory, none has more than ${MAX_SPREAD} times that of another`,
    remedy: "The balancer gives each host as many requests. Leave out the small or the large ones.",
  });
}

function checkInstanceType(checks: PropChecks, instanceType: string, architecture: Architecture): void {
  if (!isKnown(instanceType)) return;
  checks.matches("instanceTypes", instanceType, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, {
    allowed: "a family and a size, as in t3.small",
    remedy: "Instance types are listed by: aws ec2 describe-instance-types.",
  });
  const runs: Architecture = ARM_FAMILY.test(instanceType.split(".")[0]!) ? "arm64" : "x86_64";
  checks.require(runs === architecture, {
    prop: "instanceTypes",
    value: instanceType,
    allowed: `types whose processor runs the image, which is made for ${architecture}`,
    remedy: `Take a type of that architecture, or the image for this one: { architecture: "${runs}" }.`,
  });
}
