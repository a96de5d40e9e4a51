import { AuroraCluster, AuroraClusterProps, AuroraEngine, Peer } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, testStack } from "../support/synth";

interface Props extends Partial<AuroraClusterProps> {
  readonly zones?: readonly string[];
  readonly peers?: readonly Peer[];
}

const SERVERLESS = { instanceClass: "db.serverless", serverlessCapacity: { min: 0.5, max: 4 } };
const ROTATE = "arn:aws:lambda:eu-west-1:123456789012:function:rotate";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

testChanges<Props>({
  of: "AuroraCluster",
  stack: ({ zones = ZONES, peers = [], ...props }) => {
    const stack = testStack();
    const database = new AuroraCluster(stack, "Database", {
      network: existingNetwork(stack, zones),
      engine: AuroraEngine.postgres("17"),
      databaseName: "shop",
      ...props,
    });
    for (const peer of peers) database.connections.allowDefaultPortFrom(peer);
    return stack;
  },
  nothing: {
    "it is encrypted with another key": [{ kmsKeyArn: KEY }, { kmsKeyArn: KEY.replace("1234", "5678") }],
    "it gets a key later": { kmsKeyArn: KEY },
    "a snapshot is named later": { restoreFrom: { snapshot: "shop-before-sale" } },
    "a point in time is named later": { restoreFrom: { cluster: "other", time: "2026-01-31T18:00:00Z" } },
    "the snapshot it came from is another": [
      { restoreFrom: { snapshot: "shop-1" } },
      { restoreFrom: { snapshot: "shop-2" } },
    ],
    "the cluster it came from is named no longer": [{ restoreFrom: { cluster: "other" } }, {}],
    "the user and the database of its source are said otherwise": [
      { restoreFrom: { snapshot: "shop-1" } },
      { restoreFrom: { snapshot: "shop-1" }, credentials: { username: "owner" }, databaseName: "store" },
    ],
  },
  inPlace: {
    "a reader is added": { instances: 3 },
    "one instance is larger": { slots: { b: { instanceClass: "db.r8g.large" } } },
    "all instances are larger": { instanceClass: "db.r8g.large" },
    "its instances become serverless": SERVERLESS,
    "its capacity grows": [SERVERLESS, { ...SERVERLESS, serverlessCapacity: { min: 1, max: 8 } }],
    "storage is paid for by size only": { storageType: "aurora-iopt1" },
    "a zone is added": { zones: [...ZONES, "eu-west-1c"] },
    "it is upgraded within its version": [
      { engine: AuroraEngine.postgres("17.4") },
      { engine: AuroraEngine.postgres("17.5") },
    ],
    "backups are kept for longer": { backupRetention: 30 },
    "a parameter changes": { parameters: { log_min_duration_statement: "500" } },
    "it may be deleted": { deletionProtection: false },
    "a client is added": { peers: [Peer.securityGroup("sg-0b", "backend")] },
    "its port changes": { port: 6432 },
    "its logs are encrypted": { logKmsKeyArn: KEY },
    "its password is rotated": { credentials: { rotation: { functionArn: ROTATE } } },
  },
  destroying: {
    "a reader goes": [{ instances: 3 }, {}],
    "its password changes (the secret's version, not the secret)": { credentials: { passwordVersion: 2 } },
    "the major version is another": { engine: AuroraEngine.postgres("18"), allowMajorVersionUpgrade: true },
    "the database has another name": { databaseName: "store" },
    "it has another identifier": { identifier: "store" },
    "the user has another name": { credentials: { username: "admin_user" } },
  },
  refusedByGuard: [
    "all instances are larger",
    "its instances become serverless",
    "it has another identifier",
    "the database has another name",
    "the user has another name",
  ],
});
