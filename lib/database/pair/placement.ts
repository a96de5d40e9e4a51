import { TerraformProvider } from "cdktf";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { Firewall, Port } from "../../firewall";
import { INetwork } from "../../network";
import { useProvider } from "../../synthesis";
import { createParameterGroup } from "../parameter-group";
import { createSubnetGroup, groupPrefix } from "../subnet-group";
import { DatabasePairProps } from "./database-pair-props";
import { OtherRegion } from "./slot-options";

/** Where instances stand, and what those of one place share. */
export interface Placement {
  readonly network: INetwork;
  readonly firewall: Firewall;
  readonly subnetGroup: DbSubnetGroup;
  /** What the subnet group's name starts with. */
  readonly groupPrefix: string;
  readonly parameterGroup: DbParameterGroup;
  readonly kmsKeyArn?: string;
  readonly logKmsKeyArn?: string;
  /** Provider of another region. */
  readonly provider?: TerraformProvider;
}

/** The place that the pair itself stands in. */
export function homePlacement(scope: Construct, props: DatabasePairProps, port: number): Placement {
  return createPlacement(scope, props, port, props);
}

/** A place in another region, with groups and a firewall of its own. */
export class RegionalPlacement extends Construct {
  public readonly placement: Placement;

  public constructor(
    scope: Construct,
    id: string,
    props: DatabasePairProps & { readonly port: number; readonly region: OtherRegion },
  ) {
    super(scope, id);
    const { provider } = props.region;
    this.placement = { ...createPlacement(this, props, props.port, props.region), provider };
    // Rules of the firewall may come later.
    useProvider(this, provider);
  }
}

function createPlacement(
  scope: Construct,
  { engine, parameters = {} }: DatabasePairProps,
  port: number,
  { network, kmsKeyArn, logKmsKeyArn }: Pick<Placement, "network" | "kmsKeyArn" | "logKmsKeyArn">,
): Placement {
  const firewall = new Firewall(scope, "Firewall", {
    network,
    description: "Database",
    defaultPort: Port.tcp(port),
  });
  const subnetGroup = createSubnetGroup(scope, network);
  const prefix = groupPrefix(scope);
  const parameterGroup = createParameterGroup(scope, engine, prefix, parameters);
  return { network, firewall, subnetGroup, groupPrefix: prefix, parameterGroup, kmsKeyArn, logKmsKeyArn };
}
