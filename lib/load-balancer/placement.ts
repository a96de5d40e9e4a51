import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Peer } from "../firewall";
import { INetwork, NetworkSubnet } from "../network";
import { routesIn } from "../network/inetwork";
import { checkTwoZones } from "../network/two-zones";
import { PropChecks } from "../validation";

/**
 * Over which addresses clients reach a balancer. With `"dualstack-without-public-ipv4"` clients have to speak
 * IPv6, AWS charges for no public IPv4 addresses, and the balancer can't reach an identity provider.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html
 */
export type IpAddressType = "ipv4" | "dualstack" | "dualstack-without-public-ipv4";

/** A record's type, by which addresses it names. */
export type RecordType = "A" | "AAAA";

/** Where a balancer stands in its network, and for whom. */
export interface PlacementOptions {
  /**
   * Whether the balancer has private addresses only, for clients in the network: it stands in the application
   * subnets, which need no route to the internet. Changing it replaces the balancer: deploy with
   * `deletionProtection: false` first, and expect an outage until DNS names the new one.
   *
   * @default false
   */
  readonly internal?: boolean;

  /**
   * Over which addresses clients reach it. All but `"ipv4"` need a network with IPv6.
   *
   * @default - "dualstack" where the network has IPv6, else "ipv4"
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Who may reach the balancer.
   *
   * @default - everyone; with `internal`, the blocks of the VPC
   */
  readonly clients?: readonly Peer[];
}

/** What a balancer has where nothing is said. */
export function defaultAddressType(network: Pick<INetwork, "ipv6">): IpAddressType {
  return network.ipv6 ? "dualstack" : "ipv4";
}

export function checkAddressType(checks: PropChecks, type: IpAddressType | undefined): void {
  const types: readonly IpAddressType[] = ["ipv4", "dualstack", "dualstack-without-public-ipv4"];
  checks.oneOf("ipAddressType", type, types, "Leave it out for what the network has.");
}

/** Types of the DNS records that clients find a balancer by. */
export function recordTypes(type: IpAddressType): readonly RecordType[] {
  if (type === "ipv4") return ["A"];
  return type === "dualstack" ? ["A", "AAAA"] : ["AAAA"];
}

/** Where a balancer of these options stands. */
export class Placement {
  public readonly internal: boolean;
  public readonly ipAddressType: IpAddressType;
  public readonly subnets: readonly NetworkSubnet[];

  public constructor(
    private readonly network: INetwork,
    private readonly options: PlacementOptions,
  ) {
    this.internal = options.internal ?? false;
    this.ipAddressType = options.ipAddressType ?? defaultAddressType(network);
    this.subnets = this.internal ? network.applicationSubnets : network.publicSubnets;
  }

  public check(checks: PropChecks): void {
    const { network, ipAddressType, internal } = this;
    checkAddressType(checks, ipAddressType);
    checks.require(this.options.clients === undefined || this.options.clients.length > 0, {
      prop: "clients",
      value: this.options.clients,
      allowed: "at least one peer",
      remedy: "Nobody could reach the balancer. Leave it out for everyone, or name who may: Peer.ipv4(…).",
    });
    checks.require(ipAddressType === "ipv4" || network.ipv6, {
      prop: "ipAddressType",
      value: ipAddressType,
      allowed: '"ipv4" in a network without IPv6',
      remedy: "Leave it out, or give the network ipv6: true.",
    });
    checks.require(!internal || ipAddressType !== "dualstack-without-public-ipv4", {
      prop: "ipAddressType",
      value: ipAddressType,
      allowed: '"ipv4" or "dualstack" with internal',
      remedy: "An internal balancer has no public addresses anyway.",
    });
    checks.require(this.options.clients !== undefined || !this.hasUnknownClients, {
      prop: "clients",
      value: undefined,
      allowed: "named clients, as the network's IPv6 block is not known",
      remedy: 'Give the network its ipv6CidrBlock, name the clients, or use ipAddressType: "ipv4".',
    });
    checkTwoZones(checks, network, internal ? "application" : "public");
  }

  /** Who may reach the balancer. */
  public get clients(): readonly Peer[] {
    const { network, ipAddressType } = this;
    if (this.options.clients !== undefined) return this.options.clients;
    if (!this.internal) return [Peer.anywhere({ ipv6: ipAddressType !== "ipv4" })];
    return [
      Peer.ipv4(network.cidrBlock, "network-ipv4"),
      ...(ipAddressType === "ipv4" ? [] : [Peer.ipv6(network.ipv6CidrBlock!, "network-ipv6")]),
    ];
  }

  /** Whether it has addresses of IPv4 that are its own way out. */
  public get hasIpv4(): boolean {
    return this.ipAddressType !== "dualstack-without-public-ipv4";
  }

  /** What has to exist before clients reach it. */
  public routes(scope: Construct): ITerraformDependable[] {
    return this.internal ? [] : routesIn(scope, this.subnets);
  }

  private get hasUnknownClients(): boolean {
    return this.internal && this.ipAddressType !== "ipv4" && this.network.ipv6CidrBlock === undefined;
  }
}
