import startOfflineProvider from "../../lib/testing/jest-global-setup";
import { providerProblem, terraformProblem } from "./terraform";

/** Before the first test: says what this machine lacks and what is left out for it. In CI nothing is. */
export default async function setUp(): Promise<void> {
  const terraform = terraformProblem();
  const problem = terraform ?? providerProblem();
  if (problem !== undefined) {
    if (process.env.CI) throw new Error(`CI leaves nothing out, but ${problem}.`);
    const what = terraform ? "tests that run Terraform" : "plans by the real AWS provider";
    process.stderr.write(`\nLeft out of this run: ${what}, because ${problem}.\n\n`);
  }
  await startOfflineProvider();
}
