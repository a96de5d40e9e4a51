import { Construct } from "constructs";
import { PropChecks } from "../../validation";
import { WebAclBase } from "./web-acl-base";

/**
 * A web ACL that exists, and somebody else looks after.
 *
 * @internal
 */
export class ImportedWebAcl extends WebAclBase {
  protected readonly readyWhen = [];

  public constructor(
    scope: Construct,
    id: string,
    public readonly arn: string,
  ) {
    super(scope, id);
    const checks = new PropChecks(this);
    const remedy = "Web ACLs are listed by: aws wafv2 list-web-acls --scope REGIONAL.";
    checks.given("arn", arn, "the ARN of a web ACL", remedy);
    checks.arn("arn", arn, "wafv2", "regional/webacl");
  }
}
