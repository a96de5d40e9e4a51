// node --import tsx scripts/stress-offline-provider/main.ts [--only REGEX]
// Plans, applies and plans again every type of the installed bindings of AWS, with the offline provider and the real
// Terraform. Prints how many passed, and what the others failed for; ends with code 1 if there are others.
import { parseArgs } from "node:util";
import { serveProvider } from "../../lib/testing/offline-provider/served-providers";
import { stopOfflineProvider } from "../../lib/testing/provider-process";
import { casesOf } from "./cases";
import { reportOf } from "./report";
import { failedAmong } from "./search";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
  const { schema } = serveProvider({ source: "hashicorp/aws" }, [process.cwd()]);
  const cases = casesOf(schema, new RegExp(values.only));
  const failures = [];
  for (const ofKind of cases.values()) failures.push(...(await failedAmong(ofKind)));
  console.log(reportOf(cases, failures));
  if (failures.length > 0) process.exitCode = 1;
}

main()
  .finally(stopOfflineProvider)
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
