import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..");

/** ESLint's findings for a piece of code as if it stood in lib/. */
function lint(code: string): string[] {
  const eslint = join(root, "node_modules", "eslint", "bin", "eslint.js");
  const args = [eslint, "--stdin", "--stdin-filename", "lib/sample.ts", "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: code, encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout)[0].messages.map((finding: { message: string }) => finding.message);
}

describe("the lint rule against importing the provider whole", () => {
  it.each([
    'import { vpc } from "@cdktf/provider-aws";\nexport const made = vpc;\n',
    'import * as aws from "@cdktf/provider-aws/lib";\nexport const made = aws;\n',
    'export { vpc } from "@cdktf/provider-aws/lib/index";\n',
    'export const made = import("@cdktf/provider-aws");\n',
    'export const made = require("@cdktf/provider-aws");\n',
    'export type Made = import("@cdktf/provider-aws").vpc.Vpc;\n',
  ])("fires on %j", (code) => {
    expect(lint(code)).toContainEqual(expect.stringContaining("import @cdktf/provider-aws/lib/<resource>"));
  });

  it("lets single resources through", () => {
    expect(lint('import { Vpc } from "@cdktf/provider-aws/lib/vpc";\nexport const made = Vpc;\n')).toEqual(
      [],
    );
  });
});
