import { Fn, Lazy, TerraformStack } from "cdktf";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { nameTag, pathName } from "../naming";
import { IGrantable } from "../policy";
import { PropChecks } from "../validation";

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
   * ARN of a KMS key of your own that encrypts the secret.
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
}

export interface CredentialsProps extends CredentialsOptions {
  readonly username: string;

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
      }),
      secretStringWoVersion: this.passwordVersion,
    });
    this.passwordWriteOnly = this.readBack();
    requireTerraform(TerraformStack.of(this));
  }

  /** Lets a role read the secret. */
  public grantRead(id: string, grantee: IGrantable): void {
    grantee.addPolicy(
      id,
      {
        actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        resources: [this.secret.arn],
      },
      ...(this.props.kmsKeyArn === undefined
        ? []
        : [{ actions: ["kms:Decrypt"], resources: [this.props.kmsKeyArn] }]),
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
  const versions = { min: 1, max: 2_147_483_647 };
  checks.integer(
    "credentials.passwordVersion",
    props.passwordVersion,
    versions,
    "Raise it by one for a new password.",
  );
  checks.arn("credentials.kmsKeyArn", props.kmsKeyArn, "kms", "key");
  if (props.recoveryWindow === 0) return;
  const days = { min: 7, max: 30, unit: "days, or 0" };
  checks.integer(
    "credentials.recoveryWindow",
    props.recoveryWindow,
    days,
    "30 leaves the most time to notice.",
  );
}
