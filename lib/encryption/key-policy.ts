import { Fn } from "cdktf";
import { PolicyStatement } from "../policy";
import { KeyPurpose } from "./key-purpose";

/** Where a key lies. */
interface KeyPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Everything about a key but what is done with it: whoever administers it can't read what it encrypts. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:Describe*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Get*",
  "kms:List*",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** What publishing to an encrypted topic takes. */
const PUBLISH = ["kms:GenerateDataKey*", "kms:Decrypt"];

/** Domains of the partitions in which the name of CloudWatch Logs, as a principal, doesn't end in amazonaws.com. */
const LOGS_DOMAINS = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
};

/** Roles in which Auto Scaling works, and in which spot requests start instances. */
const AUTO_SCALING = "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
const SPOT = "spot.amazonaws.com/AWSServiceRoleForEC2Spot";

/**
 * Who may do what with a key, by its own ARN: no look-up is needed, and another provider's region and account are
 * the right ones.
 *
 * The account is let in as a whole, so that IAM policies say who in it. But for administration, it is let in through
 * the services of the purposes only: a stolen role that may decrypt with every key gets nothing by asking KMS itself.
 */
export function keyStatements(keyArn: string, purposes: readonly KeyPurpose[]): PolicyStatement[] {
  const part = (index: number) => Fn.element(Fn.split(":", keyArn), index) as string;
  const place = { partition: part(1), region: part(3), accountId: part(4) };
  return [
    {
      sid: "Administration",
      principals: accountOf(place),
      actions: ADMINISTRATION,
    },
    ...purposes.flatMap((purpose) => STATEMENTS[purpose](place)),
  ].map((statement) => ({ resources: ["*"], ...statement }));
}

const STATEMENTS: Readonly<Record<KeyPurpose, (place: KeyPlace) => PolicyStatement[]>> = {
  /**
   * RDS acts for whoever makes or changes a database, and for itself by the grants that it makes then.
   *
   * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html,
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.cmk-policy.html
   */
  database: (place) => [useThrough("Rds", "rds", place), grantThrough("Rds", "rds", place)],

  /**
   * Secrets Manager acts for whoever reads or writes a secret.
   *
   * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
   */
  secrets: (place) => [useThrough("SecretsManager", "secretsmanager", place)],

  /**
   * CloudWatch Logs acts for itself, on the log groups of the account; who reads them needs no key.
   *
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  logs: (place) => [
    {
      sid: "CloudWatchLogsUses",
      principals: { Service: `logs.${place.region}.${logsDomain(place)}` },
      actions: USE,
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:${place.partition}:logs:${place.region}:${place.accountId}:log-group:*`,
        },
      },
    },
  ],

  /**
   * SNS acts for whoever publishes: people and programs of the account, alarms, and what RDS and EventBridge tell.
   *
   * Which account an alarm is of, CloudWatch says. EventBridge doesn't: with the condition it delivers nothing, and
   * says so to nobody. RDS documents the condition for topics only. The topic's policy keeps other accounts' out.
   *
   * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html,
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
   */
  notifications: (place) => [
    useThrough("Sns", "sns", place),
    {
      sid: "AlarmsPublish",
      principals: { Service: "cloudwatch.amazonaws.com" },
      actions: PUBLISH,
      conditions: { StringEquals: { "aws:SourceAccount": place.accountId } },
    },
    {
      sid: "EventsPublish",
      principals: { Service: ["events.amazonaws.com", "events.rds.amazonaws.com"] },
      actions: PUBLISH,
    },
    { sid: "AutoScalingPublishes", actions: PUBLISH, ...serviceRoles([AUTO_SCALING], place) },
  ],

  /**
   * EC2 acts for whoever starts an instance, which in a group is Auto Scaling by a role of its own.
   *
   * Sources: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html,
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
   */
  volumes: (place) => [
    useThrough("Ec2", "ec2", place),
    grantThrough("Ec2", "ec2", place),
    { sid: "AutoScalingUses", actions: USE, ...serviceRoles([AUTO_SCALING, SPOT], place) },
    {
      sid: "AutoScalingGrants",
      actions: ["kms:CreateGrant"],
      ...serviceRoles([AUTO_SCALING, SPOT], place, { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    },
  ],
};

function useThrough(name: string, service: string, place: KeyPlace): PolicyStatement {
  return {
    sid: `UseThrough${name}`,
    principals: accountOf(place),
    actions: USE,
    conditions: through(service, place),
  };
}

/** A grant lets a service use the key later, when nobody asks it to: to start a database again. */
function grantThrough(name: string, service: string, place: KeyPlace): PolicyStatement {
  return {
    sid: `GrantThrough${name}`,
    principals: accountOf(place),
    actions: ["kms:CreateGrant"],
    conditions: { ...through(service, place), Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
}

/** The name of a service ends in its partition's domain; AWS alone says which one asks. */
function through(service: string, { region }: KeyPlace) {
  return { StringLike: { "kms:ViaService": `${service}.${region}.*` } };
}

/**
 * The roles are named by a condition: KMS refuses a policy with principals that don't exist, and in a new account
 * these come with the first group and the first spot request.
 */
function serviceRoles(
  roles: readonly string[],
  { partition, accountId }: KeyPlace,
  conditions: PolicyStatement["conditions"] = {},
) {
  return {
    principals: { AWS: "*" },
    conditions: {
      StringEquals: {
        "kms:CallerAccount": accountId,
        "aws:PrincipalArn": roles.map(
          (role) => `arn:${partition}:iam::${accountId}:role/aws-service-role/${role}`,
        ),
      },
      ...conditions,
    },
  };
}

function accountOf({ partition, accountId }: KeyPlace) {
  return { AWS: `arn:${partition}:iam::${accountId}:root` };
}

function logsDomain({ partition }: KeyPlace): string {
  return Fn.lookup(LOGS_DOMAINS, partition, "amazonaws.com") as string;
}
