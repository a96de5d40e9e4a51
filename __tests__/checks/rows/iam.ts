import { CheckRow } from "../check-row";
import { allow, set } from "../mutations";
import { Statement, allowed, allowsAnywhere, covers } from "../policies";
import { Resource } from "../topology";

const POLICIES = ["aws_iam_role_policy", "aws_iam_policy"];

/**
 * Actions that allow nothing narrower than every resource.
 *
 * Sources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
const OF_EVERY_RESOURCE = [
  "autoscaling:DescribeAutoScalingInstances",
  "logs:DescribeLogGroups",
  "secretsmanager:GetRandomPassword",
];

/** Ways to more rights. Source: https://cloudsplaining.readthedocs.io/en/latest/glossary/privilege-escalation/ */
const ESCALATING = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:PassRole",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionCode",
];

const OF_CREDENTIALS = [
  "codeartifact:GetAuthorizationToken",
  "ecr:GetAuthorizationToken",
  "iam:CreateAccessKey",
  "iam:UpdateAccessKey",
  "rds-db:connect",
  "redshift:GetClusterCredentials",
  "sts:AssumeRole",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
];

/** What data could be carried off with. */
const OF_DATA = [
  "s3:GetObject",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];

const OF_RIGHTS = [
  "iam:PutRolePolicy",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "lambda:AddPermission",
  "s3:PutBucketPolicy",
  "secretsmanager:PutResourcePolicy",
  "sns:AddPermission",
  "sqs:AddPermission",
];

const READING = /^[\w-]+:(Describe|Get|List|BatchGet|Query|Search|View)/;

function statements({ config }: Resource): Statement[] {
  return allowed(config.policy);
}

/** Whether no statement allows one of these actions on every resource. */
function allowsNowhere(actions: readonly string[]) {
  return (policy: Resource) =>
    !statements(policy).some((statement) => actions.some((action) => allowsAnywhere(statement, action)));
}

/** Whether no statement allows one of these actions, on whatever resource. */
function allowsNever(actions: readonly string[]) {
  return (policy: Resource) =>
    !statements(policy).some((statement) =>
      statement.actions.some((pattern) => actions.some((action) => covers(pattern, action))),
    );
}

function unconditional(policy: Resource): Statement[] {
  return statements(policy).filter(
    ({ resources, conditions }) => resources.includes("*") && Object.keys(conditions).length === 0,
  );
}

const addStatement = (Action: string, Resource = "*") => allow("aws_iam_role_policy", { Action, Resource });

export const IAM: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_62", "CKV_AWS_63", "IAM.1"],
    demands: "no policy allows everything",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) =>
      !statements(policy).some(({ actions }) => actions.some((one) => /^\*(:\*)?$/.test(one))),
    breaks: [addStatement("*"), addStatement("*:*")],
  },
  {
    ids: ["CKV2_AWS_40"],
    demands: "no policy allows all of IAM",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNever(["iam:SimulateCustomPolicy"]),
    breaks: addStatement("iam:*"),
  },
  {
    ids: ["IAM.21"],
    demands: "no policy allows all of a service",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) => !statements(policy).some(({ actions }) => actions.some((one) => one.endsWith(":*"))),
    breaks: addStatement("logs:*"),
  },
  {
    ids: ["CKV_AWS_286"],
    demands: "no policy leads to more rights",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNever(ESCALATING),
    breaks: [addStatement("iam:PutRolePolicy", "arn"), addStatement("iam:Put*")],
  },
  {
    ids: ["AWS-0342"],
    demands: "no policy hands roles on",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNever(["iam:PassRole"]),
    breaks: addStatement("iam:PassRole", "arn:aws:iam::123456789012:role/other"),
  },
  {
    ids: ["CKV_AWS_287"],
    demands: "no policy gives credentials of everything",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNowhere(OF_CREDENTIALS),
    breaks: addStatement("sts:AssumeRole"),
  },
  {
    ids: ["CKV_AWS_288"],
    demands: "no policy reads all data",
    metBy: "policyDocument; a database's secret is the only one that hosts read",
    on: POLICIES,
    passes: allowsNowhere(OF_DATA),
    breaks: [addStatement("secretsmanager:Get*"), addStatement("s3:GetObject")],
  },
  {
    ids: ["CKV_AWS_289"],
    demands: "no policy changes rights to everything",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNowhere(OF_RIGHTS),
    breaks: addStatement("kms:CreateGrant"),
  },
  {
    ids: ["CKV_AWS_290"],
    demands: "what writes is allowed on named resources, or on conditions",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) =>
      unconditional(policy).every(({ actions }) => actions.every((one) => READING.test(one))),
    breaks: addStatement("logs:PutLogEvents"),
  },
  {
    ids: ["CKV_AWS_355"],
    demands: "what can be allowed on named resources is not allowed on all of them",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) =>
      unconditional(policy).every(({ actions }) => actions.every((one) => OF_EVERY_RESOURCE.includes(one))),
    breaks: addStatement("logs:DescribeLogStreams"),
  },
  {
    ids: ["KMS.1", "KMS.2"],
    demands: "no policy decrypts with every key",
    metBy: "policyDocument",
    on: POLICIES,
    passes: allowsNowhere(["kms:Decrypt", "kms:ReEncryptFrom"]),
    breaks: addStatement("kms:Decrypt"),
  },
  {
    ids: ["AWS-0345"],
    demands: "no policy allows whole families of S3's actions",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) =>
      !statements(policy).some(({ actions }) => actions.some((one) => /^s3:.*\*/.test(one))),
    breaks: addStatement("s3:Get*"),
  },
  {
    ids: ["AWS-0346"],
    demands: "no policy reads and writes every bucket",
    metBy: "policyDocument",
    on: POLICIES,
    passes: (policy) =>
      !(["s3:GetObject", "s3:PutObject"] as const).every((action) =>
        statements(policy).some((statement) => allowsAnywhere(statement, action)),
      ),
    breaks: addStatement("s3:*"),
  },
  {
    ids: ["AwsSolutions-IAM5"],
    demands: "no asterisk in a policy",
    metBy: "nothing where streams of a log group are meant",
    on: POLICIES,
    passes: (policy) =>
      statements(policy).every(({ actions, resources }) =>
        [...actions, ...resources].every((one) => !one.includes("*")),
      ),
    mends: set(
      "aws_iam_role_policy",
      "policy",
      '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn"}]}',
    ),
    breaks: addStatement("s3:PutObject"),
  },
];
