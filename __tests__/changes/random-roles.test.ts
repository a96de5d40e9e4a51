import fc from "fast-check";
import { DatabaseRoles, nodeChanges } from "../../lib";
import { deploy } from "../../lib/testing";
import { walks } from "../database/roles/random-steps";
import { existingNetwork, testDatabase, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

function shop(roles: DatabaseRoles) {
  const stack = testStack();
  testDatabase(stack, existingNetwork(stack), { roles });
  return stack;
}

describeWhere(terraformProblem(), "random sequences of legal steps, planned one after the other,", () => {
  jest.setTimeout(120_000);

  it("do what was said, and pass the plan guard", async () => {
    await fc.assert(
      fc.asyncProperty(walks({ maxLength: 5 }), async ({ stops }) => {
        let deployed = await deploy(shop(stops[0]!));
        for (const [index, roles] of stops.slice(1).entries()) {
          const plan = await deployed.plan(shop(roles));
          expect(plan).toPassPlanGuard();
          const instances = plan.changed.filter(({ type }) => type === "aws_db_instance");
          const done = instances.map(
            ({ action, address }) => `${action} ${/_([a-z]\d+)_/.exec(address)![1]}`,
          );
          const said = nodeChanges(stops[index]!, roles).map(({ action, node }) => `${action} ${node}`);
          expect(done.sort()).toEqual(said.sort());
          deployed = await deployed.deploy(shop(roles));
        }
      }),
      // The same walks each time: every step is two runs of Terraform. Longer ones are tried without it.
      { numRuns: 3, seed: 4 },
    );
  });
});
