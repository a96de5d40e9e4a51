import { TerraformVariable } from "cdktf";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MaintenancePage } from "../../../lib";
import { reference, synth, testApp, testStack } from "../../support/synth";

describe("MaintenancePage", () => {
  function page(props = {}) {
    const stack = testStack();
    const made = new MaintenancePage(stack, "Maintenance", props);
    return { stack, made, json: synth(stack) };
  }

  it("is a small function behind a target group, which only that group's balancer may call", () => {
    const { made, json } = page();
    expect(json.of(made.lambda)).toMatchObject({
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      role: reference(made.role, "arn"),
      function_name: reference(made.role, "name"),
      environment: { variables: { RETRY_AFTER: "600" } },
    });
    expect(json.of(made.lambda)).not.toHaveProperty("reserved_concurrent_executions");
    expect(json.of(made.targetGroup)).toMatchObject({
      target_type: "lambda",
      lifecycle: { create_before_destroy: true },
    });
    expect(json.of(made.permission)).toMatchObject({
      principal: "elasticloadbalancing.amazonaws.com",
      source_arn: reference(made.targetGroup, "arn"),
    });
    expect(json.of(made.attachment)).toMatchObject({
      target_id: reference(made.lambda, "arn"),
      depends_on: [`aws_lambda_permission.${made.permission.friendlyUniqueId}`],
    });
  });

  it("may write to its own logs, and nothing else", () => {
    const { made, json } = page({ logRetentionDays: 30 });
    expect(JSON.parse(json.only("aws_iam_role_policy").policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${reference(made.logGroup, "arn")}:*`,
      },
    ]);
    expect(json.of(made.logGroup)).toMatchObject({
      name: `/aws/lambda/${json.of(made.lambda).function_name}`,
      retention_in_days: 30,
    });
    expect(json.count("aws_iam_role_policy_attachment")).toBe(0);
  });

  it("has a page of one's own, whatever stands in it", () => {
    const { made, json } = page({ page: '<h1 class="a">${later} %{x}\n\\</h1>', retryAfter: 3600 });
    const { PAGE, RETRY_AFTER } = json.of(made.lambda).environment.variables;
    expect(RETRY_AFTER).toBe("3600");
    expect(PAGE).toMatch(/^\$\{base64gzip\(join\("", \[".*"\]\)\)\}$/);
  });

  it("takes a page that is known only after deploy", () => {
    const stack = testStack();
    const variable = new TerraformVariable(stack, "page", { type: "string" });
    const made = new MaintenancePage(stack, "Maintenance", { page: variable.stringValue });
    expect(synth(stack).of(made.lambda).environment.variables.PAGE).toContain("var.page");
  });

  it("packs its code at a relative path that stays the same", () => {
    const path = (id: string) => {
      const stack = testStack(id);
      const made = new MaintenancePage(stack, "Maintenance");
      return synth(stack).of(made.lambda).filename as string;
    };
    expect(path("shop")).toMatch(/^assets\/Maintenance_Code_[0-9A-F]{8}\/[0-9A-F]{32}\/archive\.zip$/);
    expect(path("shop").split("/")[2]).toBe(path("other").split("/")[2]);
  });

  it("has the packed code beside the stack when the app is synthesized", () => {
    const app = testApp();
    const stack = testStack("maintenance", app);
    const made = new MaintenancePage(stack, "Maintenance");
    app.synth();
    const archive = join(app.outdir, "stacks", "maintenance", synth(stack).of(made.lambda).filename);
    expect(existsSync(archive)).toBe(true);
    const listed = spawnSync("unzip", ["-Z1", archive], { encoding: "utf8" });
    if (!listed.error) expect(listed.stdout.trim()).toBe("index.js");
  });
});
