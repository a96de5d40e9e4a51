import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Fn, TerraformStack, TerraformVariable } from "cdktf";
import { Network, NetworkProps } from "../../lib";
import { ZONES, reference, synth, testApp, testStack } from "../support/synth";

function network(props: Partial<NetworkProps> = {}, stack = testStack()) {
  const made = new Network(stack, "Network", { availabilityZones: ZONES, ...props });
  return { stack, made, tf: () => synth(stack) };
}

describe("Network", () => {
  it("has three subnets in each zone, in blocks that depend on the zone's letter", () => {
    const { made, tf } = network({ availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] });
    const json = tf();
    const blocks = (tier: "publicTier" | "applicationTier" | "dataTier") =>
      Object.entries(made[tier].subnets).map(([zone, subnet]) => [zone, json.of(subnet).cidr_block]);
    expect(blocks("publicTier")).toEqual([
      ["eu-west-1a", "10.0.0.0/21"],
      ["eu-west-1b", "10.0.8.0/21"],
      ["eu-west-1c", "10.0.16.0/21"],
    ]);
    expect(blocks("applicationTier")[0]).toEqual(["eu-west-1a", "10.0.64.0/21"]);
    expect(blocks("dataTier")[2]).toEqual(["eu-west-1c", "10.0.144.0/21"]);
  });

  it("leaves every other resource as it was when a zone is added anywhere in the list", () => {
    const before = network().tf().byAddress;
    const after = network({ availabilityZones: ["eu-west-1c", ...ZONES] }).tf().byAddress;
    const changed = Object.keys(before).filter(
      (address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]),
    );
    // The network ACL gets rules and a subnet more, the endpoint lists the route tables and learns of the new zone's.
    expect(changed).toEqual([
      expect.stringMatching(/^aws_network_acl\.Network_DataTierAcl_/),
      expect.stringMatching(/^aws_vpc_endpoint\.Network_Endpoints_S3_/),
    ]);
    const acl = changed[0]!;
    expect(after[acl]!.ingress).toEqual(expect.arrayContaining(before[acl]!.ingress));
  });

  it("sends each zone's hosts out through a NAT gateway in the same zone", () => {
    const { made, tf } = network();
    const json = tf();
    expect(json.count("aws_nat_gateway")).toBe(2);
    for (const zone of ZONES) {
      const table = made.applicationTier.routeTables[zone]!;
      const route = Object.values(json.resources("aws_route")).find(
        (one) => one.route_table_id === reference(table, "id"),
      );
      expect(route).toMatchObject({
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: reference(made.natGateways[zone]!, "id"),
      });
      expect(json.of(made.natGateways[zone]!).subnet_id).toBe(
        reference(made.publicTier.subnets[zone]!, "id"),
      );
    }
  });

  it("has no route to the internet in the data tier", () => {
    const { made, tf } = network({ ipv6: true });
    const tables = Object.values(made.dataTier.routeTables).map((table) => reference(table, "id"));
    const routes = Object.values(tf().resources("aws_route")).map((route) => route.route_table_id);
    expect(routes).not.toHaveLength(0);
    expect(routes.filter((table) => tables.includes(table))).toEqual([]);
  });

  it("shares one NAT gateway when asked to, and says what that means", () => {
    const { made, tf } = network({ nat: "single" });
    const json = tf();
    expect(json.count("aws_nat_gateway")).toBe(1);
    const gateways = Object.values(json.resources("aws_route"))
      .map((route) => route.nat_gateway_id)
      .filter(Boolean);
    expect(gateways).toEqual([
      reference(made.natGateways["eu-west-1a"]!, "id"),
      reference(made.natGateways["eu-west-1a"]!, "id"),
    ]);
    expect(made.node.metadata.map((entry) => entry.data)).toContainEqual(
      expect.stringContaining("while eu-west-1a is down, no host reaches the internet"),
    );
  });

  it("leaves a shared NAT gateway in the zone that is named, whatever the list becomes", () => {
    const addresses = (availabilityZones: string[]) =>
      network({ availabilityZones, nat: { single: "eu-west-1b" } })
        .tf()
        .addresses.filter((address) => /^aws_(eip|nat_gateway)/.test(address));
    expect(addresses(["eu-west-1a", ...ZONES.slice(1)])).toEqual(addresses(["eu-west-1b", "eu-west-1c"]));
    expect(addresses(ZONES)).toHaveLength(2);
  });

  it("keeps the application's route tables when the number of NAT gateways changes", () => {
    const addresses = (nat: "perZone" | "single" | "none") =>
      network({ nat })
        .tf()
        .addresses.filter((address) => address.startsWith("aws_route_table"));
    expect(addresses("single")).toEqual(addresses("perZone"));
    expect(addresses("none")).toEqual(addresses("perZone"));
  });

  it("has no way out of the application tier without NAT", () => {
    const { tf } = network({ nat: "none" });
    const json = tf();
    expect(json.count("aws_nat_gateway")).toBe(0);
    expect(json.count("aws_eip")).toBe(0);
    expect(json.count("aws_route")).toBe(1);
  });

  it("empties the default security group", () => {
    const { made, tf } = network();
    const config = tf().of(made.defaultSecurityGroup);
    expect(config.vpc_id).toBe(reference(made.vpc, "id"));
    expect(config.ingress).toBeUndefined();
    expect(config.egress).toBeUndefined();
  });

  it("never gives public addresses to whatever lands in a subnet", () => {
    const subnets = Object.values(network().tf().resources("aws_subnet"));
    expect(subnets.map((subnet) => subnet.map_public_ip_on_launch)).toEqual(Array(6).fill(false));
  });

  it("logs all traffic for a year, with a role that may write nothing else", () => {
    const { made, tf } = network();
    const json = tf();
    expect(json.only("aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      log_destination: reference(made.flowLogs!.logGroup, "arn"),
      vpc_id: reference(made.vpc, "id"),
    });
    expect(json.of(made.flowLogs!.logGroup).retention_in_days).toBe(365);
    const policy = JSON.parse(json.of(made.flowLogs!.rolePolicy).policy);
    expect(policy.Statement[0].Resource).toBe(`${reference(made.flowLogs!.logGroup, "arn")}:*`);
  });

  it("logs as told, or not at all", () => {
    const some = network({ flowLogs: { traffic: "REJECT", retentionDays: 30 } }).tf();
    expect(some.only("aws_flow_log").traffic_type).toBe("REJECT");
    expect(some.only("aws_cloudwatch_log_group").retention_in_days).toBe(30);
    expect(network({ flowLogs: false }).tf().count("aws_flow_log")).toBe(0);
  });

  it("reaches S3 through a gateway endpoint from the application tier", () => {
    const { made, tf } = network();
    expect(tf().only("aws_vpc_endpoint")).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.s3",
      vpc_endpoint_type: "Gateway",
      route_table_ids: ZONES.map((zone) => reference(made.applicationTier.routeTables[zone]!, "id")),
    });
  });

  it("makes all the endpoints a service needs, in every zone, reachable from the VPC over HTTPS", () => {
    const { made, tf } = network({
      interfaceEndpoints: [
        "ssm",
        "ecr",
        "com.amazonaws.eu-west-1.sqs",
        "logs",
        "monitoring",
        "secretsmanager",
      ],
    });
    const json = tf();
    expect(Object.keys(made.endpoints.interfaces).sort()).toEqual([
      "ec2messages",
      "ecr.api",
      "ecr.dkr",
      "logs",
      "monitoring",
      "secretsmanager",
      "sqs",
      "ssm",
      "ssmmessages",
    ]);
    const ssm = json.of(made.endpoints.interfaces.ssm!);
    expect(ssm).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.ssm",
      private_dns_enabled: true,
      subnet_ids: made.applicationSubnets.map((subnet) => expect.stringContaining(String(subnet.zone))),
    });
    expect(json.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
    });
  });

  it("has endpoints for what Security Hub asks for", () => {
    const { made } = network({ interfaceEndpoints: ["ec2", "kms", "sts", "incidents"] });
    expect([...made.endpoints.services].sort()).toEqual([
      "ec2",
      "kms",
      "ssm-contacts",
      "ssm-incidents",
      "sts",
    ]);
  });

  it("gives every subnet its own IPv6 block when asked to, and hosts a way out but not in", () => {
    const { made, tf } = network({ ipv6: true });
    const json = tf();
    const blocks = Object.values(json.resources("aws_subnet")).map((subnet) => subnet.ipv6_cidr_block);
    expect(new Set(blocks).size).toBe(6);
    expect(json.of(made.vpc).assign_generated_ipv6_cidr_block).toBe(true);
    const routes = Object.values(json.resources("aws_route")).filter(
      (route) => route.destination_ipv6_cidr_block === "::/0",
    );
    expect(routes.filter((route) => route.egress_only_gateway_id)).toHaveLength(2);
    expect(routes.filter((route) => route.gateway_id)).toHaveLength(1);
  });

  it("takes blocks of the user's choice", () => {
    const { made, tf } = network({
      cidrBlock: "192.168.0.0/24",
      subnetCidrs: {
        public: { "eu-west-1a": "192.168.0.0/27", "eu-west-1b": "192.168.0.32/27" },
        application: { "eu-west-1a": "192.168.0.64/26", "eu-west-1b": "192.168.0.128/26" },
        data: { "eu-west-1a": "192.168.0.192/28", "eu-west-1b": "192.168.0.208/28" },
      },
    });
    expect(tf().of(made.dataTier.subnets["eu-west-1b"]!).cidr_block).toBe("192.168.0.208/28");
  });

  it("lets values through that are known only after deploy", () => {
    const stack = testStack();
    const cidr = new TerraformVariable(stack, "cidr", { type: "string" });
    const zones = new DataAwsAvailabilityZones(stack, "zones", {});
    const { made, tf } = network(
      {
        cidrBlock: cidr.stringValue,
        availabilityZones: { a: Fn.element(zones.names, 0), b: Fn.element(zones.names, 1) },
      },
      stack,
    );
    const json = tf();
    expect(json.of(made.vpc).cidr_block).toBe("${var.cidr}");
    expect(json.of(made.applicationTier.subnets.b!)).toMatchObject({
      cidr_block: "${cidrsubnet(var.cidr, 5, 9)}",
      availability_zone: "${element(data.aws_availability_zones.zones.names, 1)}",
    });
    expect(json.only("aws_vpc_endpoint").service_name).toMatch(
      /^com\.amazonaws\.\$\{element\(split\(":", aws_vpc\.Network_Vpc_\w+\.arn\), 3\)\}\.s3$/,
    );
  });

  it("finds a provider of another region that is added after the network", () => {
    const stack = new TerraformStack(testApp(), "late");
    new Network(stack, "Network", { availabilityZones: ZONES });
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    expect(() => synth(stack)).toThrow("Allowed: zones of the AWS provider's region, us-east-1.");
  });

  it("accepts the zones of any of several providers, and of one whose region is not known yet", () => {
    const stack = testStack();
    new AwsProvider(stack, "us", { region: "us-east-1", alias: "us" });
    expect(() => network({ availabilityZones: ["us-east-1a", "us-east-1b"] }, stack)).not.toThrow();
    const unknown = new TerraformStack(testApp(), "unknown");
    const region = new TerraformVariable(unknown, "region", { type: "string" });
    new AwsProvider(unknown, "aws", { region: region.stringValue });
    expect(() => network({}, unknown)).not.toThrow();
    const mixed = testStack();
    new AwsProvider(mixed, "other", { region: region.stringValue, alias: "other" });
    expect(() => network({ availabilityZones: ["us-east-1a", "us-east-1b"] }, mixed)).not.toThrow();
  });

  it.each([
    ["cn-north-1a", "cn-north-1b", "aws-cn"],
    ["us-gov-west-1a", "us-gov-west-1b", "aws-us-gov"],
    ["us-west-2-lax-1a", "us-west-2b", "aws"],
    ["eusc-de-east-1a", "eusc-de-east-1b", "aws-eusc"],
    ["us-iso-east-1a", "us-iso-east-1b", "aws-iso"],
    ["ap-northeast-1a", "ap-northeast-1c", "aws"],
    ["mx-central-1a", "mx-central-1b", "aws"],
  ])("knows the partition of %s", (first, second, partition) => {
    const stack = new TerraformStack(testApp(), "partition");
    const made = new Network(stack, "Network", { availabilityZones: [first, second] });
    expect(made.partition).toBe(partition);
  });
});

describe("Network.fromAttributes", () => {
  it("describes a network that exists, and makes nothing", () => {
    const stack = testStack();
    const made = Network.fromAttributes(stack, "Existing", {
      vpcId: "vpc-0123456789abcdef0",
      cidrBlock: "172.16.0.0/16",
      publicSubnetIds: { "eu-west-1a": "subnet-0a", "eu-west-1b": "subnet-0b" },
      dataSubnetIds: { first: "subnet-1a", second: "subnet-1b" },
    });
    expect(made).toMatchObject({
      region: "eu-west-1",
      partition: "aws",
      ipv6: false,
      applicationSubnets: [],
    });
    expect(made.publicSubnets[1]).toEqual({
      zone: "eu-west-1b",
      availabilityZone: "eu-west-1b",
      subnetId: "subnet-0b",
      routes: [],
    });
    expect(made.dataSubnets[0]!.availabilityZone).toBeUndefined();
    expect(synth(stack).addresses).toEqual([]);
  });

  it("takes keys of any form for its subnets", () => {
    const made = Network.fromAttributes(testStack(), "Existing", {
      vpcId: "vpc-0123456789abcdef0",
      cidrBlock: "172.16.0.0/16",
      region: "eu-west-1",
      applicationSubnetIds: {
        "app-subnet-1a": "subnet-0a",
        "my-data-1b": "subnet-0b",
        "private-1": "subnet-0c",
      },
    });
    expect(made.applicationSubnets.map((subnet) => subnet.availabilityZone)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
