// npm run deploy:local, npm run destroy:local: `cdktf deploy` and `cdktf destroy` of main.ts with the offline
// provider. It has its own output folder and states, apart from those of real environments.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { serveApp } from "../lib/testing";

const OUTDIR = "build/local";
const STATES = "build/local-states";

async function main(command: string | undefined): Promise<void> {
  if (command !== "deploy" && command !== "destroy") throw new Error("Say deploy or destroy.");
  rmSync(OUTDIR, { recursive: true, force: true });
  mkdirSync(OUTDIR, { recursive: true });
  await cdktf(["synth", "--output", OUTDIR]);
  const offline = await serveApp({ outdir: OUTDIR, stateFolder: STATES });
  try {
    const flags = ["--output", OUTDIR, "--skip-synth", "--skip-provider-lock", "--auto-approve"];
    await cdktf([command, "*", ...flags], offline.environment);
  } finally {
    await offline.close();
  }
}

function cdktf(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["cdktf", ...args], {
      stdio: "inherit",
      env: { ...process.env, CHECKPOINT_DISABLE: "1", ...environment },
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`cdktf ${args[0]} ended with ${code === null ? signal : `status ${code}`}.`)),
    );
  });
}

// Ctrl-C reaches cdktf too; this ends when Terraform has kept its state and ended.
process.on("SIGINT", () => undefined);
main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
