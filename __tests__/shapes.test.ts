import { DistributedWeb, HostApplication, LoadBalancer, Network, WebHosts } from "../lib";
import { testRefusals } from "./support/bad-input";
import { CERTIFICATE, testBalancer } from "./support/balancer";
import { ZONES, testNetwork, testStack } from "./support/synth";

// What a program gets wrong that nobody type-checked, as one that tsx runs: props that are missing, or of another
// kind.

const hosts = (props: object) => () => {
  const stack = testStack();
  return new WebHosts(stack, "Hosts", { network: testNetwork(stack), ...props } as never);
};
const balancer = (props: object) => () => testBalancer(props);
const existing = (attributes: object) => () =>
  Network.fromAttributes(testStack(), "Existing", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    ...attributes,
  } as never);

const BAD: Record<string, () => unknown> = {
  "a balancer without a network": () =>
    new LoadBalancer(testStack(), "LoadBalancer", { certificateArn: CERTIFICATE } as never),
  "a balancer without props": () => new LoadBalancer(testStack(), "LoadBalancer", undefined as never),
  "hosts without a network": () => new WebHosts(testStack(), "Hosts", {} as never),
  "hosts without props": () => new WebHosts(testStack(), "Hosts", undefined as never),
  "an application by its image": hosts({ application: "ghcr.io/acme/shop:1.4" }),
  "a machine image by its id": hosts({ image: "ami-0123456789abcdef0" }),
  "a type in place of a list": hosts({ instanceTypes: "t3.large" }),
  "an alarm in place of a list": hosts({ rollingReplacement: { alarmNames: "shop-5xx" } }),
  "nginx switched on": hosts({ reverseProxy: true }),
  "logs by the name of their group": hosts({ logs: "/shop" }),
  "a container without options": hosts({
    application: HostApplication.container("nginx:1.29", undefined as never),
  }),
  "a domain by its name": balancer({ certificateArn: undefined, domain: "shop.example.com" }),
  "a domain without its zone": balancer({
    certificateArn: undefined,
    domain: { name: "shop.example.com" } as never,
  }),
  "clients by their blocks": balancer({ clients: ["192.0.2.0/24"] }),
  "maintenance switched on": balancer({ maintenance: true }),
  "maintenance that doesn't say whether": balancer({ maintenance: {} }),
  "maintenance by a word": balancer({ maintenance: { active: "false" } }),
  "sticky sessions switched on": balancer({ stickiness: true }),
  "an address in place of a list": balancer({ maintenance: { active: false, allow: "192.0.2.7" } }),
  "a path in place of a list": () =>
    testBalancer().balancer.addFixedResponse("Gone", { paths: "/old/*", statusCode: 410 } as never),
  "requests to nobody": () => testBalancer().balancer.forwardTo(undefined as never),
  "a rule to nobody": () => testBalancer().balancer.addTargets("Api", { paths: ["/api/*"] } as never),
  "a network without its block": existing({ cidrBlock: undefined }),
  "subnets in a list": existing({ applicationSubnetIds: ["subnet-0a", "subnet-0b"] }),
  "a site without a database": () =>
    new DistributedWeb(testStack(), "Web", { availabilityZones: ZONES, plainHttp: true } as never),
};

describe("a program that nobody type-checked", () => testRefusals(BAD));
