import { Token } from "cdktf";
import { Construct } from "constructs";
import { Address4 } from "ip-address";
import { Peer } from "../firewall";
import { PropChecks, isKnown } from "../validation";
import { checkOneRegion, checkZonesAgainstProvider } from "./availability-zones";
import { INetwork, NetworkEndpoints, NetworkSubnet } from "./inetwork";
import { partitionOfRegion, regionOfZone } from "./region";

/** Subnet ids by zone: `{ "eu-west-1a": "subnet-0a…", "eu-west-1b": "subnet-0b…" }`. */
export type SubnetIds = Readonly<Record<string, string>>;

/** A network that exists already. */
export interface NetworkAttributes {
  /** Id of the VPC, as in `vpc-0123456789abcdef0`. */
  readonly vpcId: string;
  /** IPv4 block of the VPC. */
  readonly cidrBlock: string;
  /** Subnets with a route to an internet gateway, where a public balancer is to stand. @default - none */
  readonly publicSubnetIds?: SubnetIds;
  /**
   * Subnets for hosts, with a route to a NAT gateway, or endpoints in its place; not public subnets, since hosts have
   * no public addresses.
   *
   * @default - none
   */
  readonly applicationSubnetIds?: SubnetIds;
  /** Subnets for databases. @default - none */
  readonly dataSubnetIds?: SubnetIds;
  /** Whether the subnets have IPv6 addresses. @default false */
  readonly ipv6?: boolean;
  /** IPv6 block of the VPC, for what lets the whole network in. @default - not known */
  readonly ipv6CidrBlock?: string;
  /** Region of the VPC. @default - from the names of the zones */
  readonly region?: string;
  /** Whether application subnets have a way out to the internet. @default - not known */
  readonly reachesInternet?: boolean;
  /**
   * Security groups of the VPC's interface endpoints, by keys of your own that are part of addresses of rules: hosts
   * with `egress: "endpoints"` are let out to them. The groups have to let hosts in by themselves.
   *
   * @default - not known
   */
  readonly endpointSecurityGroupIds?: Readonly<Record<string, string>>;
  /**
   * Prefix list of S3 in the region, where the application subnets have a gateway endpoint, as in `pl-0123…`; listed
   * by `aws ec2 describe-managed-prefix-lists`, or `prefix_list_id` of the endpoint.
   *
   * @default - not known
   */
  readonly s3PrefixListId?: string;
  /** AWS partition. @default - from the region */
  readonly partition?: string;
}

const TIER_PROPS = ["publicSubnetIds", "applicationSubnetIds", "dataSubnetIds"] as const;

/** @internal */
export class ImportedNetwork extends Construct implements INetwork {
  public readonly vpcId: string;
  public readonly cidrBlock: string;
  public readonly ipv6CidrBlock?: string;
  public readonly reachesInternet?: boolean;
  public readonly region: string;
  public readonly partition: string;
  public readonly ipv6: boolean;
  public readonly endpoints?: NetworkEndpoints;
  public readonly publicSubnets: readonly NetworkSubnet[];
  public readonly applicationSubnets: readonly NetworkSubnet[];
  public readonly dataSubnets: readonly NetworkSubnet[];

  public constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    this.check(attributes);
    this.vpcId = attributes.vpcId;
    this.cidrBlock = attributes.cidrBlock;
    this.ipv6 = attributes.ipv6 ?? false;
    this.ipv6CidrBlock = attributes.ipv6CidrBlock;
    this.reachesInternet = attributes.reachesInternet;
    this.endpoints = describeEndpoints(attributes);
    this.region = this.regionOf(attributes);
    this.partition =
      attributes.partition ?? (Token.isUnresolved(this.region) ? "aws" : partitionOfRegion(this.region));
    [this.publicSubnets, this.applicationSubnets, this.dataSubnets] = TIER_PROPS.map((prop) =>
      describe(attributes[prop]),
    ) as [NetworkSubnet[], NetworkSubnet[], NetworkSubnet[]];
  }

  private check(attributes: NetworkAttributes): void {
    const checks = new PropChecks(this);
    checks.matches("vpcId", attributes.vpcId, /^vpc-[0-9a-z]+$/, {
      allowed: "the id of a VPC, as in vpc-0123456789abcdef0",
      remedy: "VPCs are listed by: aws ec2 describe-vpcs.",
    });
    const block = "VPCs and their blocks are listed by: aws ec2 describe-vpcs.";
    checks.given("cidrBlock", attributes.cidrBlock, "the VPC's IPv4 block, as in 10.0.0.0/16", block);
    checks.require(!isKnown(attributes.cidrBlock) || Address4.isValid(attributes.cidrBlock), {
      prop: "cidrBlock",
      value: attributes.cidrBlock,
      allowed: "the VPC's IPv4 block, as in 10.0.0.0/16",
      remedy: block,
    });
    checkEndpoints(checks, attributes);
    for (const prop of TIER_PROPS) {
      checks.group(
        prop,
        attributes[prop],
        'Name them by zone: { "eu-west-1a": "subnet-0123456789abcdef0" }.',
      );
      const zones = Object.keys(attributes[prop] ?? {});
      checkOneRegion(checks, prop, zones);
      checkZonesAgainstProvider(this, prop, zones);
      const seen = new Map<string, string>();
      for (const [zone, subnetId] of Object.entries(attributes[prop] ?? {})) {
        const name = `${prop}.${zone}`;
        checks.matches(name, subnetId, /^subnet-[0-9a-z]+$/, {
          allowed: "the id of a subnet, as in subnet-0123456789abcdef0",
          remedy: "Subnets are listed by: aws ec2 describe-subnets.",
        });
        if (!isKnown(subnetId)) continue;
        const twin = seen.get(subnetId);
        checks.require(twin === undefined, {
          prop: name,
          value: subnetId,
          allowed: "a subnet of its own for each zone",
          remedy: `It is ${twin} too; a subnet lies in one zone.`,
        });
        seen.set(subnetId, name);
      }
    }
  }

  private regionOf(attributes: NetworkAttributes): string {
    if (attributes.region !== undefined) return attributes.region;
    const zones = TIER_PROPS.flatMap((prop) => Object.keys(attributes[prop] ?? {}));
    const region = zones.map(regionOfZone).find((found) => found !== undefined);
    new PropChecks(this).require(region !== undefined, {
      prop: "region",
      value: attributes.region,
      allowed: "the region of the VPC, as in eu-west-1",
      remedy: "Give it, since no key of the subnets is the name of a zone.",
    });
    return region!;
  }
}

function describe(subnetIds: SubnetIds = {}): NetworkSubnet[] {
  return Object.entries(subnetIds).map(([zone, subnetId]) => ({
    zone,
    availabilityZone: regionOfZone(zone) === undefined ? undefined : zone,
    subnetId,
    routes: [],
  }));
}

function checkEndpoints(checks: PropChecks, attributes: NetworkAttributes): void {
  const { endpointSecurityGroupIds: groups, s3PrefixListId } = attributes;
  const remedy = 'Name them by keys of your own: { endpoints: "sg-0123456789abcdef0" }.';
  checks.group("endpointSecurityGroupIds", groups, remedy);
  for (const [key, id] of Object.entries(groups ?? {})) {
    const prop = `endpointSecurityGroupIds.${key}`;
    const allowed = "the id of a security group, as in sg-0123456789abcdef0";
    checks.given(prop, id, allowed, remedy);
    checks.matches(prop, id, /^sg-[0-9a-z]+$/, {
      allowed,
      remedy: "Endpoints and their groups are listed by: aws ec2 describe-vpc-endpoints.",
    });
  }
  checks.matches("s3PrefixListId", s3PrefixListId, /^pl-[0-9a-z]+$/, {
    allowed: "the id of a prefix list, as in pl-0123456789abcdef0",
    remedy: "Prefix lists are listed by: aws ec2 describe-managed-prefix-lists.",
  });
}

function describeEndpoints(attributes: NetworkAttributes): NetworkEndpoints | undefined {
  const { endpointSecurityGroupIds = {}, s3PrefixListId } = attributes;
  const groups = Object.entries(endpointSecurityGroupIds).map(([key, id]) => Peer.securityGroup(id, key));
  if (groups.length === 0 && s3PrefixListId === undefined) return undefined;
  return { firewall: groups.length > 0 ? Peer.all(...groups) : undefined, s3PrefixListId };
}
