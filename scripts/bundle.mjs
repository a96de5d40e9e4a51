// Part of npm run build: compiles each entry of the package into one file; a cold run loads one module for some
// seventy (docs/decisions/0005-one-file.md).
import { cpSync } from "node:fs";
import { build } from "esbuild";

const common = {
  outbase: "lib",
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: true,
  // Messages name classes.
  keepNames: true,
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: [
    "lib/index.ts",
    "lib/testing/index.ts",
    "lib/testing/jest-setup.ts",
    "lib/testing/jest-global-setup.ts",
    "lib/testing/offline-provider/main.ts",
    "lib/plan-guard/index.ts",
  ],
  // Matchers and plans have to be of the same module.
  external: ["cdktf-tandem/testing"],
});
await build({ ...common, entryPoints: ["lib/cli/main.ts"], banner: { js: "#!/usr/bin/env node" } });

// Runs in AWS Lambda and is packed by the constructs as it is.
const handler = "load-balancer/maintenance/handler";
cpSync(`lib/${handler}`, `dist/${handler}`, { recursive: true });
