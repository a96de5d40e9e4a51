import { CheckRow } from "../check-row";
import { add, both, remove, set, unset } from "../mutations";
import { ACL_RULES, allowingRules, coversPort, isAnywhere, trafficOfAcl } from "../traffic";
import { Resource, Topology, block, blocks } from "../topology";

const RULE_OF_ADDED_ACL = {
  network_acl_id: "acl-1",
  rule_number: 1,
  rule_action: "allow",
  protocol: "6",
  cidr_block: "0.0.0.0/0",
  from_port: 0,
  to_port: 65535,
};

/** The default security group of a VPC lets its members talk to each other unless it is taken over without rules. */
function isClosedByDefault(vpc: Resource, topology: Topology): boolean {
  const groups = topology.naming(vpc, "aws_default_security_group");
  const rules = topology.all(
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
  );
  return (
    groups.length > 0 &&
    groups.every(
      (group) =>
        blocks(group.config.ingress).length === 0 &&
        blocks(group.config.egress).length === 0 &&
        rules.every(({ config }) => !JSON.stringify(config).includes(`${group.address}.`)),
    )
  );
}

function keepsOut(rule: Resource, ports: readonly number[]): boolean {
  return trafficOfAcl(rule).every(
    (traffic) =>
      traffic.direction === "out" || !isAnywhere(traffic) || !ports.some((port) => coversPort(traffic, port)),
  );
}

function hasEndpoint(service: string): Pick<CheckRow, "on" | "passes" | "breaks"> {
  return {
    on: ["aws_vpc"],
    passes: (vpc, topology) =>
      topology
        .naming(vpc, "aws_vpc_endpoint")
        .some(
          ({ config }) =>
            config.vpc_endpoint_type === "Interface" && String(config.service_name).endsWith(`.${service}`),
        ),
    breaks: remove("aws_vpc_endpoint"),
  };
}

export const NETWORK: readonly CheckRow[] = [
  {
    ids: ["CKV2_AWS_11", "AWS-0178", "AwsSolutions-VPC7", "EC2.6"],
    demands: "a VPC has flow logs",
    metBy: "Network, flowLogs",
    on: ["aws_vpc"],
    passes: (vpc, topology) => topology.naming(vpc, "aws_flow_log").length > 0,
    breaks: remove("aws_flow_log"),
  },
  {
    ids: ["CKV2_AWS_12", "AWS-0173", "EC2.2"],
    demands: "a VPC's default security group lets nothing through",
    metBy: "Network, which takes the group over without rules",
    on: ["aws_vpc"],
    passes: isClosedByDefault,
    breaks: [
      remove("aws_default_security_group"),
      set("aws_default_security_group", "ingress", [{ protocol: -1, self: true }]),
      set("aws_default_security_group", "egress", [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }]),
      add("aws_vpc_security_group_ingress_rule", (topology) => ({
        security_group_id: `\${${topology.all("aws_default_security_group")[0]!.address}.id}`,
      })),
    ],
  },
  {
    ids: ["CKV_AWS_148", "AWS-0101"],
    demands: "an account's default VPC is not used",
    metBy: "Network, a VPC of its own",
    on: ["aws_vpc"],
    passes: (_, topology) => topology.all("aws_default_vpc").length === 0,
    breaks: add("aws_default_vpc", {}),
  },
  {
    ids: ["CKV_AWS_130", "AWS-0164", "EC2.15"],
    demands: "subnets give out no public addresses, not even the public ones",
    metBy: "Network, every tier",
    on: ["aws_subnet"],
    passes: ({ config }) => config.map_public_ip_on_launch !== true,
    breaks: set("aws_subnet", "map_public_ip_on_launch", true),
  },
  {
    ids: ["CKV2_AWS_19"],
    demands: "an elastic address belongs to something in a VPC",
    metBy: "Network, whose addresses are those of NAT gateways",
    on: ["aws_eip"],
    passes: (address, topology) =>
      address.config.domain === "vpc" &&
      topology.naming(address, "aws_nat_gateway", "aws_eip_association").length > 0,
    breaks: [unset("aws_nat_gateway", "allocation_id"), set("aws_eip", "domain", "standard")],
  },
  {
    ids: ["CKV2_AWS_35"],
    demands: "NAT is done by gateways, not by instances",
    metBy: "Network, nat",
    on: ["aws_route"],
    passes: ({ config }) => config.instance_id === undefined && config.network_interface_id === undefined,
    breaks: set("aws_route", "network_interface_id", "eni-1"),
  },
  {
    ids: ["CKV2_AWS_44"],
    demands: "no peering connection takes all traffic",
    metBy: "Network, which makes none",
    on: ["aws_route"],
    passes: ({ config }) =>
      config.vpc_peering_connection_id === undefined || config.destination_cidr_block !== "0.0.0.0/0",
    breaks: both(
      set("aws_route", "vpc_peering_connection_id", "pcx-1"),
      set("aws_route", "destination_cidr_block", "0.0.0.0/0"),
    ),
  },
  {
    ids: ["EC2.16"],
    demands: "a network ACL is attached to subnets",
    metBy: "network.dataTierAcl",
    on: ["aws_network_acl"],
    passes: (acl, topology) =>
      blocks(acl.config.subnet_ids).length > 0 ||
      topology.naming(acl, "aws_network_acl_association").length > 0,
    breaks: both(unset("aws_network_acl", "subnet_ids"), remove("aws_network_acl_association")),
  },
  {
    // Checkov sees no associations.
    ids: ["CKV2_AWS_1"],
    demands: "a network ACL names its subnets itself",
    metBy: "network.dataTierAcl",
    on: ["aws_network_acl"],
    passes: (acl) => blocks(acl.config.subnet_ids).length > 0,
    breaks: unset("aws_network_acl", "subnet_ids"),
  },
  {
    ids: ["CKV_AWS_229", "CKV_AWS_230"],
    demands: "no network ACL lets anyone in on the ports 20 and 21",
    metBy: "network.dataTierAcl",
    on: ACL_RULES,
    passes: (rule) => keepsOut(rule, [20, 21]),
    breaks: add("aws_network_acl_rule", RULE_OF_ADDED_ACL),
  },
  {
    ids: ["CKV_AWS_231", "CKV_AWS_232", "AWS-0105", "EC2.21"],
    demands: "no network ACL lets anyone in on the ports 22 and 3389, not even for answers",
    metBy: "network.dataTierAcl",
    on: ACL_RULES,
    passes: (rule) => keepsOut(rule, [22, 3389]),
    breaks: [
      // For answers to what hosts ask outside: it covers 3389.
      add("aws_network_acl_rule", { ...RULE_OF_ADDED_ACL, from_port: 1024 }),
      add("aws_network_acl_rule", {
        ...RULE_OF_ADDED_ACL,
        cidr_block: undefined,
        ipv6_cidr_block: "::/0",
        to_port: 22,
      }),
    ],
  },
  {
    ids: ["CKV_AWS_352", "AWS-0102"],
    demands: "a network ACL's rules name a protocol, and those for what comes in name ports",
    metBy: "network.dataTierAcl",
    on: ACL_RULES,
    passes: (acl) =>
      allowingRules(acl).every(
        ({ protocol, egress, from_port }) =>
          !["-1", "all"].includes(String(protocol)) && (egress === true || typeof from_port === "number"),
      ),
    breaks: [
      set("aws_network_acl", "ingress.protocol", "-1"),
      set("aws_network_acl", "egress.protocol", "all"),
      unset("aws_network_acl", "ingress.from_port"),
      add("aws_network_acl_rule", { ...RULE_OF_ADDED_ACL, protocol: "-1" }),
      add("aws_network_acl_rule", { ...RULE_OF_ADDED_ACL, from_port: undefined }),
    ],
  },
  {
    ids: ["AwsSolutions-VPC3"],
    demands: "no network ACLs: security groups do",
    metBy: "network.dataTierAcl: false",
    on: ["aws_vpc"],
    passes: (_, topology) => topology.all("aws_network_acl").length === 0,
    mends: remove("aws_network_acl"),
    breaks: add("aws_network_acl", { vpc_id: "vpc-1" }),
  },
  {
    ids: ["EC2.10"],
    demands: "an interface endpoint of EC2",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ec2"),
  },
  {
    ids: ["EC2.55"],
    demands: "an interface endpoint of ECR's API",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ecr.api"),
  },
  {
    ids: ["EC2.56"],
    demands: "an interface endpoint of ECR's registry",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ecr.dkr"),
  },
  {
    ids: ["EC2.57"],
    demands: "an interface endpoint of Systems Manager",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ssm"),
  },
  {
    ids: ["EC2.58"],
    demands: "an interface endpoint of Incident Manager's contacts",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ssm-contacts"),
  },
  {
    ids: ["EC2.60"],
    demands: "an interface endpoint of Incident Manager",
    metBy: "network.interfaceEndpoints",
    ...hasEndpoint("ssm-incidents"),
  },
  {
    ids: ["EC2.17"],
    demands: "a host has one network interface",
    metBy: "WebHosts, the launch template",
    on: ["aws_launch_template"],
    passes: ({ config }) => blocks(config.network_interfaces).length <= 1,
    breaks: set("aws_launch_template", "network_interfaces", [{ device_index: 0 }, { device_index: 1 }]),
  },
  {
    ids: ["CKV_AWS_88", "AWS-0009", "EC2.9", "EC2.25"],
    demands: "hosts have no public address",
    metBy: "WebHosts, the launch template",
    on: ["aws_launch_template"],
    passes: ({ config }) => String(block(config.network_interfaces).associate_public_ip_address) === "false",
    breaks: [
      set("aws_launch_template", "network_interfaces.associate_public_ip_address", "true"),
      unset("aws_launch_template", "network_interfaces"),
    ],
  },
];
