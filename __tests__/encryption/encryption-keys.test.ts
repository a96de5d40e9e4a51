import { EncryptionKeys, EncryptionKeysProps } from "../../lib";
import { synth, testStack } from "../support/synth";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

function encryptionKeys(props?: EncryptionKeysProps) {
  const stack = testStack();
  const made = new EncryptionKeys(stack, "Keys", props);
  return { made, tf: () => synth(stack) };
}

describe("EncryptionKeys", () => {
  it("are one for each purpose, at addresses of the purposes", () => {
    const { made, tf } = encryptionKeys();
    const purposes = ["database", "logs", "notifications", "secrets", "volumes"];
    expect(Object.keys(made.keys).sort()).toEqual(purposes);
    expect(Object.keys(tf().resources("aws_kms_key")).sort()).toEqual(
      purposes.map((purpose) => expect.stringMatching(`^Keys_${purpose}_Key_`)),
    );
    for (const purpose of purposes as (keyof typeof made.keys)[]) {
      expect(made.keys[purpose]!.arn).toBeDefined();
      expect(made.arns[purpose]).toBeDefined();
    }
  });

  it("are those that are given, and none where AWS's own are to be used", () => {
    const { made, tf } = encryptionKeys({
      database: KEY,
      secrets: false,
      notifications: false,
      volumes: false,
      deletionWindow: 7,
    });
    expect(made.arns).toEqual({ database: KEY, logs: expect.any(String) });
    expect(Object.keys(made.keys)).toEqual(["logs"]);
    expect(tf().only("aws_kms_key").deletion_window_in_days).toBe(7);
  });
});
