import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EncryptionKey, EncryptionKeyProps, KeyPurpose } from "../../lib";
import { plan } from "../../lib/testing";
import { keyStatements } from "../support/key-policy";
import { frankfurt, reference, synth, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

const ROOT = { AWS: "arn:PARTITION:iam::ACCOUNT:root" };
const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
const PUBLISH = ["kms:GenerateDataKey*", "kms:Decrypt"];

function encryptionKey(props: EncryptionKeyProps, stack = testStack()) {
  const made = new EncryptionKey(stack, "Key", props);
  return { stack, made, tf: () => synth(stack), statements: () => keyStatements(synth(stack), made.policy) };
}

/** What a policy allows beside administration. */
function useOf(purpose: KeyPurpose) {
  const { Administration, ...use } = encryptionKey({ purpose }).statements();
  expect(Administration).toBeDefined();
  return use;
}

const through = (service: string) => ({ "kms:ViaService": `${service}.REGION.*` });
const useThrough = (service: string) => ({
  Effect: "Allow",
  Principal: ROOT,
  Action: USE,
  Resource: "*",
  Condition: { StringLike: through(service) },
});
const grantThrough = (service: string) => ({
  Effect: "Allow",
  Principal: ROOT,
  Action: "kms:CreateGrant",
  Resource: "*",
  Condition: { StringLike: through(service), Bool: { "kms:GrantIsForAWSResource": "true" } },
});

describe("EncryptionKey", () => {
  it("is a key that rotates and is gone a month after its deletion, with a policy and a name", () => {
    const { made, tf } = encryptionKey({ purpose: "logs" });
    const json = tf();
    expect(json.of(made.key)).toMatchObject({
      description: "shop/Key: logs",
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      tags: { Name: "shop/Key" },
    });
    expect(json.of(made.alias)).toMatchObject({
      name_prefix: "alias/shop-Key-",
      target_key_id: reference(made.key, "key_id"),
    });
    // By the ARN there would be a difference in every plan.
    expect(json.of(made.policy).key_id).toBe(reference(made.key, "key_id"));
    expect(json.addresses).toHaveLength(3);
    expect(json.json.data).toBeUndefined();
  });

  it("goes, with its policy, only after what it encrypted has got another one", () => {
    const { made, tf } = encryptionKey({ purpose: "secrets" });
    const json = tf();
    // Terraform keeps this in its state, so that it also holds for a key that is no longer in the configuration.
    expect(json.of(made.key).lifecycle).toEqual({ create_before_destroy: true });
    expect(json.of(made.policy).lifecycle).toEqual({ create_before_destroy: true });
  });

  it("keeps a long path within the length of an alias", () => {
    const stack = testStack();
    const made = new EncryptionKey(stack, "K".repeat(300), { purpose: "logs" });
    const prefix: string = synth(stack).of(made.alias).name_prefix;
    expect(prefix).toMatch(/^alias\/shop-K+-$/);
    // Terraform adds 26 characters.
    expect(prefix.length + 26).toBeLessThanOrEqual(256);
  });

  it("lets the account administer it, and not use it", () => {
    const { Administration } = encryptionKey({ purpose: "logs" }).statements();
    // Without a condition: KMS refuses a policy that nobody could change again.
    expect(Administration).toEqual({
      Effect: "Allow",
      Principal: ROOT,
      Action: expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DeleteAlias"]),
      Resource: "*",
    });
    const using = /^kms:(\*|Create(\*|Grant)|Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify|Derive)/;
    expect(Administration!.Action.filter((action: string) => using.test(action))).toEqual([]);
  });

  it("for a database is used through RDS, with grants for what RDS does by itself", () => {
    expect(useOf("database")).toEqual({
      UseThroughRds: useThrough("rds"),
      GrantThroughRds: grantThrough("rds"),
    });
  });

  it("for secrets is used through Secrets Manager, without grants", () => {
    expect(useOf("secrets")).toEqual({ UseThroughSecretsManager: useThrough("secretsmanager") });
  });

  it("for logs is used by CloudWatch Logs, on log groups of the account", () => {
    expect(useOf("logs")).toEqual({
      CloudWatchLogsUses: {
        Effect: "Allow",
        Principal: { Service: "logs.REGION.DOMAIN" },
        Action: USE,
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": "arn:PARTITION:logs:REGION:ACCOUNT:log-group:*",
          },
        },
      },
    });
  });

  it("names CloudWatch Logs as each partition does", () => {
    const { tf, made } = encryptionKey({ purpose: "logs" });
    expect(tf().of(made.policy).policy).toContain(
      '${lookup({"aws-cn" = "amazonaws.com.cn", "aws-iso" = "c2s.ic.gov", "aws-iso-b" = "sc2s.sgov.gov"}, ' +
        `element(split(":", aws_kms_key.${made.key.friendlyUniqueId}.arn), 1), "amazonaws.com")}`,
    );
  });

  it("for notifications is used through SNS, and by alarms of the account and events to publish", () => {
    const publisher = { Effect: "Allow", Action: PUBLISH, Resource: "*" };
    expect(useOf("notifications")).toEqual({
      UseThroughSns: useThrough("sns"),
      AlarmsPublish: {
        ...publisher,
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "ACCOUNT" } },
      },
      // EventBridge doesn't say which account it acts for.
      EventsPublish: {
        ...publisher,
        Principal: { Service: ["events.amazonaws.com", "events.rds.amazonaws.com"] },
      },
      AutoScalingPublishes: {
        ...publisher,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: {
            "kms:CallerAccount": "ACCOUNT",
            "aws:PrincipalArn": [
              "arn:PARTITION:iam::ACCOUNT:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            ],
          },
        },
      },
    });
  });

  it("for volumes is used through EC2, and by the roles that start instances, which may not exist yet", () => {
    const role = (name: string) => `arn:PARTITION:iam::ACCOUNT:role/aws-service-role/${name}`;
    const roles = {
      "kms:CallerAccount": "ACCOUNT",
      "aws:PrincipalArn": [
        role("autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
        role("spot.amazonaws.com/AWSServiceRoleForEC2Spot"),
      ],
    };
    const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" };
    expect(useOf("volumes")).toEqual({
      UseThroughEc2: useThrough("ec2"),
      GrantThroughEc2: grantThrough("ec2"),
      AutoScalingUses: { ...anybody, Action: USE, Condition: { StringEquals: roles } },
      AutoScalingGrants: {
        ...anybody,
        Action: "kms:CreateGrant",
        Condition: { StringEquals: roles, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    });
  });

  it("has several purposes where that is said, in whatever order", () => {
    const { made, tf, statements } = encryptionKey({ purpose: ["secrets", "database"] });
    expect(Object.keys(statements())).toEqual([
      "Administration",
      "UseThroughRds",
      "GrantThroughRds",
      "UseThroughSecretsManager",
    ]);
    expect(tf().of(made.key).description).toBe("shop/Key: databases, secrets");
  });

  it("has further statements, of the key itself where they name no resource", () => {
    const backup = {
      sid: "Backup",
      principals: { Service: "backup.amazonaws.com" },
      actions: ["kms:CreateGrant"],
    };
    const { statements } = encryptionKey({ purpose: "database", statements: [backup] });
    expect(statements().Backup).toEqual({
      Effect: "Allow",
      Principal: { Service: "backup.amazonaws.com" },
      Action: "kms:CreateGrant",
      Resource: "*",
    });
  });

  it("stands in another region by its provider", () => {
    const stack = testStack();
    const { provider } = frankfurt(stack);
    const { made, tf } = encryptionKey({ purpose: ["database", "secrets"], provider }, stack);
    const json = tf();
    for (const resource of [made.key, made.policy, made.alias]) {
      expect(json.of(resource).provider).toBe("aws.frankfurt");
    }
  });

  it("gives an ARN that waits for the policy", () => {
    const { stack, made, tf } = encryptionKey({ purpose: "logs" });
    const group = new CloudwatchLogGroup(stack, "Group", { kmsKeyId: made.arn });
    expect(tf().of(group).kms_key_id).toBe(
      `\${element([aws_kms_key.${made.key.friendlyUniqueId}.arn, aws_kms_key_policy.${made.policy.friendlyUniqueId}.id], 0)}`,
    );
  });
});

describeWhere(terraformProblem(), "a plan of an EncryptionKey", () => {
  it("knows the key's ARN from the second one on", async () => {
    const stack = () => {
      const { stack, made } = encryptionKey({ purpose: "logs" });
      new CloudwatchLogGroup(stack, "Group", { name: "group", kmsKeyId: made.arn });
      return stack;
    };
    expect((await plan(stack())).created).toHaveLength(4);
    expect(await plan(stack(), stack())).toChangeNothing();
  });
});
