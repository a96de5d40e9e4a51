// Part of npm run bench: a plan of the default topology by the offline provider, warm, beside the same plan by the
// real one, in one run. It reports ratios and judges nothing.
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DatabaseEngine, DistributedWeb } from "cdktf-tandem";
import { Configuration, plan } from "cdktf-tandem/testing";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformFolder, providerProblem } from "../__tests__/support/terraform";
import { median } from "./statistics";

// --once: only to see that it still runs.
const ONCE = process.argv.includes("--once");
const OFFLINE_ROUNDS = ONCE ? 2 : 15;
const REAL_ROUNDS = ONCE ? 1 : 3;

const outdir = mkdtempSync(join(tmpdir(), "tandem-bench-"));

function topology(availabilityZones = ["eu-west-1a", "eu-west-1b"]): TerraformStack {
  const stack = new TerraformStack(new App({ outdir }), "demo");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new DistributedWeb(stack, "Web", {
    availabilityZones,
    plainHttp: true,
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "demo" },
  });
  return stack;
}

async function main(): Promise<void> {
  const cold = await seconds(() => plan(topology()));
  await plan(topology(), topology());
  const offline: number[] = [];
  const change: number[] = [];
  for (let round = 0; round < OFFLINE_ROUNDS; round++) {
    const stack = topology();
    offline.push(await seconds(() => plan(stack)));
    const [before, after] = [topology(), topology(["eu-west-1a", "eu-west-1b", "eu-west-1c"])];
    change.push(await seconds(() => plan(before, after)));
  }
  console.log("plan of the default topology, seconds");
  console.log(`  offline provider, cold: ${cold.toFixed(2)}; warm: ${spread(offline)}`);
  console.log(`  a zone added to what is deployed, warm: ${spread(change)}`);

  const problem = providerProblem();
  if (problem !== undefined) {
    console.log(`  real provider: left out, because ${problem}`);
    return;
  }
  const { init, plans } = realPlans();
  const ratio = (real: number) => (real / median(offline)).toFixed(0);
  console.log(
    `  real provider: ${spread(plans)}, after an init of ${init.toFixed(2)}, which offline needs none of`,
  );
  console.log(`  real / offline: ${ratio(median(plans))}; with init ${ratio(init + median(plans))}`);
}

/** The same commands, with the provider of AWS from a mirror. */
function realPlans(): { init: number; plans: number[] } {
  const folder = new TerraformFolder();
  const timed = (work: () => void) => {
    const began = performance.now();
    work();
    return (performance.now() - began) / 1000;
  };
  try {
    folder.write("cdk.tf.json", Configuration.of(topology()).json);
    folder.useProviderFromMirror();
    const init = timed(() => folder.run("init", "-input=false"));
    const planAndShow = () => {
      folder.run("plan", "-input=false", "-refresh=false", "-out=plan");
      folder.run("show", "-json", "plan");
    };
    return { init, plans: Array.from({ length: REAL_ROUNDS }, () => timed(planAndShow)) };
  } finally {
    folder.remove();
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((left, right) => left - right);
  return `${median(values).toFixed(2)} (${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)})`;
}

main().finally(() => rmSync(outdir, { recursive: true, force: true }));
