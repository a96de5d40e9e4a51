import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { nameTag, pathName } from "../naming";
import { INetwork } from "../network";
import { identifierFrom } from "./database-names";

/**
 * What the names of a database's groups start with, which Terraform completes: the path, and not the identifier,
 * since an instance can't move to another subnet group.
 */
export function groupPrefix(scope: Construct): string {
  return `${identifierFrom(pathName(scope))}-`;
}

/** The subnets that a database may stand in: the network's data tier. */
export function createSubnetGroup(scope: Construct, network: INetwork): DbSubnetGroup {
  return new DbSubnetGroup(scope, "SubnetGroup", {
    namePrefix: groupPrefix(scope),
    subnetIds: network.dataSubnets.map((subnet) => subnet.subnetId),
    tags: nameTag(scope),
    lifecycle: { createBeforeDestroy: true },
  });
}
