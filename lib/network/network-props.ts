import { PropChecks } from "../validation";
import { AvailabilityZones, Zone } from "./availability-zones";
import { DataTierAclOptions, checkDataTierAcl } from "./data-tier-acl";
import { FlowLogsOptions, checkFlowLogs } from "./flow-logs";
import { SubnetCidrs } from "./subnet-plan";
import { InterfaceEndpointService, checkInterfaceServices } from "./vpc-endpoints";

/**
 * How hosts reach the internet: a NAT gateway in every zone, one for all (in the first zone, or in the one that
 * is named), or none.
 */
export type NatPlacement = "perZone" | "single" | "none" | { readonly single: string };

const NAT_PLACEMENTS = ["perZone", "single", "none"];

/** What can be chosen about a network besides its zones. */
export interface NetworkOptions {
  /**
   * IPv4 block of the VPC, from /16 to /28; from /16 to /22 unless every subnet's block is given.
   *
   * @default "10.0.0.0/16", of which each subnet takes a /21
   */
  readonly cidrBlock?: string;

  /**
   * Blocks of your own choice for subnets, by tier and zone. Blocks that are not given follow from
   * `cidrBlock` and the letter of the zone.
   *
   * @default - a thirty-second part of the VPC for each subnet
   */
  readonly subnetCidrs?: SubnetCidrs;

  /**
   * How hosts reach the internet.
   *
   * - `perZone`: a NAT gateway in each zone. The loss of a zone takes no other zone offline. Each costs
   *   about as much a month as a small host, and a fee for every GB.
   * - `single`: one, in the first zone of the list; `{ single: "eu-west-1a" }` names the zone, so that the list
   *   may change without moving the gateway and its address. Cheaper, and a single point of failure.
   * - `none`: hosts reach only the VPC and its endpoints: S3, and the `interfaceEndpoints` that they then need, of
   *   which `egress` of `WebHosts` has the list. Over IPv6 (`ipv6`) they reach the internet all the same.
   *
   * From `perZone` to fewer, a deploy deletes a zone's gateway before the zone's route leads to the one that stays:
   * for some seconds its hosts have no way out.
   *
   * @default "perZone"
   */
  readonly nat?: NatPlacement;

  /**
   * AWS services that hosts reach without leaving the VPC, through interface endpoints in each zone. Each
   * costs a fee an hour and zone, and one for every GB. S3 has a free gateway endpoint in any case.
   *
   * @default - none
   */
  readonly interfaceEndpoints?: readonly InterfaceEndpointService[];

  /**
   * A network ACL around the data subnets, or `false` for none: TCP ports from 1024, from and to the application
   * subnets, between the data subnets, and from and to `clients`. Nothing else gets in or out, so a database that is
   * to reach something by itself, as for a join to a directory or an import from S3, needs `false` and an ACL of yours.
   *
   * @default - one without further clients
   */
  readonly dataTierAcl?: DataTierAclOptions | false;

  /**
   * Flow logs of the VPC to CloudWatch Logs, or `false` for none. CloudWatch charges for every GB of logs.
   *
   * @default - all traffic, kept for 365 days
   */
  readonly flowLogs?: FlowLogsOptions | false;

  /**
   * Whether the VPC has an IPv6 block from Amazon's addresses beside the IPv4 one. Hosts reach the internet
   * over IPv6 through an egress-only gateway, which is free.
   *
   * @default false
   */
  readonly ipv6?: boolean;
}

export interface NetworkProps extends NetworkOptions {
  /** At least two zones of the provider's region, as in `["eu-west-1a", "eu-west-1b"]`. */
  readonly availabilityZones: AvailabilityZones;
}

/** Checks what does not depend on where subnets lie. */
export function checkNetworkOptions(
  checks: PropChecks,
  options: NetworkOptions,
  zones: readonly Zone[],
): void {
  if (typeof options.nat === "object") {
    const keys = zones.map((zone) => zone.key);
    checks.oneOf("nat.single", options.nat.single, keys, "Name a zone of availabilityZones.");
  } else {
    const remedy = 'Choose where NAT gateways stand; "perZone" survives the loss of a zone.';
    checks.oneOf("nat", options.nat, NAT_PLACEMENTS, remedy);
  }
  checkInterfaceServices(checks, options.interfaceEndpoints ?? []);
  if (options.dataTierAcl !== false) {
    checks.group("dataTierAcl", options.dataTierAcl, "Leave it out for one without further clients.");
    checkDataTierAcl(checks, options.dataTierAcl ?? {});
  }
  if (options.flowLogs) checkFlowLogs(checks, options.flowLogs);
}
