import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRIMARY, change, planOf } from "../plan-guard/plan-json";
import { run, useFolder } from "./run";

const root = join(__dirname, "..", "..");
const legal = JSON.stringify(planOf(change("aws_db_instance.main", PRIMARY, { ...PRIMARY, multi_az: true })));
const dangerous = JSON.stringify(
  planOf(
    change(
      "aws_db_instance.main",
      { ...PRIMARY, deletion_protection: true, skip_final_snapshot: true },
      null,
    ),
    change("aws_db_instance.other", PRIMARY, PRIMARY),
  ),
);

describe("tandem check-plan", () => {
  useFolder();

  it("passes a plan that loses nothing", async () => {
    writeFileSync("plan.json", legal);
    const { status, out } = await run(["check-plan", "plan.json"]);
    expect(status).toBe(0);
    expect(out).toMatchSnapshot();
  });

  it("refuses a dangerous one, and says why and what to do", async () => {
    writeFileSync("plan.json", dangerous);
    const { status, out } = await run(["check-plan", "plan.json"]);
    expect(status).toBe(1);
    expect(`\n${out}`).toMatchSnapshot();
  });

  it("lets pass what is allowed by name, and says that too", async () => {
    writeFileSync("plan.json", dangerous);
    const one = await run(["check-plan", "plan.json", "--allow", "protected-deletion"]);
    expect(one.status).toBe(1);
    const both = ["--allow", "protected-deletion", "--allow", "no-final-snapshot=aws_db_instance.main"];
    const { status, out } = await run(["check-plan", "plan.json", ...both]);
    expect(status).toBe(0);
    expect(out).toMatch(/^allowed: no-final-snapshot$/m);
    const unused = await run(["check-plan", "plan.json", ...both, "--allow", "shrunk-storage"]);
    expect(unused.out).toContain("Nothing was found that --allow shrunk-storage is for.");
    expect(unused.out).toContain("applied: but for what you answer for (2 findings), no rule finds that");
    expect(await run(["check-plan", "plan.json", "--allow", "=x"])).toMatchObject({ status: 2, out: "" });
    const wrong = await run(["check-plan", "plan.json", "--allow", "everything"]);
    expect(wrong.status).toBe(2);
    expect(wrong.err).toMatch(/^tandem: "everything" is no rule of the plan guard\. Allowed: .*no-engine/);
  });

  it("prints JSON for programs", async () => {
    writeFileSync("plan.json", dangerous);
    const { status, out } = await run(["check-plan", "plan.json", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ isRefused: true, databases: 2, findings: [{}, {}] });
  });

  it("lists its rules", async () => {
    const { status, out } = await run(["check-plan", "--rules"]);
    expect(status).toBe(0);
    expect(`\n${out}`).toMatchSnapshot();
  });

  it("says what a file is that it can't read", async () => {
    writeFileSync("plan.bin", "PK\x03\x04");
    expect(await run(["check-plan", "plan.bin"])).toMatchObject({ status: 2, out: "" });
    const missing = await run(["check-plan", "plan.json"]);
    expect(missing).toMatchObject({ status: 2, out: "" });
    expect(missing.err).toBe(
      "tandem: plan.json can't be read (ENOENT). Name a file that terraform show -json wrote.\n",
    );
  });

  it("reads standard input, as a command of its own with an exit status", () => {
    const pipe = (input: string) =>
      spawnSync(process.execPath, ["--import", "tsx", join(root, "lib", "cli", "main.ts"), "check-plan"], {
        cwd: root,
        input,
        encoding: "utf8",
      });
    expect(pipe(dangerous)).toMatchObject({ status: 1, stderr: "" });
    expect(pipe(legal)).toMatchObject({ status: 0, stderr: "" });
  });
});
