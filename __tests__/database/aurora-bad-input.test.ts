import { Lazy, Token } from "cdktf";
import { AuroraCluster, AuroraClusterProps, AuroraEngine, Network } from "../../lib";
import { testNetwork, testStack } from "../support/synth";
import { testRefusals } from "../support/bad-input";

// Each message says where, what, what is allowed, and what to do. They are held by a snapshot, to be read as a
// user would read them.

const MYSQL = AuroraEngine.mysql("8.0");
const SERVERLESS = "db.serverless";

const cluster = (props: object) => () => {
  const stack = testStack();
  return new AuroraCluster(stack, "Database", {
    network: testNetwork(stack),
    engine: AuroraEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  } as AuroraClusterProps);
};
const serverless = (serverlessCapacity: object) => cluster({ instanceClass: SERVERLESS, serverlessCapacity });
const restored = (restoreFrom: object) => cluster({ restoreFrom });

const BAD: Record<string, () => unknown> = {
  "no name of a database": cluster({ databaseName: undefined }),
  "a database name with a hyphen": cluster({ databaseName: "web-shop" }),
  "a database name that is too long": cluster({ databaseName: "s".repeat(64) }),
  "a database name that the engine keeps for itself": cluster({ databaseName: "template0" }),
  "a user that PostgreSQL keeps for itself": cluster({ credentials: { username: "admin" } }),
  "a user with a prefix that PostgreSQL keeps for itself": cluster({ credentials: { username: "pg_shop" } }),
  "a user that is too long for MySQL": cluster({
    engine: MYSQL,
    credentials: { username: "u".repeat(17) },
  }),
  "a password's number that is none": cluster({ credentials: { passwordVersion: 0 } }),
  "an identifier in upper case": cluster({ identifier: "Shop" }),
  "an identifier that ends with a hyphen": cluster({ identifier: "shop-" }),
  "an identifier that is too long": cluster({ identifier: "s".repeat(60) }),
  "an unknown version of PostgreSQL": cluster({ engine: AuroraEngine.postgres("11.9") }),
  "an unknown version of MySQL": cluster({ engine: AuroraEngine.mysql("5.7.mysql_aurora.2.12.0") }),
  "a version of RDS's MySQL": cluster({ engine: AuroraEngine.mysql("8.0.40") }),
  "a version that is none": cluster({ engine: AuroraEngine.postgres("latest") }),
  "a version that is known only after deploy, without a family": cluster({
    engine: AuroraEngine.postgres(Lazy.stringValue({ produce: () => "17" })),
  }),
  "a family of RDS's engine": cluster({
    engine: AuroraEngine.postgres("17", { parameterGroupFamily: "postgres17" }),
  }),
  "a class without its db": cluster({ instanceClass: "r8g.large" }),
  "a single instance": cluster({ instances: 1 }),
  "more instances than Aurora has": cluster({ instances: 17 }),
  "half an instance": cluster({ instances: 2.5 }),
  "a number of instances that is known only after deploy": cluster({
    instances: Token.asNumber("${var.instances}"),
  }),
  "a slot that is not there": cluster({ slots: { c: { instanceClass: "db.r8g.large" } } }),
  "a slot by number": cluster({ slots: { 1: {} } }),
  "a slot's class without its db": cluster({ slots: { b: { instanceClass: "r8g.large" } } }),
  "serverless without a capacity": cluster({ instanceClass: SERVERLESS }),
  "one serverless slot without a capacity": cluster({ slots: { b: { instanceClass: SERVERLESS } } }),
  "a capacity without a serverless instance": cluster({ serverlessCapacity: { min: 1, max: 4 } }),
  "a capacity without its end": serverless({ min: 1 }),
  "a capacity between the steps": serverless({ min: 0.7, max: 4 }),
  "a capacity that is negative": serverless({ min: -1, max: 4 }),
  "a largest capacity of half a unit": serverless({ min: 0.5, max: 0.5 }),
  "a capacity that is too large": serverless({ min: 1, max: 512 }),
  "a capacity the wrong way round": serverless({ min: 8, max: 4 }),
  "an unknown kind of storage": cluster({ storageType: "gp3" }),
  "time to wind back for PostgreSQL": cluster({ backtrackWindow: 3600 }),
  "too much time to wind back": cluster({ engine: MYSQL, backtrackWindow: 259_201 }),
  "TLS switched off in PostgreSQL": cluster({ parameters: { "rds.force_ssl": "0" } }),
  "TLS switched off in MySQL": cluster({ engine: MYSQL, parameters: { require_secure_transport: "OFF" } }),
  "a port below RDS's range": cluster({ port: 80 }),
  "no ARN of a key": cluster({ kmsKeyArn: "alias/shop" }),
  "Performance Insights on a class that lacks it": cluster({
    engine: MYSQL,
    slots: { b: { instanceClass: "db.t3.medium" } },
    performanceInsights: true,
  }),
  "a monitoring interval that RDS does not know": cluster({ monitoringInterval: 20 }),
  "a retention of logs that CloudWatch does not know": cluster({ logRetentionDays: 100 }),
  "no backups": cluster({ backupRetention: 0 }),
  "backups for longer than Aurora keeps them": cluster({ backupRetention: 36 }),
  "a backup window without its end": cluster({ backupWindow: "03:00" }),
  "windows that overlap": cluster({
    backupWindow: "23:30-00:30",
    maintenanceWindow: "sun:00:00-sun:01:00",
  }),
  "a restore from nothing": restored({}),
  "a restore from two sources": restored({ snapshot: "shop-1", cluster: "shop" }),
  "a restore from a cluster by name and by id": restored({
    cluster: "shop",
    clusterResourceId: "cluster-ABC123",
  }),
  "a snapshot with a space": restored({ snapshot: "before the sale" }),
  "a cluster in upper case": restored({ cluster: "Shop" }),
  "a resource id that is a name": restored({ clusterResourceId: "shop" }),
  "a time in another zone": restored({ cluster: "shop", time: "2026-01-31T18:00:00+01:00" }),
  "a date without its time": restored({ cluster: "shop", time: "2026-01-31" }),
  "a time of a snapshot": restored({ snapshot: "shop-1", time: "2026-01-31T18:00:00Z" }),
  "a snapshot that shares storage": restored({ snapshot: "shop-1", copyOnWrite: true }),
  "storage shared with the past": restored({
    cluster: "shop",
    time: "2026-01-31T18:00:00Z",
    copyOnWrite: true,
  }),
  "a cluster in one zone": () => {
    const stack = testStack();
    const network = Network.fromAttributes(stack, "Existing", {
      vpcId: "vpc-0a",
      cidrBlock: "10.0.0.0/16",
      dataSubnetIds: { "eu-west-1a": "subnet-0a" },
    });
    return new AuroraCluster(stack, "Database", { network, engine: MYSQL, databaseName: "shop" });
  },
};

describe("bad input of AuroraCluster", () => {
  testRefusals(BAD);

  it.each([
    { instances: 16, slots: { p: { instanceClass: "db.r8g.large" } } },
    { instanceClass: SERVERLESS, serverlessCapacity: { min: 0, max: 256 } },
    { slots: { b: { instanceClass: SERVERLESS } }, serverlessCapacity: { min: 0.5, max: 1 } },
    { engine: MYSQL, backtrackWindow: 0 },
    { engine: AuroraEngine.mysql("8.4.mysql_aurora.8.4.7") },
    { backupRetention: 1, identifier: "s".repeat(59) },
    { restoreFrom: { snapshot: "rds:shop-2026-01-31-18-00" } },
    { restoreFrom: { snapshot: "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:shop" } },
    { restoreFrom: { cluster: "arn:aws:rds:eu-west-1:123456789012:cluster:shop" } },
  ])("is not what is at the edge of what is allowed (%#)", (props) => {
    expect(cluster(props)).not.toThrow();
  });
});
