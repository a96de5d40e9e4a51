import { DatabaseEngine, DatabasePairProps, OtherRegion, Peer, addReplica, initialRoles } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, frankfurt, testDatabase, testStack } from "../support/synth";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FRANKFURT_KEY = KEY.replace("eu-west-1", "eu-central-1");
const ROTATE = "arn:aws:lambda:eu-west-1:123456789012:function:rotate";

interface Props extends Partial<DatabasePairProps> {
  /** A slot in another region, and a replica in it. */
  readonly abroad?: Partial<OtherRegion>;
  readonly zones?: readonly string[];
  readonly peers?: readonly Peer[];
}

testChanges<Props>({
  of: "DatabasePair",
  stack: ({ zones = ZONES, peers = [], abroad, ...props }) => {
    const stack = testStack();
    const distant = abroad && {
      roles: addReplica(initialRoles(), { slot: "c" }),
      slots: { c: { region: { ...frankfurt(stack), ...abroad } } },
    };
    const database = testDatabase(stack, existingNetwork(stack, zones), { ...distant, ...props });
    for (const peer of peers) database.connections.allowDefaultPortFrom(peer);
    return stack;
  },
  nothing: {
    "it is encrypted with another key": [{ kmsKeyArn: KEY }, { kmsKeyArn: KEY.replace("1234", "5678") }],
    "it gets a key later": { kmsKeyArn: KEY },
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
    "the key of another region is another one (the secret's copy has it)": [
      { abroad: {} },
      { abroad: { kmsKeyArn: FRANKFURT_KEY } },
    ],
    "its logs are encrypted": { logKmsKeyArn: KEY },
    "its logs in another region are encrypted": [{ abroad: {} }, { abroad: { logKmsKeyArn: FRANKFURT_KEY } }],
    "its password is rotated": { credentials: { rotation: { functionArn: ROTATE } } },
    "its password is rotated more often": [
      { credentials: { rotation: { functionArn: ROTATE } } },
      { credentials: { rotation: { functionArn: ROTATE, schedule: "cron(0 4 ? * SUN *)", window: "2h" } } },
    ],
  },
  destroying: {
    "its password changes (the secret's version, not the secret)": { credentials: { passwordVersion: 2 } },
    "the major version is another": { engine: DatabaseEngine.postgres("18"), allowMajorVersionUpgrade: true },
    "the database has another name": { databaseName: "store" },
    "the engine is another": { engine: DatabaseEngine.mysql("8.4") },
    "the user has another name": { credentials: { username: "admin_user" } },
    "its password is rotated by another function": [
      { credentials: { rotation: { functionArn: ROTATE } } },
      { credentials: { rotation: { functionArn: `${ROTATE}-2` } } },
    ],
    "its password is rotated no longer": [{ credentials: { rotation: { functionArn: ROTATE } } }, {}],
  },
  refusedByGuard: [
    "its port changes",
    "the instances are larger",
    "the database has another name",
    "the engine is another",
    "the user has another name",
  ],
});
