import { PropChecks } from "../validation";
import { INetwork } from "./inetwork";
import { SubnetTierName } from "./subnet-plan";

/** Whatever stands in a tier stands in two zones of it: a balancer in one is refused by AWS, and all else by us. */
export function checkTwoZones(
  checks: PropChecks,
  network: INetwork,
  tier: SubnetTierName,
  networkProp = "network",
): void {
  const prop = `${tier}Subnets` as const;
  const zones = new Set(network[prop].map((subnet) => subnet.zone));
  checks.require(zones.size >= 2, {
    prop: `${networkProp}.${prop}`,
    value: [...zones],
    allowed: `${tier} subnets in at least two zones`,
    remedy: `Give the network ${tier === "application" ? "an" : "a"} ${tier} subnet in a second zone.`,
  });
}
