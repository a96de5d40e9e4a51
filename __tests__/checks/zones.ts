import { Topology } from "./topology";

/** Zones of the subnets that a value names. */
export function zonesOf(subnets: unknown, topology: Topology): string[] {
  const named = topology.namedIn(subnets, "aws_subnet");
  return [...new Set(named.map(({ config }) => config.availability_zone as string))];
}
