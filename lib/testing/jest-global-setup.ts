import { ProviderProcess } from "./provider-process";

const RUNNING = Symbol.for("cdktf-tandem/offline-provider");

/** For jest's `globalSetup`: one offline provider for all test files of a run. It ends with jest, or the next run. */
export default async function startForAllTests(): Promise<void> {
  const kept = globalThis as { [RUNNING]?: ProviderProcess };
  // In watch mode every run begins here.
  await kept[RUNNING]?.stop();
  kept[RUNNING] = await ProviderProcess.start();
  kept[RUNNING].share();
}
