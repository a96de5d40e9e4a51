import { Fn, ITerraformDependable } from "cdktf";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { Zone } from "./availability-zones";
import { NetworkSubnet } from "./inetwork";
import { SubnetPlan, SubnetTierName } from "./subnet-plan";

export interface SubnetTierProps {
  readonly vpc: Vpc;
  readonly tier: SubnetTierName;
  readonly zones: readonly Zone[];
  readonly plan: SubnetPlan;
  readonly ipv6: boolean;
  /** Whether all zones share one route table, or each has its own because its way out differs. */
  readonly routeTablePer: "tier" | "zone";
}

/** The subnets of one tier, one in each zone, with their route tables; all keyed by zone. */
export class SubnetTier extends Construct {
  public readonly subnets: Readonly<Record<string, Subnet>>;
  /** Route tables, keyed by zone; the same one for every zone where the tier shares it. */
  public readonly routeTables: Readonly<Record<string, RouteTable>>;

  private readonly associations: Readonly<Record<string, RouteTableAssociation>>;
  private readonly routes = new Map<string, ITerraformDependable[]>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: SubnetTierProps,
  ) {
    super(scope, id);
    this.subnets = this.forEachZone((zone, place) => this.createSubnet(place, zone));
    this.routeTables = this.createRouteTables();
    this.associations = this.forEachZone((zone, place) => this.associate(place, zone));
  }

  /** Notes a route of one zone, so that what runs in the zone's subnet can wait for it. */
  public addRoute(zone: string, route: ITerraformDependable): void {
    this.routes.set(zone, [...(this.routes.get(zone) ?? []), route]);
  }

  /** The subnets as other components see them. */
  public describe(): readonly NetworkSubnet[] {
    return this.props.zones.map((zone) => ({
      zone: zone.key,
      availabilityZone: zone.name,
      subnetId: this.subnets[zone.key]!.id,
      routes: [this.associations[zone.key]!, ...(this.routes.get(zone.key) ?? [])],
    }));
  }

  /** The construct that holds what belongs to one zone. */
  public placeOf(zone: string): Construct {
    return (this.node.tryFindChild(zone) as Construct | undefined) ?? new Construct(this, zone);
  }

  private createSubnet(place: Construct, zone: Zone): Subnet {
    const { vpc, plan, tier, ipv6 } = this.props;
    return new Subnet(place, "Subnet", {
      vpcId: vpc.id,
      availabilityZone: zone.name,
      cidrBlock: plan.cidr(tier, zone),
      ...(ipv6 && {
        ipv6CidrBlock: Fn.cidrsubnet(vpc.ipv6CidrBlock, 8, plan.ipv6Slot(tier, zone)),
        assignIpv6AddressOnCreation: true,
      }),
      // Public addresses are given to what asks for them (balancer, NAT), never to whatever lands here.
      mapPublicIpOnLaunch: false,
      tags: nameTag(place),
    });
  }

  private createRouteTables(): Record<string, RouteTable> {
    if (this.props.routeTablePer === "zone") {
      return this.forEachZone((_, place) => this.createRouteTable(place));
    }
    const shared = this.createRouteTable(this);
    return this.forEachZone(() => shared);
  }

  private createRouteTable(place: Construct): RouteTable {
    return new RouteTable(place, "RouteTable", { vpcId: this.props.vpc.id, tags: nameTag(place) });
  }

  private associate(place: Construct, zone: Zone): RouteTableAssociation {
    return new RouteTableAssociation(place, "RouteTableAssociation", {
      subnetId: this.subnets[zone.key]!.id,
      routeTableId: this.routeTables[zone.key]!.id,
    });
  }

  private forEachZone<T>(make: (zone: Zone, place: Construct) => T): Record<string, T> {
    return Object.fromEntries(this.props.zones.map((zone) => [zone.key, make(zone, this.placeOf(zone.key))]));
  }
}
