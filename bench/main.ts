// npm run bench [-- --once]: what the library costs, beside what people would do without it, in one run.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

for (const part of ["synthesis.mjs", "plan.ts"]) {
  const args = ["--import", "tsx", join(__dirname, part), ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
