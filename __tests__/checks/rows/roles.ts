import { CheckRow } from "../check-row";
import { add, allow, set } from "../mutations";
import { allowed } from "../policies";

const ROLE = "aws_iam_role";
const ATTACHMENT = "aws_iam_role_policy_attachment";

export const ROLES: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_393"],
    demands:
      "roles are taken by services of AWS, not by everyone, a whole account, or identities from outside",
    metBy: "assumeRolePolicy",
    on: [ROLE],
    passes: ({ config }) =>
      allowed(config.assume_role_policy).every(({ principals }) =>
        principals.every((one) => one.startsWith("Service:")),
      ),
    breaks: [
      "*",
      { AWS: "*" },
      { AWS: "123456789012" },
      { AWS: "arn:aws:iam::123456789012:root" },
      { Federated: "arn" },
    ].map((Principal) => allow(ROLE, { Principal, Action: "sts:AssumeRole" }, "assume_role_policy")),
  },
  {
    ids: ["CKV_AWS_274", "CKV2_AWS_56"],
    demands: "no role has AdministratorAccess or IAMFullAccess",
    metBy: "every role",
    on: [ATTACHMENT],
    passes: ({ config }) => !/\/(AdministratorAccess|IAMFullAccess)$/.test(config.policy_arn),
    breaks: set(ATTACHMENT, "policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess"),
  },
  {
    ids: ["AwsSolutions-IAM4"],
    demands: "no role has a policy that AWS keeps",
    metBy: "nothing for Systems Manager and Enhanced Monitoring",
    on: [ATTACHMENT],
    passes: ({ config }) => !/:iam::aws:policy\//.test(config.policy_arn),
    mends: set(ATTACHMENT, "policy_arn", "arn:aws:iam::123456789012:policy/own"),
    breaks: set(ATTACHMENT, "policy_arn", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
  },
  {
    ids: ["CKV_AWS_40"],
    demands: "rights are roles', not users'",
    metBy: "every role; there are no users",
    on: [ROLE],
    passes: (_, topology) =>
      topology.all("aws_iam_policy_attachment", "aws_iam_user_policy", "aws_iam_user_policy_attachment")
        .length === 0,
    breaks: add("aws_iam_user_policy_attachment", { user: "somebody" }),
  },
];
