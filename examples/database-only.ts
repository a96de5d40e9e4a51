import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DatabaseEngine, DatabasePair, Network, Peer } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = Network.fromAttributes(stack, "Existing", {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "172.16.0.0/16",
  dataSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0fedcba9876543210" },
});
const database = new DatabasePair(stack, "Database", {
  network,
  engine: DatabaseEngine.mysql("8.4"),
  databaseName: "orders",
});
database.connections.allowDefaultPortFrom(Peer.securityGroup("sg-0123456789abcdef0", "backend"));

app.synth();
