// Opens a session of the offline provider, says where, and waits to be killed.
import { ProviderProcess } from "../../../lib/testing/provider-process";

async function main(): Promise<void> {
  delete process.env.CDKTF_TANDEM_OFFLINE_PROVIDER;
  const provider = await ProviderProcess.start();
  const session = await provider.open({
    providers: [
      { source: "hashicorp/aws", types: { resources: ["aws_vpc"], dataSources: [], ephemeralResources: [] } },
    ],
    bindingsFolders: [process.cwd()],
  });
  process.stdout.write(
    `${JSON.stringify({ folder: session.folder, reattach: session.reattachProviders })}\n`,
  );
  setInterval(() => undefined, 1000);
}

void main();
