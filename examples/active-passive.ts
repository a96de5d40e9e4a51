import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HostApplication, LoadBalancer, Network, WebHosts } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "intranet");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = new Network(stack, "Network", { availabilityZones: ["eu-west-1a", "eu-west-1b"] });
const balancer = new LoadBalancer(stack, "LoadBalancer", {
  network,
  internal: true,
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  maintenance: { active: false, retryAfter: 1800 },
});

// One host works, the other one sleeps until the first is lost.
const hosts = new WebHosts(stack, "Hosts", {
  network,
  setup: "activePassive",
  passiveHost: { hibernate: true },
  instanceTypes: ["t3.medium"],
  application: HostApplication.container("public.ecr.aws/nginx/nginx:1.29", { port: 80 }),
});
balancer.forwardTo(hosts);

app.synth();
