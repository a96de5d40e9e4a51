import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DatabaseEngine, DistributedWeb, HostApplication } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "shop");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new DistributedWeb(stack, "Web", {
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
  application: HostApplication.container("public.ecr.aws/nginx/nginx:1.29", { port: 80 }),
  database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
  monitoring: { notify: { emails: ["oncall@example.com"] } },
});
app.synth();
