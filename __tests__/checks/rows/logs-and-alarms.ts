import { CheckRow } from "../check-row";
import { both, remove, set, unset } from "../mutations";
import { Statement, covers, statementsOf } from "../policies";
import { Resource, Topology, block, names } from "../topology";
import { isForEveryone } from "./keys-and-secrets";

const LOGS = "aws_cloudwatch_log_group";
const ALARM = "aws_cloudwatch_metric_alarm";
const TOPIC = "aws_sns_topic";
const TOPIC_POLICY = "aws_sns_topic_policy";
const SUBSCRIPTION = "aws_sns_topic_subscription";

const FOR_EVERYONE =
  '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"*"}]}';

function statements(topic: Resource, topology: Topology): Statement[] {
  const apart = topology.naming(topic, TOPIC_POLICY).map(({ config }) => config.policy);
  return [topic.config.policy, ...apart].flatMap(statementsOf);
}

/** One's own account is not known before the topic is made, so that a number is another one's. */
function isOtherAccount(principal: string): boolean {
  return /^AWS:(arn:[\w-]+:iam::)?\d{12}/.test(principal);
}

/** Alarms about a part of a tier: by a reference, or by the name that AWS knows it by. */
function alarmsAbout(part: Resource, topology: Topology): Resource[] {
  const members = topology.naming(part, "aws_rds_cluster_instance");
  const groups = topology.namedIn(part.config.target_group_arns, "aws_lb_target_group");
  const { identifier, cluster_identifier } = part.config;
  return topology.all(ALARM).filter(
    ({ config }) =>
      [part, ...members, ...groups].some((one) => names(config, one)) ||
      // Both kinds of databases have identifiers that are known before they are made.
      [identifier, cluster_identifier].some(
        (name) => name !== undefined && JSON.stringify(config).includes(`"${name}`),
      ),
  );
}

/** Whether somebody is told, by the alarm or by one that it is part of: its topic has a subscriber. */
function tellsSomebody(alarm: Resource, topology: Topology): boolean {
  const composites = topology.naming(alarm, "aws_cloudwatch_composite_alarm");
  const actions = [alarm, ...composites].flatMap(({ config }) => config.alarm_actions ?? []);
  // An action may name a topic by its policy, to wait for that.
  const topics = [TOPIC, TOPIC_POLICY].flatMap((type) => topology.namedIn(actions, type));
  return topics.some((topic) => topology.naming(topic, SUBSCRIPTION).length > 0);
}

const TIERS = ["aws_lb", "aws_autoscaling_group", "aws_db_instance", "aws_rds_cluster"];

export const LOGS_AND_ALARMS: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_66", "CKV_AWS_338", "CloudWatch.16"],
    demands: "logs are kept for a year or more, and for how long is written out",
    metBy: "flowLogs.retentionDays, hosts.logs.retentionDays, database.logRetentionDays",
    on: [LOGS],
    passes: ({ config }) => config.retention_in_days === 0 || config.retention_in_days >= 365,
    breaks: [set(LOGS, "retention_in_days", 30), unset(LOGS, "retention_in_days")],
  },
  {
    ids: ["CKV_AWS_158", "AWS-0017"],
    demands: "logs are encrypted with a key of one's own",
    metBy: "flowLogs.kmsKeyArn, hosts.logs.kmsKeyArn, database.logKmsKeyArn, with EncryptionKey",
    on: [LOGS],
    passes: ({ config }) => config.kms_key_id !== undefined,
    breaks: unset(LOGS, "kms_key_id"),
  },
  {
    ids: ["CKV_AWS_26", "AWS-0095", "AWS-0136", "SNS.1"],
    demands: "topics are encrypted, and not with AWS's key, which alarms can't use",
    metBy: "AlarmTopic",
    on: [TOPIC],
    passes: ({ config }) => ![undefined, "alias/aws/sns"].includes(config.kms_master_key_id),
    breaks: [set(TOPIC, "kms_master_key_id", "alias/aws/sns"), unset(TOPIC, "kms_master_key_id")],
  },
  {
    ids: ["CKV_AWS_169", "CKV_AWS_385", "SNS.4"],
    demands: "topics are not everyone's, nor other accounts'",
    metBy: "AlarmTopic",
    on: [TOPIC],
    passes: (topic, topology) =>
      statements(topic, topology).every(
        (statement) => !isForEveryone(statement) && !statement.principals.some(isOtherAccount),
      ),
    breaks: [
      set(TOPIC, "policy", FOR_EVERYONE),
      set("aws_sns_topic_policy", "policy", FOR_EVERYONE),
      set(TOPIC, "policy", FOR_EVERYONE.replace('"*"', '{"AWS":"arn:aws:iam::123456789012:root"}')),
    ],
  },
  {
    ids: ["AwsSolutions-SNS3"],
    demands: "nobody publishes without TLS",
    metBy: "AlarmTopic",
    on: [TOPIC],
    passes: (topic, topology) =>
      statements(topic, topology).some(
        ({ effect, actions, conditions }) =>
          effect === "Deny" &&
          actions.some((action) => covers(action, "sns:Publish")) &&
          String(block(conditions.Bool)["aws:SecureTransport"]) === "false",
      ),
    breaks: both(remove("aws_sns_topic_policy"), unset(TOPIC, "policy")),
  },
  {
    ids: ["CKV_AWS_319", "CloudWatch.17"],
    demands: "alarms act",
    metBy: "every alarm",
    on: [ALARM],
    passes: ({ config }) => config.actions_enabled !== false,
    breaks: set(ALARM, "actions_enabled", false),
  },
  {
    ids: ["CloudWatch.15"],
    demands: "every alarm has something to do",
    metBy: "every alarm",
    on: [ALARM],
    passes: ({ config }) => (config.alarm_actions ?? []).length > 0,
    breaks: [unset(ALARM, "alarm_actions"), set(ALARM, "alarm_actions", [])],
  },
  {
    ids: ["REL06-BP01", "REL11-BP01"],
    demands: "there are alarms about the balancer, the hosts, and every database",
    metBy: "Monitoring",
    on: TIERS,
    passes: (part, topology) => alarmsAbout(part, topology).length > 0,
    breaks: remove(ALARM),
  },
  {
    ids: ["REL06-BP03", "REL11-BP06"],
    demands: "alarms about each tier tell somebody",
    metBy: "Monitoring, with notify",
    on: TIERS,
    passes: (part, topology) => alarmsAbout(part, topology).some((alarm) => tellsSomebody(alarm, topology)),
    breaks: [remove(SUBSCRIPTION), unset(ALARM, "alarm_actions")],
  },
];
