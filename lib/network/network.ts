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
import { Zone, checkZonesAgainstProvider, readZones } from "./availability-zones";
import { DataTierAcl, DataTierAclOptions } from "./data-tier-acl";
import { FlowLogs } from "./flow-logs";
import { ImportedNetwork, NetworkAttributes } from "./imported-network";
import { INetwork, NetworkSubnet } from "./inetwork";
import { createNatGateway } from "./nat-gateway";
import { NatPlacement, NetworkProps, checkNetworkOptions } from "./network-props";
import { partitionOfRegion, regionOfZone } from "./region";
import { DEFAULT_VPC_CIDR, SubnetPlan } from "./subnet-plan";
import { SubnetTier } from "./subnet-tier";
import { InterfaceEndpointService, VpcEndpoints } from "./vpc-endpoints";
import { NetworkThresholds, watchNetwork } from "./watch-network";

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
    checkNetworkOptions(new PropChecks(this), props, this.zones);
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
    this.watchlist = watchNetwork(this, this);
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
