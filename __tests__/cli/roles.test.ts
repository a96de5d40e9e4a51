import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initialRoles, readRoles } from "../../lib/database/roles";
import { run, useFolder } from "./run";

const FILE = "database-roles.json";
const WIDE = 120;

const roles = (...args: string[]) => run(["roles", ...args], WIDE);

describe("tandem roles", () => {
  useFolder();

  it("goes the full circle, telling each step, and writes the file", async () => {
    const told: string[] = [];
    for (const args of [["init"], ["failover"], ["rebuild"], ["switch-back"], ["rebuild"], ["status"]]) {
      const { status, out, err } = await roles(...args);
      expect([status, err]).toEqual([0, ""]);
      told.push(`$ tandem roles ${args.join(" ")}\n${out}`);
    }
    expect(`\n${told.join("\n")}`).toMatchSnapshot();
    expect(readRoles(FILE)).toMatchObject({
      primary: { node: "a2" },
      replicas: [{ node: "b2", replicates: "a2" }],
      deleted: ["a1", "b1"],
    });
    expect(readdirSync(".")).toEqual([FILE]);
  });

  it("tells of several replicas, of backups, and of a primary that is gone", async () => {
    const told: string[] = [];
    for (const args of [
      ["init", "--replicas", "2"],
      ["restore", "--instance", "shop-a1", "--time", "2026-11-24T03:07:00Z"],
      ["status"],
      ["failover", "--to", "d1", "--dry-run"],
      ["retire", "d1"],
      ["retire", "b1", "--for-good"],
      ["failover", "--lost"],
      ["rebuild", "--slot", "e"],
      ["add-replica"],
    ]) {
      const { status, out } = await roles(...args);
      expect([args, status]).toEqual([args, 0]);
      told.push(`$ tandem roles ${args.join(" ")}\n${out}`);
    }
    expect(`\n${told.join("\n")}`).toMatchSnapshot();
  });

  it("writes nothing in a dry run, but shows what it would", async () => {
    await roles("init");
    const before = readFileSync(FILE, "utf8");
    const { out } = await roles("failover", "--dry-run");
    expect(out).toContain('"node": "b1",\n    "promotedFrom": "a1"');
    expect(readFileSync(FILE, "utf8")).toBe(before);
  });

  it("shows what the README shows", async () => {
    await roles("init");
    const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
    const [, shown] = /^\$ npx tandem roles failover --dry-run\n(.*?)^```$/ms.exec(readme)!;
    const { out } = await roles("failover", "--dry-run");
    expect(out.split("\n\nThe next plan")[0]).toBe(shown!.trimEnd());
  });

  it("makes a first primary from a snapshot, in a file of another name", async () => {
    const { status } = await roles(
      "init",
      "--file",
      "roles/test.json",
      "--replicas",
      "0",
      "--snapshot",
      "shop-final",
    );
    expect(status).toBe(0);
    expect(readRoles("roles/test.json")).toEqual(
      initialRoles({ replicas: 0, restoredFrom: { snapshot: "shop-final" } }),
    );
  });

  it("takes the file that main.ts takes, where a variable names it", async () => {
    process.env.TANDEM_DATABASE_ROLES = "production.json";
    try {
      expect((await roles("init")).status).toBe(0);
      expect(readRoles("production.json")).toEqual(initialRoles());
      expect((await roles("status", "--file", "other.json")).status).toBe(2);
    } finally {
      delete process.env.TANDEM_DATABASE_ROLES;
    }
  });

  it("fills the names of instances into the commands that it prints", async () => {
    await roles("init");
    const plain = await roles("failover", "--dry-run");
    expect(plain.out).toContain("(IDENTIFIER is what your instances' names in RDS begin with");
    const { out } = await roles("failover", "--dry-run", "--identifier", "shop");
    expect(out).toContain("Value=shop-b1");
    expect(out).not.toContain("IDENTIFIER");
  });

  it("puts the pictures below each other where there is no room", async () => {
    await roles("init");
    const narrow = await run(["roles", "failover", "--dry-run"], 60);
    const lines = narrow.out.split("\n");
    expect(lines.findIndex((line) => line.startsWith("next: "))).toBeGreaterThan(
      lines.findIndex((line) => line.startsWith("today: ")) + 3,
    );
    expect(lines.find((line) => line.startsWith("today: "))).toBe("today: normal");
  });

  const INIT = ["init"];
  it.each<[what: string, first: string[] | undefined, args: string[], status: number]>([
    ["a step from where there is no file", undefined, ["status"], 2],
    ["a failover without a replica", ["init", "--replicas", "0"], ["failover"], 1],
    ["a failover to one of several", ["init", "--replicas", "2"], ["failover"], 1],
    ["a failover to the primary", INIT, ["failover", "--to", "a1"], 1],
    ["a failover to nobody", INIT, ["failover", "--to", "z9"], 1],
    ["a rebuild of nothing", INIT, ["rebuild"], 1],
    ["a way back from home", INIT, ["switch-back"], 1],
    ["a second file", INIT, ["init"], 1],
    ["too many replicas", undefined, ["init", "--replicas", "16"], 1],
    ["a number that is none", undefined, ["init", "--replicas", "two"], 2],
    ["the primary out of service", INIT, ["retire", "a1"], 1],
    ["nobody out of service", INIT, ["retire", "b7"], 1],
    ["a restore from nothing", INIT, ["restore"], 2],
    ["a restore from two backups", INIT, ["restore", "--snapshot", "s", "--instance", "i"], 1],
    ["a restore to no moment", INIT, ["restore", "--instance", "i", "--time", "yesterday"], 1],
    [
      "a restore to a day that there is not",
      INIT,
      ["restore", "--instance", "i", "--time", "2026-02-30T00:00:00Z"],
      1,
    ],
    ["a restore from a snapshot of no name", INIT, ["restore", "--snapshot", "bad name!"], 1],
    ["a rebuild in more slots than are missing", ["init", "--replicas", "0"], ["rebuild", "--slot", "c"], 1],
    ["a slot that is taken", INIT, ["add-replica", "--slot", "a"], 1],
    ["a slot that is none", INIT, ["add-replica", "--slot", "1"], 1],
    ["a file that can't be written", INIT, ["init", "--file", `${FILE}/roles.json`], 2],
    ["an option that there is not", undefined, ["failover", "--fast"], 2],
    ["a command that there is not", undefined, ["fallover"], 2],
  ])("refuses %s, in a line", async (_, first, args, expected) => {
    if (first) await roles(...first);
    const { status, out, err } = await roles(...args);
    expect([status, out]).toEqual([expected, ""]);
    expect(err).toMatchSnapshot();
  });

  it("leaves a file alone that it can't take a step from", async () => {
    writeFileSync(
      FILE,
      '{ "primary": { "node": "a1" }, "replicas": [{ "node": "b1", "replicates": "c1" }] }',
    );
    const { status, err } = await roles("failover");
    expect(status).toBe(2);
    expect(err).toMatch(
      /^tandem: database-roles\.json: replicas\[0\]\.replicates: b1 is a replica of "c1"\. Allowed: /,
    );
    expect(existsSync(`${FILE}.new`)).toBe(false);
  });
});

describe("tandem", () => {
  it("has help and a version", async () => {
    const help = await run(["--help"]);
    expect(help.status).toBe(0);
    expect(help.out).toContain("check-plan");
    expect((await run(["roles", "failover", "--help"])).out).toContain("--dry-run");
    expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
