import { Construct } from "constructs";
import { PropChecks } from "../validation";
import { EncryptionKey, EncryptionKeyProps } from "./encryption-key";
import { checkKeyArn } from "./key-arn";
import { KEY_PURPOSES, KeyPurpose } from "./key-purpose";

/**
 * Keys by purpose: the ARN of a key that exists, whose policy lets the service use it, or `false` for AWS's own key
 * or none at all. Each key that is made costs a small fee a month.
 *
 * Decide at the start about `false`, too: said later, it deletes a key, and what that encrypts can be read no longer,
 * although new data has another one. The plan guard refuses that while a database, a secret or logs had the key.
 */
export interface EncryptionKeysOptions {
  /**
   * Key of the database's storage and of Performance Insights. It takes effect when the database is made.
   *
   * @default - a key of its own
   */
  readonly database?: string | false;

  /**
   * Key of the database's secret.
   *
   * @default - a key of its own
   */
  readonly secrets?: string | false;

  /**
   * Key of all log groups.
   *
   * @default - a key of its own
   */
  readonly logs?: string | false;

  /**
   * Key of topics that alarms and events are published to. AWS's own can't be used by alarms, so that `false` leaves
   * topics without encryption by a key.
   *
   * @default - a key of its own
   */
  readonly notifications?: string | false;

  /**
   * Key of the hosts' volumes. Hosts are replaced one after the other to get it.
   *
   * @default - a key of its own
   */
  readonly volumes?: string | false;

  /**
   * Days until a deleted key is gone, 7 to 30, in which the deletion can be cancelled.
   *
   * @default 30
   */
  readonly deletionWindow?: number;
}

export type EncryptionKeysProps = EncryptionKeysOptions & Pick<EncryptionKeyProps, "provider">;

/**
 * A key of your own for each purpose, so that a role that may read logs can't read secrets, and one key's end is not
 * the end of all data. Five keys cost a small fee a month each.
 *
 * @example
 * const { arns } = new EncryptionKeys(stack, "Keys", { database: false });
 * new WebHosts(stack, "Hosts", { network, volumeKmsKeyArn: arns.volumes, logs: { kmsKeyArn: arns.logs } });
 *
 * @throws InvalidPropError for what is not the ARN of a key.
 */
export class EncryptionKeys extends Construct {
  /** ARN of the key of each purpose; undefined for those without a key of your own. */
  public readonly arns: Readonly<Partial<Record<KeyPurpose, string>>>;
  /** The keys that were made, by purpose. */
  public readonly keys: Readonly<Partial<Record<KeyPurpose, EncryptionKey>>>;

  public constructor(scope: Construct, id: string, props: EncryptionKeysProps = {}) {
    super(scope, id);
    checkEncryptionKeys(new PropChecks(this), props);
    const { deletionWindow, provider } = props;
    const made = KEY_PURPOSES.filter((purpose) => props[purpose] === undefined).map(
      (purpose) =>
        [purpose, new EncryptionKey(this, purpose, { purpose, deletionWindow, provider })] as const,
    );
    this.keys = Object.fromEntries(made);
    this.arns = Object.fromEntries(
      KEY_PURPOSES.map((purpose) => [purpose, props[purpose] || this.keys[purpose]?.arn]),
    );
  }
}

function checkEncryptionKeys(checks: PropChecks, props: EncryptionKeysProps): void {
  checks.group("props", props, "As in { logs: key.arn }.");
  checks.known("props", props, [...KEY_PURPOSES, "deletionWindow", "provider"]);
  for (const purpose of KEY_PURPOSES) {
    const given: unknown = props[purpose];
    if (given === false || given === undefined) continue;
    checks.require(typeof given === "string", {
      prop: purpose,
      value: given,
      allowed: "the ARN of a key, or false for none of your own",
      remedy: "Leave it out for a key that is made.",
    });
    checkKeyArn(checks, purpose, given as string);
  }
}
