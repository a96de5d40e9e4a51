import { TerraformStack, TerraformVariable } from "cdktf";
import {
  HostApplication,
  INetwork,
  InterfaceEndpointService,
  Network,
  NetworkAttributes,
  NetworkProps,
  WebHosts,
  WebHostsProps,
} from "../../lib";
import { Synthesized, ZONES, reference, synth, testApp, testDatabase, testStack } from "../support/synth";

const NEEDED: readonly InterfaceEndpointService[] = ["ssm", "logs", "monitoring"];
const REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

function hostsIn(network: INetwork, stack: TerraformStack, props: Partial<WebHostsProps> = {}) {
  const made = new WebHosts(stack, "Hosts", { network, ...props });
  return { stack, network, made, tf: () => synth(stack) };
}

function hosts(network: Partial<NetworkProps>, props: Partial<WebHostsProps> = {}) {
  const stack = testStack();
  return hostsIn(new Network(stack, "Network", { availabilityZones: ZONES, ...network }), stack, props);
}

function hostsInExisting(attributes: Partial<NetworkAttributes>, props: Partial<WebHostsProps> = {}) {
  const stack = testStack();
  const network = Network.fromAttributes(stack, "Network", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    applicationSubnetIds: { "eu-west-1a": "subnet-1a", "eu-west-1b": "subnet-1b" },
    ...attributes,
  });
  return hostsIn(network, stack, props);
}

/** What hosts reach, as "0.0.0.0/0 443". */
function reached(tf: Synthesized): string[] {
  return Object.entries(tf.resources("aws_vpc_security_group_egress_rule"))
    .filter(([name]) => name.startsWith("Hosts"))
    .map(([, rule]) => {
      const { cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_security_group_id, from_port } = rule;
      return `${cidr_ipv4 ?? cidr_ipv6 ?? prefix_list_id ?? referenced_security_group_id} ${from_port}`;
    })
    .sort();
}

describe("hosts that reach the internet", () => {
  it("reach it over HTTPS where the network does, by IPv4 and, where there is one, IPv6", () => {
    expect(reached(hosts({}).tf())).toEqual(["0.0.0.0/0 443"]);
    expect(reached(hosts({ ipv6: true }).tf())).toEqual(["0.0.0.0/0 443", "::/0 443"]);
    expect(reached(hosts({ interfaceEndpoints: NEEDED }).tf())).toEqual(["0.0.0.0/0 443"]);
    expect(reached(hostsInExisting({}).tf())).toEqual(["0.0.0.0/0 443"]);
  });

  it("reach it over IPv6 only where that is the only way, and what has IPv4 through endpoints", () => {
    const { network, tf } = hosts({ nat: "none", ipv6: true });
    const { endpoints } = network as Network;
    expect(reached(tf())).toEqual([`${reference(endpoints.s3, "prefix_list_id")} 443`, "::/0 443"]);
  });

  it("reach whatever there is where the endpoints of a network that exists are not known", () => {
    expect(reached(hostsInExisting({ reachesInternet: false }).tf())).toEqual(["0.0.0.0/0 443"]);
    const dual = hostsInExisting({ reachesInternet: false, ipv6: true });
    expect(reached(dual.tf())).toEqual(["0.0.0.0/0 443", "::/0 443"]);
  });

  it("reach it by a way of the user's own when that is said", () => {
    expect(reached(hosts({ nat: "none" }, { egress: "internet" }).tf())).toEqual(["0.0.0.0/0 443"]);
  });
});

describe("hosts that reach endpoints only", () => {
  const endpointsOnly = (props: Partial<WebHostsProps> = {}, ...more: InterfaceEndpointService[]) =>
    hosts({ nat: "none", interfaceEndpoints: [...NEEDED, ...more] }, props);

  it.each<[string, ReturnType<typeof hosts>]>([
    ["where there is no NAT", endpointsOnly()],
    ["when told so", hosts({ interfaceEndpoints: NEEDED }, { egress: "endpoints" })],
  ])("reach the interface endpoints and S3, and no address besides, %s", (_, { network, tf }) => {
    const { endpoints } = network as Network;
    expect(reached(tf())).toEqual(
      [
        `${reference(endpoints.firewall!.securityGroup, "id")} 443`,
        `${reference(endpoints.s3, "prefix_list_id")} 443`,
      ].sort(),
    );
  });

  it("reach those of a network that exists, whose groups are left alone", () => {
    const { tf } = hostsInExisting(
      { endpointSecurityGroupIds: { ssm: "sg-0a", others: "sg-0b" }, s3PrefixListId: "pl-0c" },
      { egress: "endpoints" },
    );
    expect(reached(tf())).toEqual(["pl-0c 443", "sg-0a 443", "sg-0b 443"]);
    expect(tf().count("aws_vpc_security_group_ingress_rule")).toBe(0);
  });

  it("start when the endpoints are there", () => {
    const { network, made, tf } = endpointsOnly();
    const { endpoints } = network as Network;
    const all = [endpoints.s3, ...Object.values(endpoints.interfaces)];
    expect(tf().of(made.autoScalingGroup).depends_on).toEqual(
      expect.arrayContaining(all.map((one) => `aws_vpc_endpoint.${one.friendlyUniqueId}`)),
    );
    const open = hosts({ interfaceEndpoints: NEEDED });
    expect(open.tf().of(open.made.autoScalingGroup).depends_on.join()).not.toContain("aws_vpc_endpoint");
  });

  it("may be in another stack than the network", () => {
    const app = testApp();
    const base = testStack("base", app);
    const network = new Network(base, "Network", {
      availabilityZones: ZONES,
      nat: "none",
      interfaceEndpoints: NEEDED,
    });
    const { made, tf } = hostsIn(network, testStack("front", app));
    expect(reached(tf())).toHaveLength(2);
    expect(tf().of(made.autoScalingGroup).depends_on.join()).not.toContain("aws_vpc_endpoint");
  });

  it("pull images from ECR in their region", () => {
    const { tf } = endpointsOnly(
      { application: HostApplication.container(`${REGISTRY}/shop:1.4`, { port: 8080 }) },
      "ecr",
    );
    expect(reached(tf())).toHaveLength(2);
  });

  it("may pull an image that is known only after deploy", () => {
    const stack = testStack();
    const image = new TerraformVariable(stack, "image", { type: "string" }).stringValue;
    const application = HostApplication.container(image, { port: 8080 });
    const network = new Network(stack, "Network", {
      availabilityZones: ZONES,
      nat: "none",
      interfaceEndpoints: [...NEEDED, "ecr"],
    });
    expect(() => hostsIn(network, stack, { application }).tf()).not.toThrow();
  });

  it("need an endpoint of Secrets Manager before they use a database, which is found at synthesis", () => {
    const use = (...more: InterfaceEndpointService[]) => {
      const setup = endpointsOnly({}, ...more);
      setup.made.useDatabase(testDatabase(setup.stack, setup.network));
      return setup.tf;
    };
    expect(use()).toThrow(
      'The hosts reach no endpoint of secretsmanager, and nothing else. Add them to the network, interfaceEndpoints: ["secretsmanager"]',
    );
    expect(use("secretsmanager")).not.toThrow();
  });

  it("need no endpoints of CloudWatch when they send neither logs nor numbers", () => {
    const silent = { logs: false, metrics: false } as const;
    expect(() => hosts({ nat: "none", interfaceEndpoints: ["ssm"] }, silent)).not.toThrow();
  });

  it("may name services in full", () => {
    const names = ["ssm", "ssmmessages", "ec2messages", "logs", "monitoring"].map(
      (name) => `com.amazonaws.eu-west-1.${name}` as const,
    );
    expect(() => hosts({ nat: "none", interfaceEndpoints: names })).not.toThrow();
  });
});
