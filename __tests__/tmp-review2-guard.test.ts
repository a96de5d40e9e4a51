import { checkPlan } from "../lib/plan-guard";
import { CLUSTER, PRIMARY, REPLICA, change, member, planOf } from "./plan-guard/plan-json";
const A = (r: string, n: string, kind = "db") => `arn:aws:rds:${r}:123456789012:${kind}:${n}`;
const P = (x: object = {}) => ({ ...PRIMARY, ...x });
const R = (x: object = {}) => ({ ...REPLICA, ...x });
const show = (name: string, p: any) => {
  let v: any;
  try { v = checkPlan(p); } catch (e: any) { console.log(name, "THROWS", e.stack); return; }
  out.push(`${v.isRefused ? "REFUSED" : "pass   "} ${name}: ${v.findings.map((f: any) => f.severity[0] + ":" + f.rule).join(", ")}`);
};
const out: string[] = [];
const withAct = (c: any, actions: string[]) => ({ ...c, change: { ...c.change, actions } });
it("x", () => {
  const comp = { engine: true, snapshot_identifier: true, arn: true, id: true, replicas: true, engine_version_actual: true, backup_retention_period: true, kms_key_id: true } as any;
  // fresh creation of everything
  show("fresh pair", planOf(
    change("aws_db_instance.main", null, { identifier: "main", engine: "postgres", instance_class: "x" }, { unknown: { arn: true } }),
    change("aws_db_instance.copy", null, { identifier: "copy", instance_class: "x" }, { unknown: { engine: true, replicate_source_db: true } })));
  show("fresh instance of a snapshot resource made in the same plan (engine omitted)", planOf(
    change("aws_db_instance.main", P(), P()),
    change("aws_db_snapshot.s", null, { db_instance_identifier: "main", db_snapshot_identifier: "s" }, { unknown: { id: true } }),
    change("aws_db_instance.clone", null, { identifier: "clone", instance_class: "x" }, { unknown: comp })));
  show("fresh instance with engine unknown until apply", planOf(
    change("aws_db_instance.n", null, { identifier: "n", instance_class: "x", username: "u" }, { unknown: comp })));
  show("identical instance with identifier_prefix unknown", planOf(
    change("aws_db_instance.n", null, { engine: "postgres", instance_class: "x" }, { unknown: { identifier: true } })));
  show("import + tags", planOf({ ...change("aws_db_instance.i", P({ skip_final_snapshot: null, final_snapshot_identifier: null }), P({ tags: { a: 1 }, skip_final_snapshot: true })) } as any));
  show("tags", planOf(change("aws_db_instance.main", P({ tags: {} }), P({ tags: { a: "b" } })), change("aws_db_instance.copy", R({ tags: {} }), R({ tags: { a: "b" } }))));
  show("cross-region equal identifier, tags", planOf(
    change("aws_db_instance.main", P({ arn: A("eu-west-1", "main") }), P({ arn: A("eu-west-1", "main"), tags: {} })),
    change("aws_db_instance.dr", R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: A("eu-west-1", "main") }), R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: A("eu-west-1", "main"), tags: {} }))));
  show("cross-region equal identifier, destroy all", planOf(
    change("aws_db_instance.main", P({ arn: A("eu-west-1", "main"), replicas: [A("eu-central-1", "main")] }), null),
    change("aws_db_instance.dr", R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: A("eu-west-1", "main") }), null)));
  show("cross-region equal identifier, promote dr", planOf(
    change("aws_db_instance.main", P({ arn: A("eu-west-1", "main") }), P({ arn: A("eu-west-1", "main") })),
    change("aws_db_instance.dr", R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: A("eu-west-1", "main") }), R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: null }))));
  show("cross-region equal identifier, create dr", planOf(
    change("aws_db_instance.main", P({ arn: A("eu-west-1", "main") }), P({ arn: A("eu-west-1", "main") })),
    change("aws_db_instance.dr", null, R({ identifier: "main", replicate_source_db: A("eu-west-1", "main") }), { unknown: { arn: true, engine: true } })));
  show("cross-region equal identifier, delete dr only", planOf(
    change("aws_db_instance.main", P({ arn: A("eu-west-1", "main") }), P({ arn: A("eu-west-1", "main") })),
    change("aws_db_instance.dr", R({ identifier: "main", arn: A("eu-central-1", "main"), replicate_source_db: A("eu-west-1", "main") }), null)));
  show("DR stack: replica of foreign main; unrelated new 'main' made here", planOf(
    change("aws_db_instance.dr", R({ identifier: "dr", arn: A("eu-central-1", "dr"), replicate_source_db: A("eu-west-1", "main") }), R({ identifier: "dr", arn: A("eu-central-1", "dr"), replicate_source_db: A("eu-west-1", "main") })),
    change("aws_db_instance.new", null, { identifier: "main", engine: "postgres" }, { unknown: { arn: true } })));
  show("replica-only stack: resize", planOf(change("aws_db_instance.copy", R(), R({ instance_class: "db.r8g.xlarge" }))));
  show("replica-only stack: delete", planOf(change("aws_db_instance.copy", R(), null)));
  show("replica-only stack: promote", planOf(change("aws_db_instance.copy", R(), R({ replicate_source_db: null, skip_final_snapshot: false, final_snapshot_identifier: "x" }))));
  show("replica-only: replace CBD", planOf(withAct(change("aws_db_instance.copy", R(), R({ kms_key_id: "y" })), ["create", "delete"])));
  show("primary CBD replacement w/ snapshot_identifier", planOf(withAct(change("aws_db_instance.main", P(), P({ snapshot_identifier: "s" })), ["create", "delete"])));
  show("deposed leftover of CBD replica", planOf(change("aws_db_instance.main", P(), P()), { ...change("aws_db_instance.copy", R(), null), deposed: "abcd" } as any));
  show("one Aurora cluster with one instance CBD replaced", planOf(change("aws_rds_cluster.aurora", CLUSTER, CLUSTER), withAct(change("aws_rds_cluster_instance.one", member("one"), { ...member("one"), identifier: "one-2" }), ["create", "delete"])));
  show("aurora: all CBD replaced", planOf(change("aws_rds_cluster.aurora", CLUSTER, CLUSTER), ...["one", "two"].map((n) => withAct(change(`aws_rds_cluster_instance.${n}`, member(n), { ...member(n), identifier: n + "-2" }), ["create", "delete"]))));
  show("aurora: instance reader added, one removed (count to for_each)", planOf(change("aws_rds_cluster.aurora", CLUSTER, CLUSTER), change("aws_rds_cluster_instance.x", null, member("new")), change("aws_rds_cluster_instance.one", member("one"), null), change("aws_rds_cluster_instance.two", member("two"), member("two"))));
  show("aurora: engine_version upgrade minor cluster + instances", planOf(change("aws_rds_cluster.aurora", CLUSTER, { ...CLUSTER, engine_version: "17.5" }), ...["one", "two"].map((n) => change(`aws_rds_cluster_instance.${n}`, { ...member(n), engine_version: "17.4" }, { ...member(n), engine_version: "17.5" }))));
  show("aurora: engine_version upgrade minor cluster + instances unknown", planOf(change("aws_rds_cluster.aurora", CLUSTER, { ...CLUSTER, engine_version: "17.5" }), ...["one", "two"].map((n) => change(`aws_rds_cluster_instance.${n}`, { ...member(n), engine_version: "17.4" }, { ...member(n), engine_version: "17.4" }, { unknown: { engine_version: true } }))));
  show("aurora global secondary: tags, source kept", planOf(change("aws_rds_cluster.sec", { ...CLUSTER, cluster_identifier: "sec", replication_source_identifier: A("us-east-1", "pri", "cluster"), global_cluster_identifier: "g" }, { ...CLUSTER, cluster_identifier: "sec", replication_source_identifier: A("us-east-1", "pri", "cluster"), global_cluster_identifier: "g", tags: {} })));
  show("aurora global secondary deleted, skip_final", planOf(change("aws_rds_cluster.sec", { ...CLUSTER, cluster_identifier: "sec", skip_final_snapshot: true, replication_source_identifier: A("us-east-1", "pri", "cluster"), global_cluster_identifier: "g" }, null)));
  show("aurora global secondary deleted, no repl source in state, skip_final", planOf(change("aws_rds_cluster.sec", { ...CLUSTER, cluster_identifier: "sec", skip_final_snapshot: true, global_cluster_identifier: "g" }, null)));
  show("aurora serverless v2 capacity", planOf(change("aws_rds_cluster.s", { ...CLUSTER, serverlessv2_scaling_configuration: [{ max_capacity: 1 }] }, { ...CLUSTER, serverlessv2_scaling_configuration: [{ max_capacity: 4 }] }), change("aws_rds_cluster_instance.one", member("one"), member("one"))));
  show("aurora: provisioned -> serverless all instances", planOf(change("aws_rds_cluster.s", CLUSTER, CLUSTER), ...["one"].map((n) => change(`aws_rds_cluster_instance.${n}`, member(n), { ...member(n), instance_class: "db.serverless" }))));
  show("destroy all pair", planOf(change("aws_db_instance.main", P({ replicas: ["copy"] }), null), change("aws_db_instance.copy", R(), null), change("aws_kms_key.k", { arn: PRIMARY.kms_key_id, is_enabled: true }, null)));
  show("destroy all pair, no kms", planOf(change("aws_db_instance.main", P({ replicas: ["copy"] }), null), change("aws_db_instance.copy", R(), null)));
  show("destroy aurora", planOf(change("aws_rds_cluster.a", CLUSTER, null), change("aws_rds_cluster_instance.one", member("one"), null)));
  show("two unrelated: X deleted, Y created, none stays", planOf(change("aws_db_instance.x", P(), null), change("aws_db_instance.y", null, P({ identifier: "y" }))));
  show("two unrelated: X deleted, Y created, Z stays", planOf(change("aws_db_instance.x", P(), null), change("aws_db_instance.y", null, P({ identifier: "y" })), change("aws_db_instance.z", P({ identifier: "z" }), P({ identifier: "z" }))));
  show("pair gone + new pair empty, unrelated stays (file lost, unprotected)", planOf(
    change("aws_db_instance.D_a2", P({ identifier: "shop-a2" }), null), change("aws_db_instance.D_b2", R({ identifier: "shop-b2", replicate_source_db: "shop-a2" }), null),
    change("aws_db_instance.D_a1", null, P({ identifier: "shop-a1" })), change("aws_db_instance.D_b1", null, R({ identifier: "shop-b1", replicate_source_db: "shop-a1" })),
    change("aws_db_instance.other", P({ identifier: "other" }), P({ identifier: "other" }))));
  show("pair gone + new pair, retired stays", planOf(
    change("aws_db_instance.D_b2", P({ identifier: "shop-b2" }), null),
    change("aws_db_instance.D_a1", null, P({ identifier: "shop-a1" })),
    change("aws_db_instance.D_c1", P({ identifier: "shop-c1" }), P({ identifier: "shop-c1", deletion_protection: false }))));
  show("renamed address no moved (x delete & y create same identifier)", planOf(change("aws_db_instance.x", P(), null), change("module.m.aws_db_instance.x", null, P()), change("aws_db_instance.z", P({ identifier: "z" }), P({ identifier: "z" }))));
  show("primary resized, replica replaced", planOf(change("aws_db_instance.main", P(), P({ instance_class: "y" })), change("aws_db_instance.copy", R(), R({ kms_key_id: "k" }), { replace: true })));
  show("replica replaced and promoted to create from scratch", planOf(change("aws_db_instance.main", P(), P()), change("aws_db_instance.copy", R(), R({ replicate_source_db: null }), { replace: true })));
  show("all replicas replaced", planOf(change("aws_db_instance.main", P(), P()), change("aws_db_instance.copy", R(), R({ storage_encrypted: true }), { replace: true }), change("aws_db_instance.copy2", R({ identifier: "copy2" }), R({ identifier: "copy2", storage_encrypted: true }), { replace: true })));
  show("primary forgotten, new empty", planOf(withAct(change("aws_db_instance.x", P(), null), ["forget"]), change("aws_db_instance.y", null, P({ identifier: "y" }))));
  show("promote + unrelated secret rotated", planOf(change("aws_db_instance.main", P(), P()), change("aws_db_instance.copy", R(), R({ replicate_source_db: null })), change("aws_secretsmanager_secret_version.smtp", { id: 1 }, { id: 2 }, { replace: true })));
  show("promote + minor things", planOf(change("aws_db_instance.main", P(), P({ deletion_protection: true })), change("aws_db_instance.copy", R(), R({ replicate_source_db: null, apply_immediately: true, multi_az: true }))));
  show("snapshots unchanged ; PG major with both versions", planOf(change("aws_db_instance.main", P(), P({ engine_version: "18.1" })), change("aws_db_instance.copy", R(), R({ engine_version: "18.1" }))));
  show("minor upgrade: both in one plan", planOf(change("aws_db_instance.main", P(), P({ engine_version: "17.6" })), change("aws_db_instance.copy", R(), R({ engine_version: "17.6" }))));
  show("oracle version", planOf(change("aws_db_instance.main", P({ engine: "oracle-ee", engine_version: "19.0.0.0.ru-2024-01.rur-2024-01.r1", engine_version_actual: "19.0.0.0.ru-2024-01.rur-2024-01.r1" }), P({ engine: "oracle-ee", engine_version: "19.0.0.0.ru-2024-10.rur-2024-10.r1", engine_version_actual: "19.0.0.0.ru-2024-01.rur-2024-01.r1" }))));
  show("sqlserver version", planOf(change("aws_db_instance.main", P({ engine: "sqlserver-se", engine_version: "15.00.4335.1.v1", engine_version_actual: "15.00.4335.1.v1" }), P({ engine: "sqlserver-se", engine_version: "15.00.4345.5.v1", engine_version_actual: "x" }))));
  show("aurora mysql 5.7 -> 8.0", planOf(change("aws_rds_cluster.aurora", { ...CLUSTER, engine_version: "5.7.mysql_aurora.2.12.3" }, { ...CLUSTER, engine_version: "8.0.mysql_aurora.3.08.0" })));
  show("aurora version alias 8.0.mysql_aurora.3.08 -> .2", planOf(change("aws_rds_cluster.aurora", { ...CLUSTER, engine_version: "8.0.mysql_aurora.3.08.0", engine_version_actual: "8.0.mysql_aurora.3.08.0" }, { ...CLUSTER, engine_version: "8.0.mysql_aurora.3.08", engine_version_actual: "8.0.mysql_aurora.3.08.0" })));
  show("key replaced with alias", planOf(change("aws_db_instance.main", P(), P()), change("aws_kms_key.k", { arn: PRIMARY.kms_key_id }, { arn: "n" }, { replace: true })));
  show("resource_changes null", { format_version: "1.2", resource_changes: undefined } as any);
  show("replica deleted, primary interrupted", planOf(change("aws_db_instance.main", P(), P({ instance_class: "y" })), change("aws_db_instance.copy", R(), null)));
  show("primary port change both", planOf(change("aws_db_instance.main", P({ port: 1 }), P({ port: 2 })), change("aws_db_instance.copy", R({ port: 1 }), R({ port: 2 }))));
  show("new cluster replacing drift with unknown snapshot", { ...planOf(change("aws_rds_cluster.a", null, { cluster_identifier: "a" }, { unknown: { snapshot_identifier: true } })), resource_drift: [change("aws_rds_cluster.a", CLUSTER, null)] } as any);
  show("vanished replica recreated", { ...planOf(change("aws_db_instance.main", P(), P()), change("aws_db_instance.copy", null, R({ replicate_source_db: "main" }))), resource_drift: [change("aws_db_instance.copy", R(), null)] } as any);
  show("vanished retired node recreated", { ...planOf(change("aws_db_instance.a1", null, P({ identifier: "a1" }))), resource_drift: [change("aws_db_instance.a1", P({ identifier: "a1" }), null)] } as any);
  show("replica vanished, became standalone in code", { ...planOf(change("aws_db_instance.main", P(), P()), change("aws_db_instance.copy", null, P({ identifier: "copy" }))), resource_drift: [change("aws_db_instance.copy", R(), null)] } as any);
  show("tainted primary (replace without change)", planOf({ ...change("aws_db_instance.main", P(), P(), { replace: true }), action_reason: "replace_because_tainted" } as any));
  show("tainted fresh primary whose create failed", planOf({ ...change("aws_db_instance.main", P({ status: "failed", skip_final_snapshot: false }), P(), { replace: true }), action_reason: "replace_because_tainted" } as any));
  show("delete_automated_backups true + delete", planOf(change("aws_db_instance.main", P({ delete_automated_backups: true }), null), change("aws_db_instance.z", P({ identifier: "z" }), P({ identifier: "z" }))));
  require("fs").writeFileSync("/tmp/review2.out", out.join("\n") + "\n");
});
