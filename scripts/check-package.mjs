// npm run test:package: packs the package as it would be published, installs it into an empty project, and
// uses it there as the README says: type-checked, compiled, run; by require and by import.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const project = mkdtempSync(join(tmpdir(), "tandem-package-"));
const run = (command, args, cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const check = (holds, what) => {
  if (!holds) throw new Error(`The package fails: ${what}`);
  console.log(`ok: ${what}`);
};

try {
  const packed = JSON.parse(run("npm", ["pack", "--json", "--silent", "--pack-destination", project], root));
  const [{ filename, files, size }] = Array.isArray(packed) ? packed : Object.values(packed);
  const paths = files.map((file) => file.path);
  const stray = paths.filter(
    (path) =>
      !/^(dist\/.*\.(js|js\.map|d\.ts)|docs\/.*\.(md|svg)|examples\/[\w-]+\.ts|jest-preset\.js|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/.test(
        path,
      ),
  );
  check(
    stray.length === 0,
    `it has nothing that a user does not need (${stray.join(", ") || "no stray file"})`,
  );
  for (const needed of [
    "dist/index.js",
    "dist/index.d.ts",
    "dist/index.js.map",
    "dist/cli/main.js",
    "dist/load-balancer/maintenance/handler/index.js",
    "dist/plan-guard/index.js",
    "dist/plan-guard/index.d.ts",
    "dist/testing/index.js",
    "dist/testing/index.d.ts",
    "dist/testing/offline-provider/main.js",
    "docs/dashboard.svg",
    "docs/failover.md",
    "examples/hardened.ts",
    "jest-preset.js",
    "README.md",
    "LICENSE",
  ]) {
    check(paths.includes(needed), `it has ${needed}`);
  }
  console.log(`${paths.length} files, ${Math.round(size / 1024)} kB packed`);

  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop", private: true }));
  // Peer dependencies come with it; the compiler and Node's types are what a TypeScript user has.
  run("npm", [
    "install",
    "--silent",
    "--no-audit",
    "--no-fund",
    `./${filename}`,
    `typescript@${devDependencies.typescript}`,
    `@types/node@${devDependencies["@types/node"]}`,
  ]);

  const readme = readFileSync(join(root, "README.md"), "utf8");
  const program = /^```ts\n(.*?)^```$/ms.exec(readme)[1];
  writeFileSync(join(project, "main.ts"), program);
  const options = [
    "--strict",
    "--target",
    "es2022",
    "--module",
    "node16",
    "--moduleResolution",
    "node16",
    "--types",
    "node",
  ];
  run("npx", ["tsc", ...options, "main.ts"]);
  check(true, "the README's program type-checks");
  run("node", ["main.js"]);
  const [stack] = readdirSync(join(project, "cdktf.out", "stacks"));
  const { resource } = JSON.parse(
    readFileSync(join(project, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8"),
  );
  check(Object.keys(resource.aws_db_instance).length === 2, "the README's program synthesizes");
  const renamed = run("node", [
    "-p",
    'Object.entries(require("cdktf-tandem")).filter(([name, { name: own }]) => own && own !== name).join()',
  ]).trim();
  check(renamed === "", `classes have their names in messages (${renamed || "none is renamed"})`);

  const names = `["DistributedWeb", "Network", "LoadBalancer", "WebHosts", "DatabasePair", "AuroraCluster", "readRoles"]`;
  const complain = `if (missing.length) throw new Error("missing: " + missing)`;
  run("node", [
    "-e",
    `const all = require("cdktf-tandem"); const missing = ${names}.filter((n) => !all[n]); ${complain}`,
  ]);
  check(true, "CommonJS programs can require it");
  writeFileSync(
    join(project, "check.mjs"),
    `import * as all from "cdktf-tandem"; const missing = ${names}.filter((n) => !all[n]); ${complain}`,
  );
  run("node", ["check.mjs"]);
  check(true, "ES modules can import its names");

  run("npx", ["tandem", "roles", "init"]);
  check(
    run("npx", ["tandem", "roles", "failover"]).includes("b1 takes over from a1"),
    "its command takes a step of roles",
  );
  const deletion = {
    address: "aws_db_instance.shop",
    mode: "managed",
    type: "aws_db_instance",
    name: "shop",
    change: { actions: ["delete"], before: { identifier: "shop", skip_final_snapshot: true }, after: null },
  };
  const plan = { format_version: "1.2", resource_changes: [deletion] };
  writeFileSync(join(project, "plan.json"), JSON.stringify(plan));
  const { status, stdout } = spawnSync("npx", ["tandem", "check-plan", "plan.json"], {
    cwd: project,
    encoding: "utf8",
  });
  check(status === 1 && stdout.includes("no-final-snapshot"), "its command refuses a dangerous plan");
  writeFileSync(
    join(project, "guard.js"),
    `const { checkPlan } = require("cdktf-tandem/plan-guard");
if (!checkPlan(require("./plan.json")).isRefused) throw new Error("it is not refused");
if (Object.keys(require.cache).some((path) => /node_modules.(cdktf|constructs)[^-\\w]/.test(path))) throw new Error("CDKTF is loaded");`,
  );
  run("node", ["guard.js"]);
  check(true, "programs can judge plans without CDKTF");

  // The example that tests plain resources, as a project of its own: no constructs of ours, jest's preset.
  const example = join(root, "examples", "plan-snapshot");
  const { jest, devDependencies: tools } = JSON.parse(readFileSync(join(example, "package.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...manifest, jest }));
  const ofJest = ["@swc/core", "@swc/jest", "@types/jest", "jest"].map((name) => `${name}@${tools[name]}`);
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...ofJest]);
  cpSync(example, join(project, "tests"), {
    recursive: true,
    filter: (path) => !path.endsWith("package.json"),
  });
  run("npx", ["tsc", "--noEmit", ...options.slice(0, -1), "node,jest", "tests/uploads.test.ts"]);
  check(true, "a test of plans type-checks");
  run("npx", ["jest", "--ci"]);
  check(true, "jest plans with the preset alone");
  const left = readdirSync(tmpdir()).filter((name) => /^cdktf-tandem-\d+-/.test(name));
  check(left.length === 0, `it leaves no folders behind (${left.join(", ") || "none"})`);

  // Declarations are checked too, as for users who don't skip libraries.
  writeFileSync(
    join(project, "types.ts"),
    'export * from "cdktf-tandem";\nexport * from "cdktf-tandem/testing";\nexport { checkPlan } from "cdktf-tandem/plan-guard";\n',
  );
  const found = tsc(["--noEmit", ...options, "types.ts"]);
  const ours = found.split("\n").filter((line) => line.includes("cdktf-tandem"));
  check(ours.length === 0, `its declarations are sound${ours.length ? `\n${ours.join("\n")}` : ""}`);
} finally {
  rmSync(project, { recursive: true, force: true });
}

function tsc(args) {
  try {
    return run("npx", ["tsc", ...args]);
  } catch (error) {
    return error.stdout;
  }
}
