import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { SubnetTier } from "./subnet-tier";

/** A NAT gateway in the public subnet of one zone, with an address that stays the same for its lifetime. */
export function createNatGateway(
  scope: Construct,
  zone: string,
  publicTier: SubnetTier,
  internetGateway: InternetGateway,
): NatGateway {
  const place = new Construct(scope, zone);
  const address = new Eip(place, "Address", {
    domain: "vpc",
    tags: nameTag(place),
    // An address in a VPC needs the VPC's internet gateway first:
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eip
    dependsOn: [internetGateway],
  });
  return new NatGateway(place, "Gateway", {
    allocationId: address.allocationId,
    subnetId: publicTier.subnets[zone]!.id,
    tags: nameTag(place),
    dependsOn: [internetGateway],
  });
}
