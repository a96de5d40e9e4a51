import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { IGrantable, PolicyStatement, policyDocument } from "./policy-document";

/**
 * A role of your own that permissions can be given to.
 *
 * @example
 * database.credentials.grantRotate("Rotate", new GrantableRole(stack, role));
 */
export class GrantableRole implements IGrantable {
  /** @param scope what the policies are made under, each by its id */
  public constructor(
    private readonly scope: Construct,
    private readonly role: IamRole,
  ) {}

  public addPolicy(id: string, ...statements: readonly PolicyStatement[]): void {
    new IamRolePolicy(this.scope, id, { role: this.role.name, policy: policyDocument(...statements) });
  }
}
