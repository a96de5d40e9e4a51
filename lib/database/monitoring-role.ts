import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { namePrefix, nameTag } from "../naming";
import { assumeRolePolicy } from "../policy";

/** Lets RDS write Enhanced Monitoring's metrics into CloudWatch Logs. */
export class MonitoringRole extends Construct {
  public readonly role: IamRole;
  public readonly attachment: IamRolePolicyAttachment;

  public constructor(scope: Construct, id: string, props: { readonly partition: string }) {
    super(scope, id);
    this.role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, 64),
      assumeRolePolicy: assumeRolePolicy("monitoring.rds.amazonaws.com"),
      tags: nameTag(this),
    });
    this.attachment = new IamRolePolicyAttachment(this, "Attachment", {
      role: this.role.name,
      policyArn: `arn:${props.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
  }
}
