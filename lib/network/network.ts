import { Annotations, Fn, ITerraformDependable } from "cdktf";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { IWatchable, Watchlist } from "../monitoring";
import { nameTag } from "../naming";
import { PropChecks } from "../validation";
import { AvailabilityZones, Zone, checkZonesAgainstProvider, readZones } from "./availability-zones";
import { DataTierAcl, DataTierAclOptions, checkDataTierAcl } from "./data-tier-acl";
import { FlowLogs, FlowLogsOptions, checkFlowLogs } from "./flow-logs";
import { ImportedNetwork, NetworkAttributes } from "./imported-network";
import { INetwork, NetworkSubnet } from "./inetwork";
import { createNatGateway } from "./nat-gateway";
import { partitionOfRegion, regionOfZone } from "./region";
import { DEFAULT_VPC_CIDR, SubnetCidrs, SubnetPlan } from "./subnet-plan";
import { SubnetTier } from "./subnet-tier";
import { InterfaceEndpointService, VpcEndpoints, checkInterfaceServices } from "./vpc-endpoints";
import { NetworkThresholds, watchNetwork } from "./watch-network";

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

/**
 * A VPC with three tiers of subnets in two or more zones: public for the load balancer, application for the
 * hosts, data for the databases. The data tier has no route to the internet, and a network ACL around it.
 *
 * Subnets are keyed by zone: adding a zone touches nothing of the others.
 *
 * @example
 * const network = new Network(stack, "Network", { availabilityZones: ["eu-west-1a", "eu-west-1b"] });
 *
 * @throws InvalidPropError for fewer than two zones, repeated ones, zones of another region than the
 * provider's, and blocks that are malformed, too small or overlapping.
 */
export class Network extends Construct implements INetwork, IWatchable<NetworkThresholds> {
  /** Describes a network that exists already, whoever made it. */
  public static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  public readonly vpc: Vpc;
  public readonly defaultSecurityGroup: DefaultSecurityGroup;
  public readonly internetGateway: InternetGateway;
  /** Way out over IPv6, where `ipv6` is on. */
  public readonly egressOnlyInternetGateway?: EgressOnlyInternetGateway;
  public readonly publicTier: SubnetTier;
  public readonly applicationTier: SubnetTier;
  public readonly dataTier: SubnetTier;
  /** NAT gateways, keyed by the zone they stand in. */
  public readonly natGateways: Readonly<Record<string, NatGateway>>;
  public readonly endpoints: VpcEndpoints;
  public readonly flowLogs?: FlowLogs;
  /** Network ACL of the data subnets, unless it is off. */
  public readonly dataTierAcl?: DataTierAcl;
  public readonly watchlist: Watchlist<NetworkThresholds>;

  public readonly vpcId: string;
  public readonly cidrBlock: string;
  public readonly ipv6CidrBlock?: string;
  public readonly region: string;
  public readonly partition: string;
  public readonly ipv6: boolean;
  public readonly reachesInternet: boolean;

  private readonly zones: readonly Zone[];

  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.zones = readZones(this, props.availabilityZones);
    const names = this.zones.map((zone) => zone.name);
    checkZonesAgainstProvider(this, "availabilityZones", names);
    checkOptions(new PropChecks(this), props, this.zones);
    const nat = props.nat ?? "perZone";
    this.cidrBlock = props.cidrBlock ?? DEFAULT_VPC_CIDR;
    this.ipv6 = props.ipv6 ?? false;
    this.reachesInternet = nat !== "none";
    const plan = new SubnetPlan(this, this.cidrBlock, this.zones, props);

    this.vpc = this.createVpc();
    this.vpcId = this.vpc.id;
    this.ipv6CidrBlock = this.ipv6 ? this.vpc.ipv6CidrBlock : undefined;
    [this.region, this.partition] = this.locate();
    this.defaultSecurityGroup = this.emptyDefaultSecurityGroup();
    this.publicTier = this.createTier("Public", { tier: "public", routeTablePer: "tier", plan });
    this.applicationTier = this.createTier("Application", {
      tier: "application",
      routeTablePer: "zone",
      plan,
    });
    this.dataTier = this.createTier("Data", { tier: "data", routeTablePer: "tier", plan });
    this.internetGateway = this.openPublicTier();
    this.natGateways = this.createNatGateways(nat);
    this.egressOnlyInternetGateway = this.ipv6 ? this.createEgressOnlyGateway() : undefined;
    this.endpoints = this.createEndpoints(props.interfaceEndpoints ?? []);
    this.dataTierAcl = this.closeDataTier(plan, props.dataTierAcl);
    this.flowLogs =
      props.flowLogs === false
        ? undefined
        : new FlowLogs(this, "FlowLogs", { vpcId: this.vpcId, ...props.flowLogs });
    this.watchlist = watchNetwork(this);
  }

  public get publicSubnets(): readonly NetworkSubnet[] {
    return this.publicTier.describe();
  }

  public get applicationSubnets(): readonly NetworkSubnet[] {
    return this.applicationTier.describe();
  }

  public get dataSubnets(): readonly NetworkSubnet[] {
    return this.dataTier.describe();
  }

  private createVpc(): Vpc {
    return new Vpc(this, "Vpc", {
      cidrBlock: this.cidrBlock,
      assignGeneratedIpv6CidrBlock: this.ipv6 || undefined,
      // Both are needed by private hosted zones and by the private names of interface endpoints.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: nameTag(this),
    });
  }

  /** Region and partition from a zone's name, else from the VPC's ARN: a data source would need an account. */
  private locate(): [region: string, partition: string] {
    const region = this.zones.map((zone) => regionOfZone(zone.name)).find((found) => found !== undefined);
    if (region !== undefined) return [region, partitionOfRegion(region)];
    const parts = Fn.split(":", this.vpc.arn);
    return [Fn.element(parts, 3), Fn.element(parts, 1)];
  }

  /** A VPC's default group lets its members talk; taken over without rules, it lets nothing through. */
  private emptyDefaultSecurityGroup(): DefaultSecurityGroup {
    return new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: this.vpcId,
      tags: nameTag(this),
    });
  }

  private createTier(
    id: string,
    props: { tier: "public" | "application" | "data"; routeTablePer: "tier" | "zone"; plan: SubnetPlan },
  ): SubnetTier {
    return new SubnetTier(this, id, { vpc: this.vpc, zones: this.zones, ipv6: this.ipv6, ...props });
  }

  private openPublicTier(): InternetGateway {
    const gateway = new InternetGateway(this, "InternetGateway", {
      vpcId: this.vpcId,
      tags: nameTag(this),
    });
    const routeTableId = this.publicTier.routeTables[this.zones[0]!.key]!.id;
    const routes: ITerraformDependable[] = [
      new Route(this.publicTier, "InternetRoute", {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: gateway.id,
      }),
    ];
    if (this.ipv6) {
      routes.push(
        new Route(this.publicTier, "InternetRouteIpv6", {
          routeTableId,
          destinationIpv6CidrBlock: "::/0",
          gatewayId: gateway.id,
        }),
      );
    }
    for (const zone of this.zones) {
      for (const route of routes) this.publicTier.addRoute(zone.key, route);
    }
    return gateway;
  }

  private createNatGateways(placement: NatPlacement): Record<string, NatGateway> {
    if (placement === "none") return {};
    const single =
      placement === "single" ? this.zones[0]!.key : typeof placement === "object" && placement.single;
    const homes = single ? this.zones.filter((zone) => zone.key === single) : this.zones;
    if (single) {
      Annotations.of(this).addInfo(
        `One NAT gateway for ${this.zones.length} zones: while ${single} is down, no host reaches the internet. ` +
          'nat: "perZone" has one in each.',
      );
    }
    const place = new Construct(this, "Nat");
    const gateways = Object.fromEntries(
      homes.map((zone) => [
        zone.key,
        createNatGateway(place, zone.key, this.publicTier, this.internetGateway),
      ]),
    );
    for (const zone of this.zones) {
      const gateway = gateways[zone.key] ?? gateways[homes[0]!.key]!;
      const route = new Route(this.applicationTier.placeOf(zone.key), "NatRoute", {
        routeTableId: this.applicationTier.routeTables[zone.key]!.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: gateway.id,
      });
      this.applicationTier.addRoute(zone.key, route);
    }
    return gateways;
  }

  private createEgressOnlyGateway(): EgressOnlyInternetGateway {
    const gateway = new EgressOnlyInternetGateway(this, "EgressOnlyInternetGateway", {
      vpcId: this.vpcId,
      tags: nameTag(this),
    });
    for (const zone of this.zones) {
      const route = new Route(this.applicationTier.placeOf(zone.key), "InternetRouteIpv6", {
        routeTableId: this.applicationTier.routeTables[zone.key]!.id,
        destinationIpv6CidrBlock: "::/0",
        egressOnlyGatewayId: gateway.id,
      });
      this.applicationTier.addRoute(zone.key, route);
    }
    return gateway;
  }

  private closeDataTier(plan: SubnetPlan, options: DataTierAclOptions | false = {}): DataTierAcl | undefined {
    if (options === false) return undefined;
    const { vpcId, zones, dataTier } = this;
    return new DataTierAcl(this, "DataTierAcl", { vpcId, zones, plan, dataTier, ...options });
  }

  private createEndpoints(interfaceServices: readonly InterfaceEndpointService[]): VpcEndpoints {
    return new VpcEndpoints(this, "Endpoints", {
      network: this,
      interfaceServices,
      routeTableIds: Object.values(this.applicationTier.routeTables).map((table) => table.id),
    });
  }
}

function checkOptions(checks: PropChecks, options: NetworkOptions, zones: readonly Zone[]): void {
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
