import { CheckRow } from "../check-row";
import { add, set, unset } from "../mutations";
import {
  GROUP_RULES,
  Traffic,
  coversAllPorts,
  coversPort,
  isAnywhere,
  trafficOf,
  trafficOfGroup,
} from "../traffic";
import { Resource } from "../topology";

/** What guards something, by a reference to the group. */
const GUARDED = [
  "aws_lb",
  "aws_launch_template",
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_vpc_endpoint",
  "aws_lambda_function",
];

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
const HIGH_RISK_PORTS = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

const RULE = { description: "added", ip_protocol: "tcp", security_group_id: "sg-1" };

function opens(cidr_ipv4: string, from_port: number, to_port = from_port) {
  return add(INGRESS, { ...RULE, cidr_ipv4, from_port, to_port });
}

function incoming(rule: Resource): Traffic[] {
  return trafficOf(rule).filter(({ direction }) => direction === "in");
}

function outgoing(rule: Resource): Traffic[] {
  return trafficOf(rule).filter(({ direction }) => direction === "out");
}

/**
 * As Checkov reads it: a range that covers the port fails when anyone may come in, and when the rule names a group or
 * a prefix list, too.
 */
function isClosed(rule: Resource, port: number): boolean {
  return incoming(rule).every(
    (traffic) => !((isAnywhere(traffic) || traffic.names) && coversPort(traffic, port)),
  );
}

export const SECURITY_GROUPS: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_23", "AWS-0099", "AWS-0124", "AwsSolutions-EC27"],
    demands: "security groups and all their rules have descriptions",
    metBy: "Firewall and Connections",
    on: GROUP_RULES,
    passes: (rule) =>
      [rule.config, ...trafficOf(rule)].every(({ description }) => (description ?? "").trim() !== ""),
    breaks: [
      unset(EGRESS, "description"),
      set(INGRESS, "description", " "),
      unset("aws_security_group", "description"),
      set("aws_security_group", "ingress", [{ protocol: "tcp", from_port: 9080, to_port: 9080 }]),
    ],
  },
  {
    ids: ["CKV_AWS_24", "CKV_AWS_25", "AWS-0107"],
    demands: "no rule lets anyone in on the ports 22 and 3389",
    metBy: "Connections; people reach hosts through Session Manager",
    on: GROUP_RULES,
    passes: (rule) => isClosed(rule, 22) && isClosed(rule, 3389),
    breaks: [
      opens("0.0.0.0/0", 22),
      opens("::/0", 3000, 4000),
      set("aws_security_group", "ingress", [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }]),
      add("aws_security_group_rule", {
        type: "ingress",
        protocol: "tcp",
        from_port: 20,
        to_port: 25,
        cidr_blocks: ["0.0.0.0/0"],
      }),
      // A group is named, but Checkov looks at the range.
      add(INGRESS, { ...RULE, referenced_security_group_id: "sg-2", from_port: 1, to_port: 1024 }),
    ],
  },
  {
    ids: ["CKV_AWS_260"],
    demands: "no rule lets anyone in on port 80",
    metBy: "loadBalancer.httpRedirect: false",
    on: GROUP_RULES,
    passes: (rule) => isClosed(rule, 80),
    breaks: [
      opens("0.0.0.0/0", 80),
      add(INGRESS, { ...RULE, prefix_list_id: "pl-1", from_port: 80, to_port: 80 }),
      add(INGRESS, { ...RULE, referenced_security_group_id: "sg-2", from_port: 80, to_port: 8443 }),
    ],
  },
  {
    ids: ["CKV_AWS_277"],
    demands: "no rule lets anyone in on all ports",
    metBy: "Connections",
    on: GROUP_RULES,
    passes: (rule) => !incoming(rule).some((traffic) => isAnywhere(traffic) && coversAllPorts(traffic)),
    breaks: opens("::/0", 0, 65535),
  },
  {
    ids: ["EC2.18"],
    demands: "anyone comes in on the ports 80 and 443 only",
    metBy: "LoadBalancer",
    on: GROUP_RULES,
    passes: (rule) =>
      incoming(rule).every(
        (traffic) =>
          !isAnywhere(traffic) || (traffic.from === traffic.to && [80, 443].includes(traffic.from!)),
      ),
    breaks: opens("0.0.0.0/0", 443, 8443),
  },
  {
    ids: ["EC2.19"],
    demands: "no rule lets anyone in on a port of high risk",
    metBy: "Connections",
    on: GROUP_RULES,
    passes: (rule) =>
      incoming(rule).every(
        (traffic) => !isAnywhere(traffic) || !HIGH_RISK_PORTS.some((port) => coversPort(traffic, port)),
      ),
    breaks: opens("0.0.0.0/0", 5432),
  },
  {
    ids: ["AwsSolutions-EC23"],
    demands: "no rule lets anyone in at all",
    metBy: "loadBalancer.internal",
    on: GROUP_RULES,
    passes: (rule) => !incoming(rule).some(isAnywhere),
    breaks: opens("0.0.0.0/0", 443),
  },
  {
    ids: ["CKV_AWS_382"],
    demands: "no rule lets everything out",
    metBy: "Connections",
    on: GROUP_RULES,
    passes: (rule) => !outgoing(rule).some((traffic) => isAnywhere(traffic) && coversAllPorts(traffic)),
    breaks: [
      add(EGRESS, { ...RULE, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
      add(EGRESS, { ...RULE, from_port: 0, to_port: 65535, cidr_ipv6: "::/0" }),
      set("aws_security_group", "egress", [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }]),
    ],
  },
  {
    ids: ["AWS-0104"],
    demands: "no rule lets anything out to everywhere",
    metBy: 'hosts.egress: "endpoints", with network.nat: "none"',
    on: GROUP_RULES,
    passes: (rule) => !outgoing(rule).some(isAnywhere),
    breaks: add(EGRESS, { ...RULE, cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 }),
  },
  {
    ids: ["CKV2_AWS_5"],
    demands: "every security group guards something",
    metBy: "Firewall, one of each component",
    on: ["aws_security_group"],
    passes: (group, topology) => topology.naming(group, ...GUARDED).length > 0,
    breaks: add("aws_security_group", { description: "added", vpc_id: "vpc-1" }),
  },
  {
    ids: ["AwsSolutions-RDS8"],
    demands: "a database's security group lets in other groups, no addresses",
    metBy: "Connections of the database",
    on: ["aws_security_group"],
    where: (group, topology) => topology.naming(group, "aws_db_instance", "aws_rds_cluster").length > 0,
    passes: (group, topology) =>
      trafficOfGroup(group, topology).every(
        ({ direction, blocks }) => direction === "out" || blocks.length === 0,
      ),
    breaks: [
      set(INGRESS, "cidr_ipv4", "10.0.0.0/16"),
      set("aws_security_group", "ingress", [{ protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] }]),
    ],
  },
];
