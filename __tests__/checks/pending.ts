import { Config } from "../support/synth";
import { Mutation, add, both, set } from "./mutations";
import { TopologyName } from "./topologies";
import { Resource, Topology } from "./topology";
import { Unmet } from "./unmet";

/** Rows that stacks do not meet yet, and what will be in them then. */
export interface Pending {
  readonly subject: string;
  readonly ids: readonly string[];
  readonly on: readonly TopologyName[];
  readonly adds: Mutation;
}

const EVERYWHERE: readonly TopologyName[] = [
  "default",
  "aurora",
  "aurora-mysql",
  "mysql",
  "mariadb",
  "active-passive",
  "hardened",
];

const KEY_POLICY =
  '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}';

const VISIBLE = { cloudwatch_metrics_enabled: true, metric_name: "web", sampled_requests_enabled: true };

function ref({ address }: Resource, attribute: string): string {
  return `\${${address}.${attribute}}`;
}

function first(topology: Topology, type: string): Resource {
  return topology.all(type)[0]!;
}

function managedGroup(name: string, priority: number): Config {
  return {
    name,
    priority,
    override_action: { none: {} },
    statement: { managed_rule_group_statement: { name, vendor_name: "AWS" } },
    visibility_config: VISIBLE,
  };
}

function aclRule(topology: Topology, egress: boolean): Config {
  return {
    network_acl_id: ref(first(topology, "aws_network_acl"), "id"),
    rule_number: 100,
    rule_action: "allow",
    egress,
    protocol: "tcp",
    cidr_block: "10.0.64.0/21",
    from_port: egress ? 1024 : 5432,
    to_port: egress ? 65535 : 5432,
  };
}

const addAlarms: Mutation = (topology) => {
  const tiers = topology.all("aws_lb", "aws_autoscaling_group", "aws_db_instance", "aws_rds_cluster");
  for (const [index, part] of tiers.entries()) {
    topology.add("aws_cloudwatch_metric_alarm", `tier-${index}`, {
      dimensions: { Name: ref(part, "id") },
      alarm_actions: [ref(first(topology, "aws_sns_topic"), "arn")],
    });
  }
};

export const PENDING: readonly Pending[] = [
  {
    subject: "HTTPS only",
    ids: ["CKV_AWS_260", "ELB.18"],
    on: ["hardened"],
    adds: (topology) => {
      for (const type of ["aws_lb_listener", "aws_vpc_security_group_ingress_rule"]) {
        const all: Record<string, Config> = topology.json.resource[type];
        topology.json.resource[type] = Object.fromEntries(
          Object.entries(all).filter(([, { port, from_port }]) => port !== 80 && from_port !== 80),
        );
      }
    },
  },
  {
    subject: "a way out for hosts to endpoints only",
    ids: ["AWS-0104"],
    on: ["hardened"],
    adds: (topology) => {
      for (const { config } of topology.all("aws_vpc_security_group_egress_rule")) {
        if (config.cidr_ipv4 === "0.0.0.0/0") config.cidr_ipv4 = "10.0.0.0/16";
      }
    },
  },
  {
    subject: "keys of one's own",
    ids: [
      "CKV_AWS_7",
      "CKV_AWS_33",
      "CKV_AWS_227",
      "CKV2_AWS_64",
      "CKV_AWS_149",
      "CKV_AWS_158",
      "CKV_AWS_189",
      "CKV_AWS_354",
    ],
    on: ["hardened"],
    adds: both(
      add("aws_kms_key", { enable_key_rotation: true }),
      add("aws_kms_key_policy", (topology) => ({
        key_id: ref(first(topology, "aws_kms_key"), "key_id"),
        policy: KEY_POLICY,
      })),
      set("aws_secretsmanager_secret", "kms_key_id", "arn"),
      set("aws_cloudwatch_log_group", "kms_key_id", "arn"),
      set("aws_launch_template", "block_device_mappings.ebs.kms_key_id", "arn"),
      set("aws_db_instance", "performance_insights_kms_key_id", "arn"),
    ),
  },
  {
    subject: "a web ACL",
    ids: ["CKV2_AWS_28", "CKV2_AWS_31", "CKV2_AWS_76", "CKV_AWS_175", "CKV_AWS_192", "CKV_AWS_342", "WAF.12"],
    on: EVERYWHERE,
    adds: both(
      add("aws_wafv2_web_acl", {
        rule: [
          managedGroup("AWSManagedRulesAnonymousIpList", 1),
          managedGroup("AWSManagedRulesKnownBadInputsRuleSet", 2),
        ],
        visibility_config: VISIBLE,
      }),
      add("aws_wafv2_web_acl_association", (topology) => ({
        resource_arn: ref(first(topology, "aws_lb"), "arn"),
        web_acl_arn: ref(first(topology, "aws_wafv2_web_acl"), "arn"),
      })),
      add("aws_wafv2_web_acl_logging_configuration", (topology) => ({
        resource_arn: ref(first(topology, "aws_wafv2_web_acl"), "arn"),
      })),
    ),
  },
  {
    subject: "a network ACL",
    ids: ["EC2.16", "CKV2_AWS_1", "CKV_AWS_229", "CKV_AWS_231", "CKV_AWS_352"],
    on: EVERYWHERE,
    adds: both(
      add("aws_network_acl", { vpc_id: "vpc-1", subnet_ids: ["subnet-1"] }),
      (topology) => topology.add("aws_network_acl_rule", "in", aclRule(topology, false)),
      (topology) => topology.add("aws_network_acl_rule", "out", aclRule(topology, true)),
    ),
  },
  {
    subject: "alarms, and whom they tell",
    ids: [
      "CKV_AWS_26",
      "CKV_AWS_169",
      "AwsSolutions-SNS3",
      "REL06-BP01",
      "REL06-BP03",
      "RDS.20",
      "RDS.21",
      "RDS.22",
    ],
    on: EVERYWHERE,
    adds: both(
      add("aws_sns_topic", { kms_master_key_id: "arn" }),
      add("aws_sns_topic_policy", (topology) => ({
        arn: ref(first(topology, "aws_sns_topic"), "arn"),
        policy:
          '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
      })),
      add("aws_db_event_subscription", { sns_topic: "arn" }),
      addAlarms,
    ),
  },
  {
    subject: "rotation",
    ids: ["CKV2_AWS_57", "CKV_AWS_304"],
    on: ["hardened"],
    adds: add("aws_secretsmanager_secret_rotation", (topology) => ({
      secret_id: ref(first(topology, "aws_secretsmanager_secret"), "id"),
      rotation_rules: { automatically_after_days: 30 },
    })),
  },
];

/** What is not met then, to be moved to the others when there is a network ACL. */
export const UNMET_THEN: readonly Unmet[] = [
  {
    ids: ["AwsSolutions-VPC3"],
    on: EVERYWHERE,
    reason: "The data tier has a second wall, beside its security groups; others demand one.",
  },
  {
    ids: ["CKV2_AWS_1"],
    on: EVERYWHERE,
    reason:
      "Subnets are attached one by one, when the rules are there, so that no connection is lost; Checkov does not see it.",
  },
];
