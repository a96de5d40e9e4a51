import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { DatabaseEngine, DistributedWeb } from "../../lib";
import type { PlacedWidget } from "../../lib/monitoring/dashboard/layout";

/** The dashboard that a site has where nothing is said about it, as it is synthesized. */
export function dashboardOfSite(app: App): readonly PlacedWidget[] {
  const stack = new TerraformStack(app, "shop");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const { monitoring } = new DistributedWeb(stack, "Web", {
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
  });
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(monitoring!.dashboard!.widgets, { scope: stack, resolver }) as PlacedWidget[];
}
