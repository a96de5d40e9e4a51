import type { Value, Values } from "../values";

/** Which arguments of one resource force its replacement, by the values before and after. */
export type ReplacementRule = (prior: Values, planned: Values) => readonly string[];

/**
 * Rules that depend on values, for types that need them beside what was measured argument by argument.
 * Measured with the provider 5.100.0.
 */
export const REPLACEMENT_RULES: Readonly<Record<string, ReplacementRule>> = {
  // From dedicated to default is an update.
  aws_vpc: (prior, planned) =>
    prior.instance_tenancy === "default" && planned.instance_tenancy === "dedicated"
      ? ["instance_tenancy"]
      : [],
  aws_lb: networkLoadBalancer,
  aws_alb: networkLoadBalancer,
  aws_rds_cluster: (prior, planned) =>
    String(planned.engine).startsWith("aurora") || prior.storage_type === planned.storage_type
      ? []
      : ["storage_type"],
};

/** Arguments that the measured list has, though only a rule above can tell. */
export const RULED_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["instance_tenancy"],
  aws_lb: ["subnets", "security_groups"],
  aws_alb: ["subnets", "security_groups"],
  aws_rds_cluster: ["storage_type"],
};

/** A network load balancer keeps the subnets it has, and can't get security groups later. */
function networkLoadBalancer(prior: Values, planned: Values): string[] {
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
