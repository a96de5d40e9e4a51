import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { IConnectable, Peer } from "../firewall";

/** A subnet, and the zone it lies in. */
export interface NetworkSubnet {
  /** Key of the zone: its name, or the key it was given. Part of Terraform addresses. */
  readonly zone: string;
  /** AWS's name of the zone, which may be a token; absent where only a key of somebody's own is known. */
  readonly availabilityZone?: string;
  readonly subnetId: string;
  /** What has to exist before traffic flows as intended, for `dependsOn`: the routes of the subnet. */
  readonly routes: readonly ITerraformDependable[];
}

/** Ways from a network to AWS services that do not leave it. */
export interface NetworkEndpoints {
  /** What stands before the interface endpoints, where there are any; a peer where somebody else looks after it. */
  readonly firewall?: IConnectable | Peer;
  /** What the interface endpoints are for, as in `ssm` or `ecr.api`; absent where that is not known. */
  readonly services?: readonly string[];
  /** Id of the prefix list with the addresses of S3, where there is a gateway endpoint; may be a token. */
  readonly s3PrefixListId?: string;
  /** What has to exist before services are reached that way, for `dependsOn`. */
  readonly dependables?: readonly ITerraformDependable[];
}

/**
 * A network as the other components need it: a VPC with three tiers of subnets.
 *
 * `Network` makes one; `Network.fromAttributes` describes one that exists.
 */
export interface INetwork {
  readonly vpcId: string;
  /** IPv4 block of the VPC. */
  readonly cidrBlock: string;
  /** IPv6 block of the VPC, where it has one and it is known; may be a token. */
  readonly ipv6CidrBlock?: string;
  /** Region, as in `eu-west-1`; may be a token. */
  readonly region: string;
  /** AWS partition, the second part of every ARN; may be a token. */
  readonly partition: string;
  /** Whether the subnets have IPv6 addresses. */
  readonly ipv6: boolean;
  /** Whether application subnets have a way out to the internet; absent where that is not known. */
  readonly reachesInternet?: boolean;
  /** Ways to AWS services that do not leave the network; absent where that is not known. */
  readonly endpoints?: NetworkEndpoints;
  /** Subnets with a route to the internet, for balancers. */
  readonly publicSubnets: readonly NetworkSubnet[];
  /** Subnets for hosts: out through NAT where there is one, nothing comes in. */
  readonly applicationSubnets: readonly NetworkSubnet[];
  /** Subnets with no route to the internet, for databases. */
  readonly dataSubnets: readonly NetworkSubnet[];
}

/** The routes of subnets that what stands in them can wait for. */
export function routesIn(scope: IConstruct, subnets: readonly NetworkSubnet[]): ITerraformDependable[] {
  return ofSameStack(
    scope,
    subnets.flatMap((subnet) => subnet.routes),
  );
}

/**
 * What something can wait for: what another stack makes is there before this stack is deployed, and Terraform can't
 * name it here.
 */
export function ofSameStack(
  scope: IConstruct,
  dependables: readonly ITerraformDependable[],
): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return dependables.filter(
    (dependable) => !Construct.isConstruct(dependable) || TerraformStack.of(dependable) === stack,
  );
}
