// Part of npm run bench: the default topology beside hand-written provider resources with the same output, cold, in
// turn, in one run. It reports ratios and judges nothing: machines differ, and are noisy.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { handWritten } from "./hand-written.mjs";
import { median } from "./statistics.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const build = join(root, "build", "bench");
const ours = join(here, "topology.cjs");
const theirs = join(build, "hand-written.cjs");
// --once: only to see that it still runs.
const ROUNDS = process.argv.includes("--once") ? { 1: 1 } : { 1: 15, 10: 7, 100: 3 };

mkdirSync(build, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "tandem-bench-"));
try {
  run(ours, 1);
  writeFileSync(theirs, handWritten(synthesized()));
  const expected = bare(synthesized());
  run(theirs, 1);
  if (!isDeepStrictEqual(bare(synthesized()), expected)) throw new Error("the two programs differ in output");
  const resources = Object.values(expected.resource).flatMap((named) => Object.keys(named)).length;
  console.log(`default topology: ${resources} resources, same output by both programs`);
  console.log(
    "stacks  seconds (constructs / hand-written)  ratio  MB (constructs / hand-written)  ms a stack",
  );
  for (const [stacks, rounds] of Object.entries(ROUNDS)) report(Number(stacks), rounds);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function report(stacks, rounds) {
  const runs = { ours: [], theirs: [] };
  // In turn, so that a slow moment of the machine meets both.
  for (let round = 0; round <= rounds; round++) {
    const pair = { ours: run(ours, stacks), theirs: run(theirs, stacks) };
    if (round > 0) for (const name of Object.keys(runs)) runs[name].push(pair[name]);
  }
  const of = (name, figure) => median(runs[name].map((one) => one[figure]));
  const ratio = median(runs.ours.map((one, index) => one.seconds / runs.theirs[index].seconds));
  const perStack = (1000 * (of("ours", "seconds") - start())) / stacks;
  console.log(
    [
      String(stacks).padEnd(6),
      `${of("ours", "seconds").toFixed(3)} / ${of("theirs", "seconds").toFixed(3)}`.padEnd(37),
      ratio.toFixed(2).padEnd(5),
      `${of("ours", "megabytes").toFixed(0)} / ${of("theirs", "megabytes").toFixed(0)}`.padEnd(30),
      perStack.toFixed(0),
    ].join("  "),
  );
}

/** Seconds that loading alone takes: an app without stacks. */
function start() {
  return (start.seconds ??= median(Array.from({ length: 5 }, () => run(ours, 0).seconds)));
}

function run(program, stacks) {
  const began = process.hrtime.bigint();
  const usage = `process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)))`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(usage)}`];
  const { status, stderr } = spawnSync(process.execPath, [...args, program, scratch, String(stacks)], {
    cwd: root,
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return { seconds, megabytes: Number(/\d+$/.exec(stderr)[0]) / 1024 };
}

function synthesized() {
  return JSON.parse(readFileSync(join(scratch, "stacks", "stack0", "cdk.tf.json"), "utf8"));
}

/** Without what CDKTF notes about constructs. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === "//" ? [] : [[key, bare(one)]])),
  );
}
