import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AuroraCluster, AuroraEngine, Network, Peer } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = Network.fromAttributes(stack, "Existing", {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "172.16.0.0/16",
  dataSubnetIds: {
    "eu-west-1a": "subnet-0123456789abcdef0",
    "eu-west-1b": "subnet-0fedcba9876543210",
    "eu-west-1c": "subnet-00112233445566778",
  },
});
const database = new AuroraCluster(stack, "Database", {
  network,
  engine: AuroraEngine.postgres("17"),
  databaseName: "orders",
  instances: 3,
  instanceClass: "db.r8g.large",
});
database.connections.allowDefaultPortFrom(Peer.securityGroup("sg-0123456789abcdef0", "backend"));

app.synth();
