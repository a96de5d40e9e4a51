import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ExistingTargets, LoadBalancer, Network } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "front");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = Network.fromAttributes(stack, "Existing", {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "172.16.0.0/16",
  publicSubnetIds: { "eu-west-1a": "subnet-0123456789abcdef0", "eu-west-1b": "subnet-0fedcba9876543210" },
});
const balancer = new LoadBalancer(stack, "LoadBalancer", {
  network,
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  distribution: "least_outstanding_requests",
});

// Two machines that somebody else looks after, behind the balancer.
balancer.forwardTo(
  ExistingTargets.instances(
    { "web-1": "i-0123456789abcdef0", "web-2": "i-0fedcba9876543210" },
    { port: 8080, healthCheckPath: "/health", securityGroupId: "sg-0123456789abcdef0" },
  ),
);

app.synth();
