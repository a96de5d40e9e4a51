import { DatabaseEngine, DatabasePairProps, Peer } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, testDatabase, testStack } from "../support/synth";

interface Props extends Partial<DatabasePairProps> {
  readonly zones?: readonly string[];
  readonly peers?: readonly Peer[];
}

testChanges<Props>({
  of: "DatabasePair",
  stack: ({ zones = ZONES, peers = [], ...props }) => {
    const stack = testStack();
    const database = testDatabase(stack, existingNetwork(stack, zones), props);
    for (const peer of peers) database.connections.allowDefaultPortFrom(peer);
    return stack;
  },
  inPlace: {
    "a zone is added": { zones: [...ZONES, "eu-west-1c"] },
    "the instances are larger": { instanceClass: "db.r8g.large" },
    "the standbys go": { multiAz: false },
    "it is upgraded within its version": [
      { engine: DatabaseEngine.postgres("17.4") },
      { engine: DatabaseEngine.postgres("17.6") },
    ],
    "backups are kept for longer": { backupRetention: 30 },
    "a parameter changes": { parameters: { log_min_duration_statement: "500" } },
    "it may be deleted": { deletionProtection: false },
    "a client is added": { peers: [Peer.securityGroup("sg-0b", "backend")] },
    "its port changes": { port: 6432 },
    "the replica is larger": { slots: { b: { instanceClass: "db.r8g.large" } } },
    "the primary is larger too": [
      { slots: { b: { instanceClass: "db.r8g.large" } } },
      { instanceClass: "db.r8g.large" },
    ],
    "the replica is upgraded first": [
      { engine: DatabaseEngine.postgres("17.4") },
      { engine: DatabaseEngine.postgres("17.4"), slots: { b: { engineVersion: "17.6" } } },
    ],
    "reads are taken from an unhealthy replica": { readerHealth: true },
  },
  destroying: {
    "its password changes (the secret's version, not the secret)": { credentials: { passwordVersion: 2 } },
    "the major version is another": { engine: DatabaseEngine.postgres("18"), allowMajorVersionUpgrade: true },
    "the database has another name": { databaseName: "store" },
    "the engine is another": { engine: DatabaseEngine.mysql("8.4") },
    "it is encrypted with another key": {
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    "the user has another name": { credentials: { username: "admin_user" } },
  },
  refusedByGuard: [
    "its port changes",
    "the instances are larger",
    "it is encrypted with another key",
    "the database has another name",
    "the engine is another",
    "the user has another name",
  ],
});
