import { Plan, planEach } from "../../lib/testing";
import { componentsInStacks } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

describeWhere(terraformProblem(), "components in stacks of their own", () => {
  it("are planned, each stack over those that it needs", async () => {
    const plans = await planEach(componentsInStacks().app);
    const sizes = Object.entries(plans).map(([stack, plan]: [string, Plan]) => [stack, plan.created.length]);
    expect(Object.fromEntries(sizes)).toEqual({ base: 32, data: 17, front: 34 });
    plans.front!.hasResource("aws_lb", { subnets: [expect.stringMatching(/^subnet-/), expect.anything()] });
  });
});
