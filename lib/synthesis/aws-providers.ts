import { TerraformProvider, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** The AWS providers of the stack that a construct lies in; `region` may be absent or a token. */
export function awsProvidersOf(scope: IConstruct): readonly (TerraformProvider & { region?: string })[] {
  return TerraformStack.of(scope)
    .allProviders()
    .filter((provider) => provider.terraformResourceType === "aws");
}
