import { Fn } from "cdktf";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";

/**
 * Name of the snapshot that RDS makes when it deletes a database, as in `shop-final-2025…`.
 *
 * It ends as the name of the subnet group does, which Terraform generates anew with every environment: a database
 * that is destroyed, made again and destroyed again never meets the snapshot of its predecessor, for which RDS
 * would refuse to delete it. While the subnet group stays, so does the name: of a database that is replaced twice
 * in one environment, the first snapshot has to be renamed (copied) or deleted before the second time.
 *
 * @param prefix what Terraform completes to the subnet group's name: its `namePrefix`
 * @internal
 */
export function finalSnapshotIdentifier(name: string, subnetGroup: DbSubnetGroup, prefix: string): string {
  return `${name}-final-${Fn.trimprefix(subnetGroup.name, prefix)}`;
}
