import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { namePrefix, nameTag } from "../../naming";
import { INetwork } from "../../network";
import { assumeRolePolicy } from "../../policy";

/** Longest prefix of a role's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE_NAME_LENGTH = 64;

/** The role that hosts work with: reached by Session Manager, and nothing else until it is granted. */
export function createHostRole(scope: Construct, network: INetwork, pullsFromEcr: boolean): IamRole {
  const role = new IamRole(scope, "Role", {
    namePrefix: namePrefix(scope, ROLE_NAME_LENGTH),
    assumeRolePolicy: assumeRolePolicy("ec2.amazonaws.com"),
    tags: nameTag(scope),
  });
  const policies = [
    "AmazonSSMManagedInstanceCore",
    ...(pullsFromEcr ? ["AmazonEC2ContainerRegistryReadOnly"] : []),
  ];
  for (const policy of policies) {
    new IamRolePolicyAttachment(scope, policy, {
      role: role.name,
      policyArn: `arn:${network.partition}:iam::aws:policy/${policy}`,
    });
  }
  return role;
}

/** What EC2 gives the role to a host by. */
export function createInstanceProfile(scope: Construct, role: IamRole): IamInstanceProfile {
  return new IamInstanceProfile(scope, "InstanceProfile", {
    namePrefix: namePrefix(scope, ROLE_NAME_LENGTH),
    role: role.name,
    tags: nameTag(scope),
  });
}
