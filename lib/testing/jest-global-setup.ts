import { ProviderProcess } from "./provider-process";

/** For jest's `globalSetup`: one offline provider for all test files of a run. It ends with the run. */
export default async function startForAllTests(): Promise<void> {
  const provider = await ProviderProcess.start();
  provider.share();
}
