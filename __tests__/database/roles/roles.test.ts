import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DatabaseRoles,
  InvalidRolesError,
  addReplica,
  checkRoles,
  failOver,
  formatRoles,
  initialRoles,
  nodeChanges,
  parseRoles,
  readRoles,
  rebuildReplica,
  restoreFrom,
  retire,
  stageOf,
  switchBack,
} from "../../../lib/database/roles";

const NORMAL = initialRoles();
const FAILED_OVER = failOver(NORMAL);
const REBUILT = rebuildReplica(FAILED_OVER);
const SWITCHED_BACK = switchBack(REBUILT);

describe("steps of roles", () => {
  it("lead from normal through a failover and back", () => {
    const circle = [NORMAL, FAILED_OVER, REBUILT, SWITCHED_BACK, rebuildReplica(SWITCHED_BACK)];
    expect(circle.map(stageOf)).toEqual(["normal", "failed over", "rebuilt", "switched back", "normal"]);
    expect(`\n${circle.map(formatRoles).join("\n")}`).toMatchInlineSnapshot(`
     "
     {
       "primary": {
         "node": "a1"
       },
       "replicas": [
         {
           "node": "b1",
           "replicates": "a1"
         }
       ],
       "replicaCount": 1
     }

     {
       "primary": {
         "node": "b1",
         "promotedFrom": "a1"
       },
       "replicaCount": 1,
       "retired": [
         {
           "node": "a1"
         }
       ]
     }

     {
       "primary": {
         "node": "b1",
         "promotedFrom": "a1"
       },
       "replicas": [
         {
           "node": "a2",
           "replicates": "b1"
         }
       ],
       "replicaCount": 1,
       "deleted": ["a1"]
     }

     {
       "primary": {
         "node": "a2",
         "promotedFrom": "b1"
       },
       "replicaCount": 1,
       "retired": [
         {
           "node": "b1",
           "promotedFrom": "a1"
         }
       ],
       "deleted": ["a1"]
     }

     {
       "primary": {
         "node": "a2",
         "promotedFrom": "b1"
       },
       "replicas": [
         {
           "node": "b2",
           "replicates": "a2"
         }
       ],
       "replicaCount": 1,
       "deleted": ["a1", "b1"]
     }
     "
    `);
  });

  it("change nothing about the roles they are given", () => {
    const before = JSON.stringify(NORMAL);
    failOver(NORMAL);
    addReplica(NORMAL);
    retire(NORMAL, "b1");
    restoreFrom(NORMAL, { snapshot: "s" });
    expect(JSON.stringify(NORMAL)).toBe(before);
  });

  it("keep a lost primary's name from being used again, and nothing else of it", () => {
    const lost = failOver(initialRoles({ replicas: 2 }), { to: "c1", lost: true });
    expect(lost).toMatchObject({ deleted: ["a1"], retired: [{ node: "b1", replicates: "a1" }] });
    expect(rebuildReplica(lost).replicas.map(({ node }) => node)).toEqual(["a2", "b2"]);
  });

  it("build replicas where the old ones stood, in the other zone first", () => {
    const two = initialRoles({ replicas: 2 });
    const rebuilt = rebuildReplica(failOver(two, { to: "b1" }));
    expect(rebuilt.replicas.map(({ node }) => node)).toEqual(["a2", "c2"]);
    expect(addReplica(NORMAL).replicas.map(({ node }) => node)).toEqual(["b1", "c1"]);
    // c and a are in one zone of two, so the only replica stands in b.
    const moved = failOver(restoreFrom(NORMAL, { snapshot: "s" }), { to: "c1" });
    expect(rebuildReplica(moved).replicas.map(({ node }) => node)).toEqual(["b2"]);
    expect(rebuildReplica(moved, { slots: ["e"] }).replicas.map(({ node }) => node)).toEqual(["e1"]);
  });

  it("make up for replicas that are missing, and make none in place of one that left for good", () => {
    const retired = retire(NORMAL, "b1");
    expect(stageOf(retired)).toBe("degraded");
    expect(rebuildReplica(retired).replicas.map(({ node }) => node)).toEqual(["b2"]);
    const gone = retire(NORMAL, "b1", { forGood: true });
    expect(rebuildReplica(gone)).toMatchObject({ replicas: [], replicaCount: 0, deleted: ["b1"] });
  });

  it("tell what happens to each node", () => {
    const told = (before: DatabaseRoles, after: DatabaseRoles) =>
      nodeChanges(before, after).map(({ node, kind }) => `${kind} ${node}`);
    expect(told(NORMAL, FAILED_OVER)).toEqual(["promote b1", "retire a1"]);
    expect(told(FAILED_OVER, REBUILT)).toEqual(["create a2", "delete a1"]);
    expect(told(NORMAL, NORMAL)).toEqual([]);
    expect(told(retire(NORMAL, "b1"), NORMAL)).toEqual(["reinstate b1"]);
  });

  it("stop when a slot has used up its generations", () => {
    const primary = { node: "a99", promotedFrom: "c9" };
    const last = { ...NORMAL, primary, replicas: [{ node: "b1", replicates: "a99" }] };
    const failed = failOver(last);
    expect(rebuildReplica(failed).replicas.map(({ node }) => node)).toEqual(["c1"]);
    expect(() => rebuildReplica(failed, { slots: ["a"] })).toThrow(/slot a has used up its generations/);
  });
});

describe("roles that no pair can have", () => {
  const with_ = (changes: Partial<DatabaseRoles>) => ({ ...NORMAL, ...changes });
  it.each<[string, DatabaseRoles]>([
    ["a node twice", with_({ replicas: [{ node: "a1", replicates: "a1" }] })],
    ["a replica that is retired too", with_({ retired: [{ node: "b1", replicates: "a1" }] })],
    ["two nodes in one slot", with_({ replicas: [{ node: "a2", replicates: "a1" }] })],
    ["a replica of a retired node", { ...FAILED_OVER, replicas: [{ node: "c1", replicates: "a1" }] }],
    [
      "a replica of a replica",
      with_({ replicaCount: 2, replicas: [...NORMAL.replicas, { node: "c1", replicates: "b1" }] }),
    ],
    ["a replica of itself", with_({ replicas: [{ node: "b1", replicates: "b1" }] })],
    ["a name that was retired and deleted", with_({ deleted: ["b1"] })],
    ["a primary that was deleted", with_({ deleted: ["a1"] })],
    ["a name that is none", with_({ primary: { node: "primary" } })],
    ["a generation with a zero", with_({ primary: { node: "a01" } })],
    ["a deleted name that is none", with_({ deleted: ["shop-a1"] })],
    ["a number of replicas below none", with_({ replicaCount: -1 })],
    [
      "a retired replica of a retired replica",
      {
        ...FAILED_OVER,
        retired: [
          { node: "a1", replicates: "c1" },
          { node: "c1", replicates: "a1" },
        ],
      },
    ],
    ["a retired replica of nothing", { ...FAILED_OVER, retired: [{ node: "a1", replicates: "z1" }] }],
    ["fewer replicas than there are", with_({ replicaCount: 0 })],
    ["a primary of which nobody knows how it came to be", with_({ primary: { node: "b1" }, replicas: [] })],
    ["a node promoted from itself", with_({ primary: { node: "a2", promotedFrom: "a2" }, replicas: [] })],
    ["a node promoted from no node", with_({ primary: { node: "a2", promotedFrom: "shop" }, replicas: [] })],
    [
      "a node with two origins",
      with_({ primary: { node: "a1", promotedFrom: "b1", restoredFrom: { snapshot: "s" } }, replicas: [] }),
    ],
    [
      "the old primary in service again",
      with_({ replicas: [], retired: [{ node: "b1", promotedFrom: "a1" }] }),
    ],
    ["lists that are missing", { primary: { node: "a1" } } as never],
    ["a restore from nothing", with_({ primary: { node: "a1", restoredFrom: {} } })],
  ])("are refused: %s", (_, roles) => {
    expect(() => checkRoles(roles)).toThrow(InvalidRolesError);
    expect(() => checkRoles(roles)).toThrowErrorMatchingSnapshot();
    expect(() => failOver(roles)).toThrow(InvalidRolesError);
  });
});

describe("a file of roles", () => {
  it("may leave out what is empty", () => {
    expect(parseRoles('{ "primary": { "node": "a1" } }', "roles.json")).toEqual({
      ...NORMAL,
      replicas: [],
      replicaCount: 1,
    });
  });

  it.each([
    ["no JSON", "{ primary: a1 }"],
    ["a list", "[]"],
    ["no primary", "{}"],
    ["a primary that is a text", '{ "primary": "a1" }'],
    ["a member that there is not", '{ "primary": { "node": "a1" }, "replica": [] }'],
    ["a member of a node that there is not", '{ "primary": { "node": "a1", "zone": "a" } }'],
    ["a replica without a node", '{ "primary": { "node": "a1" }, "replicas": [{ "replicates": "a1" }] }'],
    ["a replica without a source", '{ "primary": { "node": "a1" }, "replicas": [{ "node": "b1" }] }'],
    ["replicas that are no list", '{ "primary": { "node": "a1" }, "replicas": {} }'],
    ["a number as a text", '{ "primary": { "node": "a1" }, "replicaCount": "1" }'],
    ["names that are no list", '{ "primary": { "node": "a1" }, "deleted": "b1" }'],
    ["a backup that is a text", '{ "primary": { "node": "a1", "restoredFrom": "snapshot" } }'],
    ["a backup that there is not", '{ "primary": { "node": "a1", "restoredFrom": { "dump": "x" } } }'],
    ["a restored node without its backup", '{ "primary": { "node": "a1" }, "restored": [{ "node": "c1" }] }'],
    ["a node with two names", '{ "primary": { "node": "a1", "node": "b1" } }'],
    [
      "two primaries, as a merge may leave them",
      '{ "primary": { "node": "a1" }, "primary": { "node": "b1" } }',
    ],
  ])("is refused with where and what: %s", (_, text) => {
    expect(() => parseRoles(text, "roles/production.json")).toThrow(InvalidRolesError);
    expect(() => parseRoles(text, "roles/production.json")).toThrowErrorMatchingSnapshot();
  });

  it("may begin with a byte order mark", () => {
    expect(parseRoles(`\uFEFF${formatRoles(NORMAL)}`, "roles.json")).toEqual(NORMAL);
  });

  it("is read from disk, or refused by its name", () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-roles-"));
    try {
      const path = join(folder, "roles.json");
      expect(() => readRoles(path)).toThrow(/roles\.json: the file can't be read \(ENOENT\)/);
      writeFileSync(path, formatRoles(REBUILT));
      expect(readRoles(path)).toEqual(REBUILT);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
