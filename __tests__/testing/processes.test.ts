import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describeWhere, terraformProblem } from "../support/terraform";

const root = join(__dirname, "..", "..");
const program = (name: string) => [
  "--import",
  "tsx",
  join(root, "__tests__", "support", "programs", `${name}.ts`),
];

describe("a run without a Terraform that can be used says so in a sentence", () => {
  const planWith = (binary: string) => {
    const env = { ...process.env, TERRAFORM_BINARY_NAME: binary };
    return spawnSync(process.execPath, program("plan-once"), { cwd: root, env, encoding: "utf8" });
  };

  it("if it is missing", () => {
    const { status, stdout } = planWith("terraform-that-is-not-there");
    expect(status).toBe(1);
    expect(stdout).toMatchInlineSnapshot(
      `"There is no terraform-that-is-not-there on the PATH: install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install), or name another binary, such as tofu, in TERRAFORM_BINARY_NAME."`,
    );
  });

  it("if it is too old", () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-old-"));
    try {
      const old = join(folder, "terraform-old");
      writeFileSync(old, `#!/bin/sh\necho '{"terraform_version":"1.10.5"}'\n`);
      chmodSync(old, 0o755);
      const { status, stdout } = planWith(old);
      expect(status).toBe(1);
      expect(stdout.replace(folder, "")).toMatchInlineSnapshot(
        `"/terraform-old has version 1.10.5, but plans need 1.11 or newer."`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describeWhere(terraformProblem(), "the offline provider", () => {
  jest.setTimeout(60_000);

  it("needs no jest: a program that plans ends by itself", () => {
    const { status, stdout } = spawnSync(process.execPath, program("plan-once"), {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
    expect(status).toBe(0);
  });

  it.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
    "takes its sockets and folders with it when its user ends by %s",
    async (signal) => {
      const child = spawn(process.execPath, program("open-session"), {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
        detached: true,
      });
      const line = await new Promise<string>((resolve) =>
        child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text)),
      );
      const { folder, reattach } = JSON.parse(line) as { folder: string; reattach: string };
      const [{ Pid: pid }] = Object.values(JSON.parse(reattach)) as [{ Pid: number }];
      expect(existsSync(folder)).toBe(true);
      expect(isAlive(pid)).toBe(true);

      // The whole group, as Ctrl-C does.
      process.kill(-child.pid!, signal);
      await until(() => !isAlive(pid));
      expect(existsSync(dirname(dirname(folder)))).toBe(false);
    },
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}
