import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  DatabaseRoles,
  DistributedWeb,
  failOver,
  initialRoles,
  rebuildReplica,
  restoreFrom,
  switchBack,
} from "../../lib";
import { Plan, deploy } from "../../lib/testing";
import { readSettings } from "../../settings";
import { context } from "../../cdktf.json";
import { testApp } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-" };

/** What main.ts deploys, with other roles. */
function production(roles: DatabaseRoles): TerraformStack {
  const app: App = testApp(context);
  const settings = readSettings(app, {});
  const stack = new TerraformStack(app, "production");
  new AwsProvider(stack, "aws", { region: settings.region });
  new DistributedWeb(stack, "Web", {
    ...settings.web,
    database: { ...settings.web.database, roles } as never,
  });
  return stack;
}

/** The plans that the runbook says to expect: sign and address of each line, by the heading they stand under. */
function expectedPlans(): Record<string, string[]> {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "failover.md"), "utf8");
  const sections = page.split(/^##+ /m).slice(1);
  return Object.fromEntries(
    sections.flatMap((section) => {
      const block = /^```diff\n(.*?)^```$/ms.exec(section)?.[1];
      const lines = block
        ?.trim()
        .split("\n")
        .map((line) => line.split(/\s+/).slice(0, 2).join(" "));
      return lines ? [[section.split("\n")[0]!, lines.sort()]] : [];
    }),
  );
}

/** Without what watches the nodes, which follows them by itself. */
function linesOf(plan: Plan): string[] {
  return plan.changed
    .filter(({ address }) => !address.includes(".Web_Monitoring_"))
    .map(({ action, address }) => `${SIGNS[action] ?? action} ${address}`)
    .sort();
}

describeWhere(terraformProblem(), "docs/failover.md", () => {
  jest.setTimeout(60_000);

  it("shows the plans of its steps", async () => {
    const normal = initialRoles();
    const failedOver = failOver(normal);
    const rebuilt = rebuildReplica(failedOver);
    const back = switchBack(rebuilt);
    const again = rebuildReplica(back);
    const deployed = await deploy(production(normal));
    const failed = await deployed.deploy(production(failedOver));
    const whole = await failed.deploy(production(rebuilt));
    const home = await whole.deploy(production(back));
    const restored = restoreFrom(normal, { instance: "shop-web-database-a1" });
    const plans = {
      "1. Fail over": await deployed.plan(production(failedOver)),
      "2. Rebuild": await failed.plan(production(rebuilt)),
      "3. Switch back": await whole.plan(production(back)),
      "4. Rebuild again": await home.plan(production(again)),
      "The data is wrong": await deployed.plan(production(restored)),
    };
    const shown = Object.fromEntries(
      Object.entries(plans).map(([heading, plan]) => [heading, linesOf(plan)]),
    );
    expect(expectedPlans()).toEqual(shown);
  });
});
