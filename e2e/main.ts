import { join } from "node:path";
import { stopOfflineProvider } from "../lib/testing";
import { runApart } from "./apart/run-apart";
import { forgetFigures, printFigures } from "./figures";
import { ROOT_FILESYSTEM_VARIABLE, buildRootFilesystem } from "./hosts/root-filesystem";
import { WEBSITES, renderWebsite } from "./hosts/websites";
import { lacking } from "./requirements";

const ROOT = join(__dirname, "..");
const JEST = join(ROOT, "node_modules", "jest", "bin", "jest.js");
const CONFIG = join(ROOT, "jest.e2e.config.js");

async function main(): Promise<number> {
  const problems = lacking();
  if (problems.length > 0) {
    const outcome = process.env.CI ? "CI leaves nothing out, but e2e tests" : "Left out: e2e tests";
    process.stderr.write(`${outcome} need more than there is here:\n`);
    for (const problem of problems) process.stderr.write(`- ${problem}\n`);
    return process.env.CI ? 1 : 0;
  }
  const websites = await Promise.all(Object.values(WEBSITES).map(renderWebsite));
  await stopOfflineProvider();
  // Built here: where the tests run there is no internet.
  const packages = websites.flatMap((website) => website.packages);
  process.env[ROOT_FILESYSTEM_VARIABLE] = buildRootFilesystem(packages);

  forgetFigures();
  const code = await runApart([process.execPath, JEST, "--config", CONFIG, ...process.argv.slice(2)]);
  printFigures();
  return code;
}

void main().then((code) => {
  process.exitCode = code;
});
