// Part of npm run build: compiles each entry of the package into one file; a cold run loads one module for some
// seventy (docs/decisions/0005-one-file.md).
import { build } from "esbuild";

await build({
  entryPoints: [
    "lib/index.ts",
    "lib/testing/index.ts",
    "lib/testing/jest-setup.ts",
    "lib/testing/jest-global-setup.ts",
    "lib/testing/offline-provider/main.ts",
  ],
  outbase: "lib",
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  // Matchers and plans have to be of the same module.
  external: ["cdktf-tandem/testing"],
  sourcemap: true,
  logLevel: "warning",
});
