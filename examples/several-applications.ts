import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ExistingTargets, HostApplication, LoadBalancer, Network, WebHosts } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "front");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = new Network(stack, "Network", { availabilityZones: ["eu-west-1a", "eu-west-1b"] });
const balancer = new LoadBalancer(stack, "LoadBalancer", {
  network,
  domain: {
    name: "example.com",
    hostedZoneId: "Z0123456789ABC",
    alternativeNames: ["shop.example.com", "blog.example.com", "www.example.com"],
  },
});
const hosts = (id: string, image: string) =>
  new WebHosts(stack, id, { network, application: HostApplication.container(image, { port: 8080 }) });

// Everything that no rule is for goes to the shop; a tenth of it to its next version.
balancer.forwardTo(hosts("Shop", "ghcr.io/acme/shop:1.4"), { weight: 90 });
balancer.forwardTo(hosts("ShopCanary", "ghcr.io/acme/shop:1.5"), { key: "Canary", weight: 10 });

// The blog has a name of its own, and the shop's old catalogue runs on machines that are there already.
balancer.addTargets("Blog", {
  target: hosts("Blog", "ghcr.io/acme/blog:7"),
  hosts: ["blog.example.com"],
});
balancer.addTargets("Catalogue", {
  target: ExistingTargets.instances(
    { "catalogue-1": "i-0123456789abcdef0", "catalogue-2": "i-0fedcba9876543210" },
    { port: 80, healthCheckPath: "/status", securityGroupId: "sg-0123456789abcdef0" },
  ),
  paths: ["/catalogue/*"],
});
balancer.addRedirect("Www", { hosts: ["www.example.com"], host: "example.com", permanent: true });
balancer.addFixedResponse("Robots", {
  hosts: ["shop.example.com"],
  paths: ["/robots.txt"],
  statusCode: 200,
  body: "User-agent: *\nDisallow: /cart",
});

app.synth();
