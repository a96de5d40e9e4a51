import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { HostApplication, MachineImage, Network, Peer, TargetGroup, WebHosts } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "blog");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = Network.fromAttributes(stack, "Existing", {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "172.16.0.0/16",
  applicationSubnetIds: {
    "eu-west-1a": "subnet-0123456789abcdef0",
    "eu-west-1b": "subnet-0fedcba9876543210",
  },
});
const hosts = new WebHosts(stack, "Hosts", {
  network,
  image: MachineImage.ami("ami-0123456789abcdef0", { distribution: "ubuntu-24.04" }),
  application: HostApplication.bakedImage({ port: 8080, healthCheckPath: "/up", service: "blog.service" }),
});
const targets = new TargetGroup(stack, "Targets", {
  network,
  port: hosts.port,
  healthCheck: { path: hosts.healthCheckPath },
});
hosts.attachToTargetGroup(targets.targetGroup);
hosts.connections.allowDefaultPortFrom(Peer.securityGroup("sg-0123456789abcdef0", "balancer"));

new LbListenerRule(stack, "Rule", {
  listenerArn:
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
  condition: [{ hostHeader: { values: ["blog.example.com"] } }],
  action: [{ type: "forward", targetGroupArn: targets.arn }],
});

app.synth();
