/**
 * The parts of a site in the order in which a request passes them, with their titles on the dashboard; `network` is
 * the way from the hosts to the internet, and `other` anything else.
 */
export const TIERS = {
  edge: "Web application firewall",
  loadBalancer: "Load balancer",
  hosts: "Hosts",
  database: "Database",
  network: "Way out to the internet",
  other: "Further parts",
} as const;

/** A part of a site, by its place on a request's way. */
export type Tier = keyof typeof TIERS;
