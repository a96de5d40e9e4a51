import { CheckRow } from "../check-row";
import { remove, set, unset } from "../mutations";
import { Resource, block, blocks, isTrue } from "../topology";
import { zonesOf } from "../zones";

const TEMPLATE = "aws_launch_template";
const GROUP = "aws_autoscaling_group";

/** Ids of access keys, secret keys, and private keys, as scanners look for them. */
const SECRETS = [
  /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/,
  /secret_?access_?key\W{1,4}[A-Za-z0-9/+=]{40}/i,
  /BEGIN [A-Z ]*PRIVATE KEY/,
];

export function hasSecret(text: unknown): boolean {
  const known = JSON.stringify(text ?? "");
  return /\.secret_string\b/.test(known) || SECRETS.some((secret) => secret.test(known));
}

function volumes({ config }: Resource) {
  return blocks(config.block_device_mappings).map((device) => block(device.ebs));
}

function overrides({ config }: Resource) {
  return blocks(block(block(config.mixed_instances_policy).launch_template).override);
}

function isBehindBalancer({ config }: Resource): boolean {
  return blocks(config.target_group_arns).length > 0;
}

export const HOSTS: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_79", "AWS-0130", "EC2.8", "EC2.170"],
    demands: "the metadata service answers version 2 only",
    metBy: "WebHosts, the launch template",
    on: [TEMPLATE],
    passes: ({ config }) => block(config.metadata_options).http_tokens === "required",
    breaks: unset(TEMPLATE, "metadata_options"),
  },
  {
    ids: ["CKV_AWS_341"],
    demands: "the metadata service answers the host itself only",
    metBy: "WebHosts, the launch template",
    on: [TEMPLATE],
    passes: ({ config }) => block(config.metadata_options).http_put_response_hop_limit === 1,
    breaks: set(TEMPLATE, "metadata_options.http_put_response_hop_limit", 2),
  },
  {
    ids: ["CKV_AWS_46", "AWS-0029", "AWS-0122", "AWS-0129"],
    demands: "user data has no secrets in it",
    metBy: "WebHosts; hosts fetch the database's secret with their role",
    on: [TEMPLATE],
    passes: ({ config }) => !hasSecret(config.user_data),
    breaks: [
      set(TEMPLATE, "user_data", "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"),
      set(TEMPLATE, "user_data", "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY1234"),
      set(TEMPLATE, "user_data", "-----BEGIN RSA PRIVATE KEY-----"),
      set(TEMPLATE, "user_data", "${aws_secretsmanager_secret_version.a.secret_string}"),
    ],
  },
  {
    ids: ["CKV_AWS_8", "AWS-0008", "AWS-0131", "AwsSolutions-EC26", "EC2.3", "EC2.181"],
    demands: "volumes are encrypted, by the launch template, since groups use no launch configuration",
    metBy: "WebHosts, the launch template",
    on: [TEMPLATE],
    passes: (template) =>
      volumes(template).length > 0 && volumes(template).every(({ encrypted }) => isTrue(encrypted)),
    breaks: [
      set(TEMPLATE, "block_device_mappings.ebs.encrypted", "false"),
      unset(TEMPLATE, "block_device_mappings"),
    ],
  },
  {
    ids: ["CKV_AWS_189", "AWS-0027"],
    demands: "volumes are encrypted with a key of one's own",
    metBy: "hosts.volumeKmsKeyArn, with EncryptionKey",
    on: [TEMPLATE],
    passes: (template) => volumes(template).every(({ kms_key_id }) => kms_key_id !== undefined),
    breaks: unset(TEMPLATE, "block_device_mappings.ebs.kms_key_id"),
  },
  {
    ids: ["CKV_AWS_126", "AwsSolutions-EC28"],
    demands: "detailed monitoring",
    metBy: "hosts.detailedMonitoring",
    on: [TEMPLATE],
    passes: ({ config }) => block(config.monitoring).enabled === true,
    breaks: set(TEMPLATE, "monitoring.enabled", false),
  },
  {
    ids: ["CKV2_AWS_41"],
    demands: "hosts have a role",
    metBy: "WebHosts, the instance profile",
    on: [TEMPLATE],
    passes: ({ config }) => blocks(config.iam_instance_profile).length > 0,
    breaks: unset(TEMPLATE, "iam_instance_profile"),
  },
  {
    ids: ["SSM.1"],
    demands: "Systems Manager manages the hosts",
    metBy: "WebHosts, the role",
    on: [TEMPLATE],
    passes: ({ config }, topology) =>
      topology
        .namedIn(config.iam_instance_profile, "aws_iam_instance_profile")
        .flatMap((profile) => topology.namedIn(profile.config.role, "aws_iam_role"))
        .flatMap((role) => topology.naming(role, "aws_iam_role_policy_attachment"))
        .some(({ config: { policy_arn } }) => policy_arn.endsWith("/AmazonSSMManagedInstanceCore")),
    breaks: remove("aws_iam_role_policy_attachment"),
  },
  {
    ids: ["CKV_AWS_315", "AutoScaling.9"],
    demands: "a group starts hosts from a launch template",
    metBy: "WebHosts",
    on: [GROUP],
    passes: (group, topology) => topology.namedIn(group.config, TEMPLATE).length > 0,
    breaks: remove(TEMPLATE),
  },
  {
    ids: ["CKV_AWS_153"],
    demands: "a group gives its hosts a tag",
    metBy: "WebHosts",
    on: [GROUP],
    passes: ({ config }) => blocks(config.tag).length > 0,
    breaks: unset(GROUP, "tag"),
  },
  {
    ids: ["CKV2_AWS_15", "AwsSolutions-AS2", "AutoScaling.1", "REL07-BP02", "REL11-BP03"],
    demands: "hosts that the balancer finds unhealthy are replaced",
    metBy: "LoadBalancer.forwardTo",
    on: [GROUP],
    where: isBehindBalancer,
    passes: ({ config }) => config.health_check_type === "ELB",
    breaks: set(GROUP, "health_check_type", "EC2"),
  },
  {
    ids: ["AutoScaling.2"],
    demands: "hosts stand in two zones or more",
    metBy: "WebHosts",
    on: [GROUP],
    passes: ({ config }, topology) => zonesOf(config.vpc_zone_identifier, topology).length >= 2,
    breaks: set("aws_subnet", "availability_zone", "eu-west-1a"),
  },
  {
    ids: ["AutoScaling.6"],
    demands: "hosts may be of more than one type, in more than one zone",
    metBy: "hosts.instanceTypes",
    on: [GROUP],
    passes: (group) => overrides(group).length >= 2,
    breaks: set(GROUP, "mixed_instances_policy.launch_template.override", []),
  },
  {
    ids: ["AwsSolutions-AS1"],
    demands: "a group has a cooldown",
    metBy: "WebHosts",
    on: [GROUP],
    passes: ({ config }) => config.default_cooldown !== undefined,
    breaks: unset(GROUP, "default_cooldown"),
  },
  {
    ids: ["AwsSolutions-AS3"],
    demands: "a group notifies of every start and end of a host",
    metBy: "Monitoring, routineEvents",
    on: [GROUP],
    passes: (group, topology) =>
      topology
        .naming(group, "aws_autoscaling_notification")
        .some(({ config }) =>
          ["LAUNCH", "LAUNCH_ERROR", "TERMINATE", "TERMINATE_ERROR"].every((event) =>
            config.notifications.includes(`autoscaling:EC2_INSTANCE_${event}`),
          ),
        ),
    breaks: remove("aws_autoscaling_notification"),
  },
];
