import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { deferStackTraces } from "../../lib/synthesis";

const root = join(__dirname, "..", "..");

/** The message of an error that CDKTF throws over a token it can't resolve, in a process of its own. */
function messageOfBrokenToken(deferred: boolean): string {
  const program = `
    const { Lazy, App, TerraformOutput, TerraformStack, Testing } = require("cdktf");
    if (${deferred}) require("./lib/synthesis").deferStackTraces();
    const produce = () => { throw new Error("broken"); };
    const stack = new TerraformStack(new App({ outdir: "node_modules/.tandem-tests" }), "shop");
    new TerraformOutput(stack, "output", { value: Lazy.stringValue({ produce }) });
    try { Testing.synth(stack); } catch (error) { console.log(error.message); }
  `;
  const args = ["--import", "tsx", "--input-type=commonjs", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  return stdout;
}

describe("deferred stack traces", () => {
  it("say the same as before about where a broken token was made", () => {
    // "true" is one column shorter than "false"; nothing else differs between the two programs.
    const bare = (message: string) => message.replace(/:\d+:\d+/g, "");
    const deferred = messageOfBrokenToken(true);
    expect(deferred).toContain("Object creation stack:\n  at ");
    expect(bare(deferred)).toBe(bare(messageOfBrokenToken(false)));
  });

  it("are written when they are asked for, and only then", () => {
    const traces = jest.requireActual("cdktf/lib/tokens/private/stack-trace");
    deferStackTraces();
    const written = jest.fn((error: Error, frames: NodeJS.CallSite[]) => `${error}\n    at ${frames.length}`);
    const prepare = Error.prepareStackTrace;
    Error.prepareStackTrace = written;
    try {
      const trace = traces.captureStackTrace();
      expect(written).not.toHaveBeenCalled();
      expect(trace).toHaveLength(1);
      expect(written).toHaveBeenCalledTimes(1);
      expect(JSON.stringify(trace)).toMatch(/^\["\d+"\]$/);
      expect([...trace]).toHaveLength(1);
    } finally {
      Error.prepareStackTrace = prepare;
    }
  });

  it("leave the limit of ordinary errors alone", () => {
    const limit = Error.stackTraceLimit;
    jest.requireActual("cdktf/lib/tokens/private/stack-trace").captureStackTrace();
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
