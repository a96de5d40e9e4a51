import { TerraformStack } from "cdktf";
import { DatabaseEngine, DatabasePair, LoadBalancer, Network, WebHosts } from "../../lib";
import { Plan, planEach } from "../../lib/testing";
import { ZONES, testApp, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

describeWhere(terraformProblem(), "components in stacks of their own", () => {
  it("are planned, each stack over those that it needs", async () => {
    const app = testApp();
    const [base, data, front] = ["base", "data", "front"].map((id) => testStack(id, app)) as [
      TerraformStack,
      TerraformStack,
      TerraformStack,
    ];
    const network = new Network(base, "Network", { availabilityZones: ZONES });
    const database = new DatabasePair(data, "Database", {
      network,
      engine: DatabaseEngine.postgres("17"),
      databaseName: "shop",
    });
    const hosts = new WebHosts(front, "Hosts", { network });
    hosts.useDatabase(database);
    const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
    new LoadBalancer(front, "LoadBalancer", { network, domain }).forwardTo(hosts);

    const plans = await planEach(app);
    const sizes = Object.entries(plans).map(([stack, plan]: [string, Plan]) => [stack, plan.created.length]);
    expect(Object.fromEntries(sizes)).toEqual({ base: 31, data: 16, front: 30 });
    plans.front!.hasResource("aws_lb", { subnets: [expect.stringMatching(/^subnet-/), expect.anything()] });
  });
});
