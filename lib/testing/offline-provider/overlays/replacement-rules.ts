import type { Value, Values } from "../values";

/** Which arguments of one resource force its replacement, where that depends on values before and after. */
export interface ReplacementRule {
  /** The arguments that it decides on, whatever was measured of them. */
  readonly decides: readonly string[];
  /** Those of them that force the replacement. */
  replacing(prior: Values, planned: Values): readonly string[];
}

const LOAD_BALANCER: ReplacementRule = {
  decides: ["subnets", "security_groups"],
  replacing: replacingNetworkLoadBalancer,
};

/**
 * Rules for types that need them beside what was measured argument by argument.
 * Measured with the provider 5.100.0.
 */
export const REPLACEMENT_RULES: Readonly<Record<string, ReplacementRule>> = {
  aws_lb: LOAD_BALANCER,
  aws_alb: LOAD_BALANCER,
  aws_vpc: {
    decides: ["instance_tenancy"],
    // From dedicated to default is an update.
    replacing: (prior, planned) =>
      prior.instance_tenancy === "default" && planned.instance_tenancy === "dedicated"
        ? ["instance_tenancy"]
        : [],
  },
  aws_rds_cluster: {
    decides: ["storage_type"],
    replacing: (prior, planned) =>
      String(planned.engine).startsWith("aurora") || prior.storage_type === planned.storage_type
        ? []
        : ["storage_type"],
  },
};

/** A network load balancer keeps the subnets it has, and can't get security groups later. */
function replacingNetworkLoadBalancer(prior: Values, planned: Values): string[] {
  if (planned.load_balancer_type !== "network") return [];
  const after = list(planned.subnets);
  return [
    ...(list(prior.subnets).some((subnet) => !after.includes(subnet)) ? ["subnets"] : []),
    ...(list(prior.security_groups).length === 0 && list(planned.security_groups).length > 0
      ? ["security_groups"]
      : []),
  ];
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}
