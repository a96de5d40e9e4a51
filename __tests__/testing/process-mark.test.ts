import { spawnSync } from "node:child_process";
import { isAbandoned, processMark } from "../../lib/testing/process-mark";

/** Id of a process that has ended. */
const gone = spawnSync(process.execPath, ["--version"]).pid;

describe("a temporary folder", () => {
  it("is abandoned once its process has ended", () => {
    expect(isAbandoned(`${processMark(gone)}abcdef`)).toBe(true);
    expect(isAbandoned(`${processMark()}abcdef`)).toBe(false);
  });

  it("is left alone where its process may live in another container", () => {
    const elsewhere = processMark(gone).replace(/\d+-$/, "1-");
    expect(isAbandoned(`${elsewhere}abcdef`)).toBe(false);
  });

  it("is left alone where it is none of ours", () => {
    expect(isAbandoned(`cdktf-${gone}-abcdef`)).toBe(false);
    expect(isAbandoned("cdktf-tandem-abcdef")).toBe(false);
  });
});
