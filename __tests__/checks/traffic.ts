import { Config } from "../support/synth";
import { Resource, Topology, blocks } from "./topology";

/** What a rule of a security group or of a network ACL lets through, however it is written. */
export interface Traffic {
  readonly direction: "in" | "out";
  readonly description?: string;
  readonly blocks: readonly string[];
  /** Whether the rule is one of `aws_vpc_security_group_*_rule` that names a group or a prefix list. */
  readonly names: boolean;
  /** Undefined is all ports. */
  readonly from?: number;
  readonly to?: number;
}

export const GROUP_RULES = [
  "aws_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];

const ANYWHERE = ["0.0.0.0/0", "::/0"];

/** Traffic that a resource of `GROUP_RULES` lets through. */
export function trafficOf({ type, config }: Resource): Traffic[] {
  if (type === "aws_security_group") {
    return [
      ...blocks(config.ingress).map((rule) => ofRule("in", rule)),
      ...blocks(config.egress).map((rule) => ofRule("out", rule)),
    ];
  }
  if (type === "aws_security_group_rule") return [ofRule(config.type === "egress" ? "out" : "in", config)];
  return [
    {
      ...ports(config, config.ip_protocol),
      direction: type.includes("_egress_") ? "out" : "in",
      description: config.description,
      blocks: [config.cidr_ipv4, config.cidr_ipv6].filter((one) => one !== undefined),
      names: config.referenced_security_group_id !== undefined || config.prefix_list_id !== undefined,
    },
  ];
}

export const ACL_RULES = ["aws_network_acl", "aws_network_acl_rule"];

/** The rules of a resource of `ACL_RULES` that let something through, each as a resource of its own has it. */
export function allowingRules({ type, config }: Resource): Config[] {
  const inside = (name: "ingress" | "egress") =>
    blocks(config[name]).map((rule) => ({ ...rule, rule_action: rule.action, egress: name === "egress" }));
  const rules = type === "aws_network_acl" ? [...inside("ingress"), ...inside("egress")] : [config];
  return rules.filter((rule) => rule.rule_action !== "deny");
}

/** What a network ACL, or a rule of one, lets through. */
export function trafficOfAcl(resource: Resource): Traffic[] {
  return allowingRules(resource).map((rule) => ({
    ...ports(rule, rule.protocol),
    direction: rule.egress === true ? "out" : "in",
    blocks: [rule.cidr_block, rule.ipv6_cidr_block].filter((one) => one !== undefined && one !== null),
    names: false,
  }));
}

export function isAnywhere({ blocks: all }: Traffic): boolean {
  return all.some((one) => ANYWHERE.includes(one));
}

export function coversPort({ from, to }: Traffic, port: number): boolean {
  return from === undefined || to === undefined || (from <= port && port <= to);
}

export function coversAllPorts({ from, to }: Traffic): boolean {
  return from === undefined || (from === 0 && to === 65535);
}

/** All traffic of one security group. */
export function trafficOfGroup(group: Resource, topology: Topology): Traffic[] {
  const rules = topology
    .all(...GROUP_RULES.slice(1))
    .filter(({ config }) => JSON.stringify(config.security_group_id).includes(`${group.address}.`));
  return [group, ...rules].flatMap(trafficOf);
}

function ofRule(direction: "in" | "out", rule: Config): Traffic {
  return {
    ...ports(rule, rule.protocol),
    direction,
    description: rule.description,
    blocks: [...(rule.cidr_blocks ?? []), ...(rule.ipv6_cidr_blocks ?? [])],
    names: false,
  };
}

function ports(rule: Config, protocol: unknown): Pick<Traffic, "from" | "to"> {
  return String(protocol) === "-1" ? {} : { from: rule.from_port, to: rule.to_port };
}
