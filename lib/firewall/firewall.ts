import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { namePrefix, nameTag, pathInStack } from "../naming";
import { Connections, IConnectable } from "./connections";
import { Port } from "./port";

export interface FirewallProps {
  /** Network that the firewall stands in. */
  readonly network: { readonly vpcId: string };
  /** What is behind it. Changing it replaces the security group, so it is not a prop of the components. */
  readonly description: string;
  /** Port that others reach by `allowDefaultPortFrom`. @default - none */
  readonly defaultPort?: Port;
}

/**
 * The firewall of one component: a security group that lets nothing in or out but what `connections` says.
 */
export class Firewall extends Construct implements IConnectable {
  public readonly securityGroup: SecurityGroup;
  public readonly connections: Connections;

  public constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    // A component's only firewall goes by the component's name.
    const owner = id === "Firewall" ? scope : this;
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      vpcId: props.network.vpcId,
      namePrefix: namePrefix(owner, 255),
      description: props.description,
      // Without this a group that others' rules name cannot be deleted:
      // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
      revokeRulesOnDelete: true,
      lifecycle: { createBeforeDestroy: true },
      tags: nameTag(owner),
    });
    this.connections = new Connections(this, {
      securityGroupIds: [this.securityGroup.id],
      defaultPort: props.defaultPort,
      name: pathInStack(owner),
      rulesIn: this,
    });
  }

  /** Ids of the security groups, for what stands behind the firewall. */
  public get securityGroupIds(): string[] {
    return [...this.connections.securityGroupIds];
  }
}
