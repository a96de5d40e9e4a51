import { TerraformVariable } from "cdktf";
import { AuroraCluster, AuroraEngine, DatabasePairProps, SecretRotationOptions, WebHosts } from "../../lib";
import { testRefusals } from "../support/bad-input";
import { existingNetwork, reference, synth, testDatabase, testNetwork, testStack } from "../support/synth";

const ROTATE = "arn:aws:lambda:eu-west-1:123456789012:function:rotate";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

function pair(credentials: DatabasePairProps["credentials"], props: Partial<DatabasePairProps> = {}) {
  const stack = testStack();
  const made = testDatabase(stack, existingNetwork(stack), { credentials, ...props });
  return { stack, made, ...made.credentials, tf: () => synth(stack) };
}

const rotated = (options: Partial<SecretRotationOptions> = {}) =>
  pair({ rotation: { functionArn: ROTATE, ...options } });

const rules = (options: Partial<SecretRotationOptions>) =>
  rotated(options).tf().only("aws_secretsmanager_secret_rotation").rotation_rules;

describe("a secret's rotation", () => {
  it("is asked for, or there is none", () => {
    const { rotation, tf } = pair({});
    expect(rotation).toBeUndefined();
    expect(tf().count("aws_secretsmanager_secret_rotation")).toBe(0);
    expect(tf().count("aws_lambda_permission")).toBe(0);
  });

  it("is every thirty days, and not before the database is there", () => {
    const { secret, secretVersion, rotation, tf } = rotated();
    const json = tf();
    expect(json.of(rotation!.rotation)).toMatchObject({
      secret_id: reference(secret, "id"),
      rotation_lambda_arn: ROTATE,
      rotation_rules: { automatically_after_days: 30 },
      rotate_immediately: false,
    });
    expect(json.of(rotation!.rotation).depends_on).toEqual([
      `aws_lambda_permission.${rotation!.permission.friendlyUniqueId}`,
      `aws_secretsmanager_secret_version.${secretVersion.friendlyUniqueId}`,
    ]);
  });

  it("lets Secrets Manager call the function for this secret only", () => {
    const { secret, rotation, tf } = rotated();
    expect(tf().of(rotation!.permission)).toMatchObject({
      function_name: ROTATE,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      source_arn: reference(secret, "id"),
    });
  });

  it("may call an alias of a function, which a permission names beside it", () => {
    const { rotation, tf } = rotated({ functionArn: `${ROTATE}:live` });
    const json = tf();
    expect(json.of(rotation!.permission)).toMatchObject({ function_name: ROTATE, qualifier: "live" });
    expect(json.of(rotation!.rotation).rotation_lambda_arn).toBe(`${ROTATE}:live`);
  });

  it("takes a function that is known only after deploy", () => {
    const stack = testStack();
    const functionArn = new TerraformVariable(stack, "rotate", { type: "string" }).stringValue;
    const { credentials } = testDatabase(stack, existingNetwork(stack), {
      credentials: { rotation: { functionArn } },
    });
    const permission = synth(stack).of(credentials.rotation!.permission);
    expect(permission).toMatchObject({ function_name: "${var.rotate}" });
    expect(permission.qualifier).toBeUndefined();
  });

  it.each([
    [{ everyDays: 90 }, { automatically_after_days: 90 }],
    [{ schedule: "rate(4 hours)" }, { schedule_expression: "rate(4 hours)" }],
    [
      { schedule: "rate(1 day)", window: "24h" },
      { schedule_expression: "rate(1 day)", duration: "24h" },
    ],
    [
      { schedule: "cron(0 22 ? * SUN *)", window: "2h" },
      { schedule_expression: "cron(0 22 ? * SUN *)", duration: "2h" },
    ],
    [{ schedule: "cron(0 8/8 * * ? *)" }, { schedule_expression: "cron(0 8/8 * * ? *)" }],
    [{ schedule: "cron(0 16 L JAN,JUL ? *)" }, { schedule_expression: "cron(0 16 L JAN,JUL ? *)" }],
    [{ schedule: "cron(0 0 ? * SUN#1 *)" }, { schedule_expression: "cron(0 0 ? * SUN#1 *)" }],
  ])("is when %j says", (options, expected) => {
    expect(rules(options)).toEqual(expected);
  });

  it("is at once where that is asked for", () => {
    const { rotation, tf } = rotated({ rotateImmediately: true });
    expect(tf().of(rotation!.rotation).rotate_immediately).toBe(true);
  });

  it("never makes Terraform's version one that Secrets Manager deletes, nor the current one again", () => {
    for (const { secretVersion, tf } of [pair({}), rotated()]) {
      expect(tf().of(secretVersion)).toMatchObject({
        version_stages: ["AWSCURRENT", "terraform"],
        lifecycle: { ignore_changes: ["version_stages"] },
      });
    }
  });

  it("may be done by whoever is let, with the secret's key and no other secret", () => {
    const { stack, made, secret, tf } = pair({ kmsKeyArn: KEY });
    const hosts = new WebHosts(stack, "Hosts", { network: testNetwork(stack, "Other") });
    made.credentials.grantRotate("Rotate", hosts);
    const [, policy] = Object.entries(tf().resources("aws_iam_role_policy")).find(([name]) =>
      name.includes("Rotate"),
    )!;
    expect(JSON.parse(policy.policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: reference(secret, "arn"),
      },
      { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY },
      { Effect: "Allow", Action: "secretsmanager:GetRandomPassword", Resource: "*" },
    ]);
  });
});

describe("a secret says where the database is,", () => {
  const said = (text: string) => /"password" = replace\(uuid\(\), "-", ""\), (.*)\}\)\}$/.exec(text)?.[1];

  it("of a pair by the writer's name, which stays the same", () => {
    const { secretVersion, tf } = pair({}, { port: 6432 });
    expect(said(tf().of(secretVersion).secret_string_wo)).toBe(
      '"engine" = "postgres", "dbname" = "shop", "port" = 6432, "host" = "writer.shop-database.internal"',
    );
  });

  it("of a pair in a zone that exists by the name there", () => {
    const privateZone = { hostedZoneId: "Z0123456789ABC", name: "example.internal" };
    const { secretVersion, tf } = pair({}, { privateZone });
    expect(tf().of(secretVersion).secret_string_wo).toContain(
      '"host" = "shop-database-writer.example.internal"',
    );
  });

  it("of a cluster by its identifier, since the writer's name comes later", () => {
    const stack = testStack();
    const cluster = new AuroraCluster(stack, "Database", {
      network: existingNetwork(stack),
      engine: AuroraEngine.mysql("8.0"),
      databaseName: "shop",
    });
    expect(said(synth(stack).of(cluster.credentials.secretVersion).secret_string_wo)).toBe(
      '"engine" = "aurora-mysql", "dbname" = "shop", "port" = 3306, "dbClusterIdentifier" = "shop-database"',
    );
  });
});

const refused = (rotation: unknown) => () => pair({ rotation: rotation as SecretRotationOptions });
const scheduled = (schedule: string, window?: string) => refused({ functionArn: ROTATE, schedule, window });

testRefusals({
  "rotation by a word": refused("monthly"),
  "rotation by nothing": refused({}),
  "rotation by a function's name": refused({ functionArn: "rotate" }),
  "rotation by a role": refused({ functionArn: "arn:aws:iam::123456789012:role/rotate" }),
  "rotation twice a year": refused({ functionArn: ROTATE, everyDays: 180 }),
  "rotation after no day": refused({ functionArn: ROTATE, everyDays: 0 }),
  "two schedules": refused({ functionArn: ROTATE, everyDays: 30, schedule: "rate(10 days)" }),
  "a rate of hours that is too high": scheduled("rate(3 hours)"),
  "a rate of days that is too low": scheduled("rate(91 days)"),
  "a rate of weeks": scheduled("rate(2 weeks)"),
  "a time within an hour": scheduled("cron(30 4 ? * SUN *)"),
  "a single year": scheduled("cron(0 4 ? * SUN 2030)"),
  "days of the month and of the week": scheduled("cron(0 4 * * SUN *)"),
  "a time of day": scheduled("04:00"),
  "a window in minutes": scheduled("rate(10 days)", "90m"),
  "a window of two days": scheduled("rate(10 days)", "48h"),
  "a window until the next day": scheduled("cron(0 23 ? * SUN *)", "2h"),
  "a window until after the next rotation": scheduled("rate(4 hours)", "6h"),
  "a rotation now, in words": refused({ functionArn: ROTATE, rotateImmediately: "yes" }),
});
