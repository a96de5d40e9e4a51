// The default topology, as many times as asked for: node bench/topology.cjs OUTDIR STACKS
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");
const { DatabaseEngine, DistributedWeb } = require("../dist");

const [outdir, stacks] = process.argv.slice(2);
const app = new App({ outdir });
for (let number = 0; number < Number(stacks); number++) {
  const stack = new TerraformStack(app, `stack${number}`);
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new DistributedWeb(stack, "Web", {
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
  });
}
app.synth();
