import { Fn, TerraformProvider } from "cdktf";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { Construct } from "constructs";
import { namePrefix, nameTag } from "../naming";
import { PolicyStatement, policyDocument } from "../policy";
import { PropChecks } from "../validation";
import { keyStatements } from "./key-policy";
import { KEY_DESCRIPTIONS, KEY_PURPOSES, KeyPurpose } from "./key-purpose";

export interface EncryptionKeyProps {
  /**
   * What the key may encrypt; nothing else can use it. Several purposes in one key cost less, and let go of the
   * wall between them.
   */
  readonly purpose: KeyPurpose | readonly KeyPurpose[];

  /**
   * Days until a deleted key is gone, 7 to 30, in which the deletion can be cancelled. What it encrypts can't be
   * read meanwhile, and never after.
   *
   * @default 30
   */
  readonly deletionWindow?: number;

  /**
   * Further statements of the key's policy, for a service or an account that needs the key beside these; without
   * `resources` they are of this key. They weaken what the policy keeps out.
   *
   * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
   *
   * @default - none
   */
  readonly statements?: readonly PolicyStatement[];

  /**
   * Provider of another region, for the key of what stands there: keys don't leave their region.
   *
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

const DEFAULT_DELETION_WINDOW = 30;
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html; "alias/" is part of it. */
const ALIAS_LENGTH = 250;

/**
 * What was encrypted with a key gets another one before the key goes: Secrets Manager needs the old key to encrypt a
 * secret anew, and logs that come in between would be lost.
 */
const LAST_OF_ALL = { createBeforeDestroy: true };

/**
 * A KMS key of your own that rotates every year, can be used through the services of its purpose only, and has a
 * name that people recognise. It costs a small fee a month, and so does each of its first two rotations; requests to
 * it are paid for too.
 *
 * @example
 * const key = new EncryptionKey(stack, "LogsKey", { purpose: "logs" });
 * new Network(stack, "Network", { availabilityZones, flowLogs: { kmsKeyArn: key.arn } });
 *
 * @throws InvalidPropError for a purpose that there is not, and windows that KMS refuses.
 */
export class EncryptionKey extends Construct {
  public readonly key: KmsKey;
  public readonly policy: KmsKeyPolicy;
  /** `alias/shop-Web-LogsKey-…`. */
  public readonly alias: KmsAlias;

  public constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const purposes = readPurposes(new PropChecks(this), props);
    const { provider, statements = [] } = props;
    this.key = new KmsKey(this, "Key", {
      description: `${nameTag(this).Name}: ${purposes.map((purpose) => KEY_DESCRIPTIONS[purpose]).join(", ")}`,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindow ?? DEFAULT_DELETION_WINDOW,
      tags: nameTag(this),
      provider,
      lifecycle: LAST_OF_ALL,
    });
    this.policy = new KmsKeyPolicy(this, "Policy", {
      // Given an ARN, the provider finds a difference in every plan.
      keyId: this.key.keyId,
      policy: policyDocument(
        ...keyStatements(this.key.arn, purposes),
        ...statements.map((statement) => ({ ...statement, resources: statement.resources ?? ["*"] })),
      ),
      provider,
      lifecycle: LAST_OF_ALL,
    });
    this.alias = new KmsAlias(this, "Alias", {
      namePrefix: `alias/${namePrefix(this, ALIAS_LENGTH)}`,
      targetKeyId: this.key.keyId,
      provider,
    });
  }

  /** ARN of the key. What is given it waits for the policy too: CloudWatch Logs refuses a key that it may not use. */
  public get arn(): string {
    return Fn.element([this.key.arn, this.policy.id], 0) as string;
  }
}

function readPurposes(checks: PropChecks, props: EncryptionKeyProps): KeyPurpose[] {
  const { purpose, deletionWindow, statements } = props;
  const given = [purpose].flat();
  const remedy = "A key is for what it encrypts: take one for each, or name several in a list.";
  for (const one of given) {
    checks.require(KEY_PURPOSES.includes(one), {
      prop: "purpose",
      value: one,
      allowed: KEY_PURPOSES.map((word) => `"${word}"`).join(", "),
      remedy,
    });
  }
  checks.require(given.length > 0, { prop: "purpose", value: purpose, allowed: "at least one", remedy });
  const days = { min: 7, max: 30, unit: "days" };
  checks.integer("deletionWindow", deletionWindow, days, "30 leaves the most time to notice.");
  checks.list("statements", statements, 'As in [{ principals: { AWS: "…" }, actions: ["kms:Decrypt"] }].');
  return KEY_PURPOSES.filter((one) => given.includes(one));
}
