import { Aspects, TerraformProvider, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";

/** Has everything in a scope made by a provider, what comes later included. */
export function useProvider(scope: IConstruct, provider: TerraformProvider): void {
  Aspects.of(scope).add({
    visit: (node) => {
      if (TerraformResource.isTerraformResource(node)) node.provider ??= provider;
    },
  });
}
