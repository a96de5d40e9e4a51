import { DatabaseEngine, DistributedWeb, DistributedWebProps, Network } from "../lib";
import { ZONES, synth, testStack } from "./support/synth";

// Addresses are a promise: a resource whose address changes is destroyed and made anew, databases included.
// If this snapshot changes for a resource that was there before, users lose it.

function addresses(props: Partial<DistributedWebProps>): string {
  const stack = testStack();
  new DistributedWeb(stack, "Web", {
    availabilityZones: ZONES,
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
    ...props,
  });
  return `\n${synth(stack).addresses.join("\n")}\n`;
}

describe("addresses", () => {
  it("of the default topology", () => {
    expect(
      addresses({ domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" } }),
    ).toMatchSnapshot();
  });

  it("of everything that can be asked for beside", () => {
    expect(
      addresses({
        plainHttp: true,
        network: { ipv6: true, interfaceEndpoints: ["ssm", "secretsmanager", "logs", "monitoring", "ecr"] },
        database: { engine: DatabaseEngine.mysql("8.4"), databaseName: "shop" },
      }),
    ).toMatchSnapshot();
  });

  it("of a network without NAT", () => {
    const stack = testStack();
    new Network(stack, "Network", { availabilityZones: ZONES, nat: "none", flowLogs: false });
    expect(`\n${synth(stack).addresses.join("\n")}\n`).toMatchSnapshot();
  });
});
