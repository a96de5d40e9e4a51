import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Network } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "network");
new AwsProvider(stack, "aws", { region: "eu-central-1" });

new Network(stack, "Network", {
  availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  cidrBlock: "10.20.0.0/16",
  ipv6: true,
  interfaceEndpoints: ["ssm", "secretsmanager"],
  flowLogs: { traffic: "REJECT", retentionDays: 90 },
});

app.synth();
