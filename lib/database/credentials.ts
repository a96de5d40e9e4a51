import { Fn, Lazy, TerraformStack } from "cdktf";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { checkKeyArn } from "../encryption/key-arn";
import { nameTag, pathName } from "../naming";
import { IGrantable, PolicyStatement } from "../policy";
import { PropChecks } from "../validation";
import { SecretConnection, connectionKeys } from "./secret-connection";
import { SecretRotation, SecretRotationOptions, checkRotation, createRotation } from "./secret-rotation";

export interface CredentialsOptions {
  /**
   * Name of the database's first user, which owns everything in it.
   *
   * @default "tandem"
   */
  readonly username?: string;

  /**
   * Number of the password. Raising it makes a new one, and gives it to secret and database in one deploy.
   *
   * @default 1
   */
  readonly passwordVersion?: number;

  /**
   * ARN of a KMS key of your own that encrypts the secret; `EncryptionKey` for `secrets` makes one. Whoever reads the
   * secret, whoever deploys included, needs `kms:Decrypt` with it.
   *
   * @default - AWS's key for Secrets Manager, which is free
   */
  readonly kmsKeyArn?: string;

  /**
   * Days that a deleted secret can be recovered, 7 to 30, or 0 for none.
   *
   * @default 30
   */
  readonly recoveryWindow?: number;

  /**
   * A function that gives the database a new password from time to time.
   *
   * @default - the password changes when passwordVersion is raised
   */
  readonly rotation?: SecretRotationOptions;
}

export interface CredentialsProps extends CredentialsOptions {
  readonly username: string;

  /**
   * Where the database is. A secret that is there already keeps what it says until its password changes.
   *
   * @default - the secret holds user name and password only
   */
  readonly connection?: SecretConnection;

  /**
   * Other regions that the secret is copied to, and the keys that encrypt it there.
   *
   * @default - none
   */
  readonly replicas?: readonly { readonly region: string; readonly kmsKeyArn?: string }[];
}

const EPHEMERAL_TYPE = "aws_secretsmanager_secret_version";
const DEFAULT_RECOVERY_WINDOW = 30;
/**
 * A label of Terraform's own on the version that it made. Versions without one are deleted some time after their
 * password is rotated; Terraform would then make another one, with a password that the database doesn't have.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
const VERSION_LABELS = ["AWSCURRENT", "terraform"];

/**
 * User name and password of a database, in a secret.
 *
 * The password is made by Terraform in the moment of the deploy, and given to the secret and to the database
 * as write-only arguments: it is in no state, plan, output or log. Every later plan opens the secret, and so
 * needs `secretsmanager:GetSecretValue`.
 *
 * Needs Terraform or OpenTofu 1.11 or newer.
 */
export class Credentials extends Construct {
  public readonly secret: SecretsmanagerSecret;
  public readonly secretVersion: SecretsmanagerSecretVersion;
  public readonly username: string;
  /** The password as a value for a write-only argument; anywhere else Terraform refuses it. */
  public readonly passwordWriteOnly: string;
  /** Number of the password, for the write-only argument's version. */
  public readonly passwordVersion: number;
  /** What rotates the password, if anything does. */
  public readonly rotation?: SecretRotation;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: CredentialsProps,
  ) {
    super(scope, id);
    checkCredentials(new PropChecks(this), props);
    this.username = props.username;
    this.passwordVersion = props.passwordVersion ?? 1;
    this.secret = new SecretsmanagerSecret(this, "Secret", {
      // A deleted secret keeps its name until the recovery window ends.
      namePrefix: `${pathName(scope)}-`,
      description: "User name and password of a database",
      kmsKeyId: props.kmsKeyArn,
      replica: props.replicas?.length
        ? props.replicas.map(({ region, kmsKeyArn }) => ({ region, kmsKeyId: kmsKeyArn }))
        : undefined,
      recoveryWindowInDays: props.recoveryWindow ?? DEFAULT_RECOVERY_WINDOW,
      tags: nameTag(scope),
    });
    this.secretVersion = new SecretsmanagerSecretVersion(this, "SecretVersion", {
      secretId: this.secret.id,
      secretStringWo: Fn.jsonencode({
        username: props.username,
        // 122 random bits in 32 characters that every engine takes.
        password: Fn.replace(Fn.uuid(), "-", ""),
        ...(props.connection && connectionKeys(props.connection)),
      }),
      secretStringWoVersion: this.passwordVersion,
      versionStages: VERSION_LABELS,
      // A rotation moves AWSCURRENT to the version that it makes. Moved back, it would be the old password.
      lifecycle: { ignoreChanges: ["version_stages"] },
    });
    this.passwordWriteOnly = this.readBack();
    this.rotation =
      props.rotation && createRotation(this, this.secret.id, props.rotation, this.secretVersion);
    requireTerraform(TerraformStack.of(this));
  }

  /** Lets a role read the secret. */
  public grantRead(id: string, grantee: IGrantable): void {
    this.grant(
      id,
      grantee,
      ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      ["kms:Decrypt"],
    );
  }

  /**
   * Lets a role rotate the secret: that of the function that `rotation` names.
   *
   * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
   */
  public grantRotate(id: string, grantee: IGrantable): void {
    const actions = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
    this.grant(
      id,
      grantee,
      actions.map((action) => `secretsmanager:${action}`),
      ["kms:Decrypt", "kms:GenerateDataKey"],
      // Of no secret: it makes up a password.
      { actions: ["secretsmanager:GetRandomPassword"], resources: ["*"] },
    );
  }

  private grant(
    id: string,
    grantee: IGrantable,
    actions: readonly string[],
    keyActions: readonly string[],
    ...further: readonly PolicyStatement[]
  ): void {
    const { kmsKeyArn } = this.props;
    grantee.addPolicy(
      id,
      { actions, resources: [this.secret.arn] },
      ...(kmsKeyArn === undefined ? [] : [{ actions: keyActions, resources: [kmsKeyArn] }]),
      ...further,
    );
  }

  /**
   * Opens the secret with an ephemeral block, for which CDKTF has no class.
   *
   * The block names the version and not the secret: only so does it wait until there is one.
   */
  private readBack(): string {
    const stack = TerraformStack.of(this);
    const name = this.secretVersion.friendlyUniqueId;
    stack.addOverride(`ephemeral.${EPHEMERAL_TYPE}.${name}`, {
      secret_id: this.secretVersion.secretId,
      // Ephemeral blocks inherit no provider; an aspect may set one later.
      provider: Lazy.stringValue({ produce: () => this.secretVersion.provider?.fqn }),
    });
    return `\${jsondecode(ephemeral.${EPHEMERAL_TYPE}.${name}.secret_string).password}`;
  }
}

/** Older versions don't know ephemeral blocks, and would complain of something else. */
function requireTerraform(stack: TerraformStack): void {
  const { rawOverrides } = stack as unknown as {
    rawOverrides?: { terraform?: { required_version?: string } };
  };
  if (rawOverrides?.terraform?.required_version === undefined) {
    stack.addOverride("terraform.required_version", ">= 1.11.0");
  }
}

export function checkCredentials(checks: PropChecks, props: CredentialsOptions): void {
  checks.group("credentials", props, 'As in { username: "owner" }.');
  const versions = { min: 1, max: 2_147_483_647 };
  checks.integer(
    "credentials.passwordVersion",
    props.passwordVersion,
    versions,
    "Raise it by one for a new password.",
  );
  checkKeyArn(checks, "credentials.kmsKeyArn", props.kmsKeyArn);
  checkRotation(checks, props.rotation);
  if (props.recoveryWindow === 0) return;
  const days = { min: 7, max: 30, unit: "days, or 0" };
  checks.integer(
    "credentials.recoveryWindow",
    props.recoveryWindow,
    days,
    "30 leaves the most time to notice.",
  );
}
