import { TerraformVariable } from "cdktf";
import { EncryptionKey, EncryptionKeys, MaintenancePage, Network, WebHosts } from "../../lib";
import { testRefusals } from "../support/bad-input";
import { ZONES, existingNetwork, frankfurt, synth, testDatabase, testStack } from "../support/synth";

const anything = (value: unknown) => value as never;
const ALIAS = "arn:aws:kms:eu-west-1:123456789012:alias/shop";

const key = (props: object) => () => new EncryptionKey(testStack(), "Key", anything(props));
const keys = (props: object) => () => new EncryptionKeys(testStack(), "Keys", anything(props));
const hosts = (props: object) => () => {
  const stack = testStack();
  new WebHosts(stack, "Hosts", { network: existingNetwork(stack), ...props });
};
const database = (props: object) => () => {
  const stack = testStack();
  testDatabase(stack, existingNetwork(stack), props);
};
const abroad = (props: object) => () => {
  const stack = testStack();
  testDatabase(stack, existingNetwork(stack), {
    slots: { c: { region: { ...frankfurt(stack), ...props } } },
  });
};

testRefusals({
  "a key for nothing": key({}),
  "a key for everything": key({ purpose: "everything" }),
  "a key for an empty list": key({ purpose: [] }),
  "a key for one thing that there is not": key({ purpose: ["logs", "buckets"] }),
  "a key that is gone the next day": key({ purpose: "logs", deletionWindow: 1 }),
  "a key that is gone after half a month and a half": key({ purpose: "logs", deletionWindow: 15.5 }),
  "a statement that is no list": key({ purpose: "logs", statements: { actions: ["kms:Decrypt"] } }),
  "keys by an alias": keys({ logs: ALIAS }),
  "keys by an alias's name": keys({ secrets: "alias/shop" }),
  "keys by an id": keys({ database: "1234abcd-12ab-34cd-56ef-1234567890ab" }),
  "keys by a flag": keys({ volumes: true }),
  "keys by nothing": keys({ volumes: "" }),
  "a role for a key": keys({ notifications: "arn:aws:iam::123456789012:role/shop" }),
  "keys that are gone after a year": keys({ deletionWindow: 365 }),

  "volumes with an alias": hosts({ volumeKmsKeyArn: ALIAS }),
  "flow logs with an alias": () =>
    new Network(testStack(), "Network", { availabilityZones: ZONES, flowLogs: { kmsKeyArn: "alias/logs" } }),
  "a maintenance page's logs with an alias": () =>
    new MaintenancePage(testStack(), "Page", { logKmsKeyArn: ALIAS }),
  "an engine's logs with an id": database({ logKmsKeyArn: "1234abcd" }),
  "a secret with an alias": database({ credentials: { kmsKeyArn: ALIAS } }),
  "an engine's logs in another region with a key of this one": abroad({
    logKmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
  }),
});

it("takes keys that are known only after deploy, unharmed", () => {
  const stack = testStack();
  const { stringValue } = new TerraformVariable(stack, "key", { type: "string" });
  const made = new EncryptionKeys(stack, "Keys", { database: stringValue, logs: stringValue });
  const network = existingNetwork(stack);
  testDatabase(stack, network, { kmsKeyArn: made.arns.database, logKmsKeyArn: made.arns.logs });
  const hosts = new WebHosts(stack, "Hosts", { network, volumeKmsKeyArn: stringValue });
  const json = synth(stack);
  expect(json.of(hosts.launchTemplate).block_device_mappings[0].ebs.kms_key_id).toBe("${var.key}");
  for (const group of Object.values(json.resources("aws_cloudwatch_log_group"))) {
    expect([undefined, "${var.key}"]).toContain(group.kms_key_id);
  }
});
