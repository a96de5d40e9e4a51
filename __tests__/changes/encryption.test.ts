import {
  AuroraCluster,
  AuroraEngine,
  EncryptionKeys,
  EncryptionKeysProps,
  MaintenancePage,
  Network,
  WebHosts,
} from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, testDatabase, testStack } from "../support/synth";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

interface Props {
  /** Keys of all that can be encrypted; none unless given. */
  readonly keys?: EncryptionKeysProps;
}

// What is there already gets keys: nothing that holds data may be replaced for it.
testChanges<Props>({
  of: "EncryptionKeys",
  stack: ({ keys }) => {
    const stack = testStack();
    const { arns = {} } = keys ? new EncryptionKeys(stack, "Keys", keys) : {};
    const network = new Network(stack, "Network", {
      availabilityZones: ZONES,
      flowLogs: { kmsKeyArn: arns.logs },
    });
    const database = {
      kmsKeyArn: arns.database,
      credentials: { kmsKeyArn: arns.secrets },
      logKmsKeyArn: arns.logs,
    };
    testDatabase(stack, network, database);
    const engine = AuroraEngine.postgres("17");
    new AuroraCluster(stack, "Aurora", { network, engine, databaseName: "shop", ...database });
    new WebHosts(stack, "Hosts", {
      network,
      logs: { kmsKeyArn: arns.logs },
      volumeKmsKeyArn: arns.volumes,
    });
    new MaintenancePage(stack, "Page", { logKmsKeyArn: arns.logs });
    return stack;
  },
  nothing: {
    "AWS's own keys stay": {
      keys: { database: false, secrets: false, logs: false, notifications: false, volumes: false },
    },
    "the database's key is another one": [
      { keys: { database: KEY } },
      { keys: { database: KEY.replace("1234", "5678") } },
    ],
  },
  inPlace: {
    "everything gets a key": { keys: {} },
    "a key that exists takes the place of AWS's": {
      keys: { database: KEY, secrets: KEY, logs: KEY, notifications: KEY, volumes: KEY },
    },
    "keys are kept for less long": [{ keys: {} }, { keys: { deletionWindow: 7 } }],
  },
  destroying: {
    "logs go back to AWS's own key": [{ keys: {} }, { keys: { logs: false } }],
    "the secrets' key is taken away": [{ keys: {} }, { keys: { secrets: false } }],
    "the database's key is taken away": [{ keys: {} }, { keys: { database: KEY } }],
  },
  refusedByGuard: [
    "logs go back to AWS's own key",
    "the secrets' key is taken away",
    "the database's key is taken away",
  ],
});
