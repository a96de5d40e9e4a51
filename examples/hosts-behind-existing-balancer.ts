import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HostApplication, LoadBalancer, MachineImage, Network, WebHosts } from "cdktf-tandem";

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
const balancer = LoadBalancer.fromAttributes(stack, "Balancer", {
  network,
  listenerArn:
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
  securityGroupIds: ["sg-0123456789abcdef0"],
  dnsName: "web-1234567890.eu-west-1.elb.amazonaws.com",
  zoneId: "Z32O12XQLNTSW2",
});
const hosts = new WebHosts(stack, "Hosts", {
  network,
  image: MachineImage.ami("ami-0123456789abcdef0", { distribution: "ubuntu-24.04" }),
  application: HostApplication.bakedImage({ port: 8080, healthCheckPath: "/up", service: "blog.service" }),
});
balancer.addTargets("Blog", { target: hosts, hosts: ["blog.example.com"] });

app.synth();
