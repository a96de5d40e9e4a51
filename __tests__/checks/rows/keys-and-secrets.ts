import { CheckRow } from "../check-row";
import { both, remove, set, unset } from "../mutations";
import { Statement, statementsOf } from "../policies";
import { Resource, Topology, block } from "../topology";
import { hasSecret } from "./hosts";

const KEY = "aws_kms_key";
const SECRET = "aws_secretsmanager_secret";
const ROTATION = "aws_secretsmanager_secret_rotation";

function policiesOf(key: Resource, topology: Topology): unknown[] {
  const apart = topology.naming(key, "aws_kms_key_policy").map(({ config }) => config.policy);
  return [key.config.policy, ...apart].filter((policy) => policy !== undefined);
}

export function isForEveryone({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === "Allow" &&
    principals.some((one) => ["*", "AWS:*"].includes(one)) &&
    Object.keys(conditions).length === 0
  );
}

const FOR_EVERYONE =
  '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Decrypt","Resource":"*"}]}';

/** Days between two rotations; undefined where an expression says when. */
function daysBetween({ config }: Resource): number | undefined {
  return block(config.rotation_rules).automatically_after_days;
}

export const KEYS_AND_SECRETS: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_7", "AWS-0065", "AwsSolutions-KMS5"],
    demands: "keys rotate",
    metBy: "EncryptionKey",
    on: [KEY],
    passes: ({ config }) => config.enable_key_rotation === true,
    breaks: unset(KEY, "enable_key_rotation"),
  },
  {
    ids: ["CKV_AWS_33", "KMS.5"],
    demands: "no key is everyone's",
    metBy: "EncryptionKey",
    on: [KEY],
    passes: (key, topology) => !policiesOf(key, topology).flatMap(statementsOf).some(isForEveryone),
    breaks: [set(KEY, "policy", FOR_EVERYONE), set("aws_kms_key_policy", "policy", FOR_EVERYONE)],
  },
  {
    ids: ["CKV_AWS_227"],
    demands: "keys are enabled",
    metBy: "EncryptionKey",
    on: [KEY],
    passes: ({ config }) => config.is_enabled !== false,
    breaks: set(KEY, "is_enabled", false),
  },
  {
    ids: ["CKV2_AWS_64"],
    demands: "a key's policy is written out",
    metBy: "EncryptionKey",
    on: [KEY],
    passes: (key, topology) => policiesOf(key, topology).length > 0,
    breaks: both(remove("aws_kms_key_policy"), unset(KEY, "policy")),
  },
  {
    ids: ["CKV_AWS_149", "AWS-0098"],
    demands: "secrets are encrypted with a key of one's own",
    metBy: "database.credentials.kmsKeyArn, with EncryptionKey",
    on: [SECRET],
    passes: ({ config }) => config.kms_key_id !== undefined,
    breaks: unset(SECRET, "kms_key_id"),
  },
  {
    ids: ["CKV2_AWS_57", "AwsSolutions-SMG4", "SecretsManager.1"],
    demands: "secrets rotate by themselves",
    metBy: "database.credentials.rotation",
    on: [SECRET],
    passes: (secret, topology) => topology.naming(secret, ROTATION).length > 0,
    breaks: remove(ROTATION),
  },
  {
    ids: ["CKV_AWS_304", "SecretsManager.4"],
    demands: "secrets rotate within 90 days",
    metBy: "database.credentials.rotation",
    on: [ROTATION],
    passes: (rotation) => (daysBetween(rotation) ?? 0) <= 90,
    breaks: set(ROTATION, "rotation_rules", { automatically_after_days: 365 }),
  },
  {
    ids: ["CKV_SECRET_*"],
    demands:
      "no secret stands in the configuration: passwords are write-only arguments that expressions fill",
    metBy: "DatabasePair and AuroraCluster, by an ephemeral resource",
    on: ["aws_db_instance", "aws_rds_cluster", "aws_secretsmanager_secret_version"],
    passes: ({ config }) =>
      config.password === undefined &&
      config.master_password === undefined &&
      config.secret_string === undefined &&
      [config.password_wo, config.master_password_wo, config.secret_string_wo].every(
        (value) => value === undefined || value.startsWith("${"),
      ) &&
      !hasSecret({ ...config, password_wo: "", master_password_wo: "", secret_string_wo: "" }),
    breaks: [
      set("aws_secretsmanager_secret_version", "secret_string_wo", "correct horse battery staple"),
      set("aws_secretsmanager_secret_version", "secret_string", "${random_password.a.result}"),
      set("aws_db_instance", "password", "correct horse battery staple"),
      set("aws_rds_cluster", "master_password", "correct horse battery staple"),
    ],
  },
  {
    ids: ["CKV_AWS_41"],
    demands: "the provider is given no access keys",
    metBy: "the program, which writes none",
    on: ["provider"],
    passes: ({ config }) => config.access_key === undefined && config.secret_key === undefined,
    breaks: [
      set("provider", "access_key", "AKIAIOSFODNN7EXAMPLE"),
      set("provider", "secret_key", "${var.key}"),
    ],
  },
];
