import { PropChecks } from "../validation";
import { INetwork } from "./inetwork";
import { SubnetTierName } from "./subnet-plan";

/** Whether there is a network at all, whatever the compiler was told. */
export function checkNetwork(checks: PropChecks, network: INetwork | undefined, prop = "network"): void {
  const remedy = "Make one, new Network(…), or name one that exists, Network.fromAttributes(…).";
  checks.given(prop, network, "a network", remedy);
}

/** Whatever stands in a tier stands in two zones of it: a balancer in one is refused by AWS, and all else by us. */
export function checkTwoZones(
  checks: PropChecks,
  network: INetwork,
  tier: SubnetTierName,
  networkProp = "network",
): void {
  const prop = `${tier}Subnets` as const;
  checkNetwork(checks, network, networkProp);
  const zones = new Set(network[prop].map((subnet) => subnet.zone));
  checks.require(zones.size >= 2, {
    prop: `${networkProp}.${prop}`,
    value: [...zones],
    allowed: `${tier} subnets in at least two zones`,
    remedy:
      `Give the network ${tier} subnets in ${zones.size === 0 ? "two zones" : "a second zone"}; ` +
      `of one that exists, name them in ${tier}SubnetIds.`,
  });
}
