import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { DistributedWeb } from "./lib";
import { configureState, readSettings } from "./settings";

const app = new App();
const settings = readSettings(app);
const stack = new TerraformStack(app, settings.environment);

new AwsProvider(stack, "aws", {
  region: settings.region,
  defaultTags: [{ tags: { Environment: settings.environment, ManagedBy: "cdktf-tandem" } }],
});
configureState(stack, settings);

const web = new DistributedWeb(stack, "Web", settings.web);

new TerraformOutput(stack, "url", { value: web.url });
new TerraformOutput(stack, "database_writer", { value: web.database.writer.host });
new TerraformOutput(stack, "database_reader", { value: web.database.reader.host });
new TerraformOutput(stack, "database_secret_arn", { value: web.database.secretArn });

app.synth();
