import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");
const examples = readdirSync(join(root, "examples")).filter((file) => file.endsWith(".ts"));

/** Runs a program as a user would, and counts the resources that it synthesizes. */
function resourcesOf(program: string): Record<string, number> {
  const outdir = mkdtempSync(join(tmpdir(), "tandem-example-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", program], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    if (status !== 0) throw new Error(stderr);
    const [stack] = readdirSync(join(outdir, "stacks"));
    const json = JSON.parse(readFileSync(join(outdir, "stacks", stack!, "cdk.tf.json"), "utf8"));
    return Object.fromEntries(
      Object.entries<object>(json.resource).map(([type, resources]) => [type, Object.keys(resources).length]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const MADE: Record<string, Record<string, number>> = {
  "twelve-lines.ts": {
    aws_vpc: 1,
    aws_lb: 1,
    aws_autoscaling_group: 1,
    aws_db_instance: 2,
    aws_acm_certificate: 1,
    aws_wafv2_web_acl: 1,
    aws_sns_topic_subscription: 1,
  },
  "aurora-only.ts": {
    aws_rds_cluster: 1,
    aws_rds_cluster_instance: 3,
    aws_secretsmanager_secret: 1,
    aws_vpc_security_group_ingress_rule: 1,
  },
  "database-only.ts": {
    aws_db_instance: 2,
    aws_secretsmanager_secret: 1,
    aws_vpc_security_group_ingress_rule: 1,
  },
  "load-balancer-only.ts": { aws_lb: 1, aws_lb_target_group_attachment: 2, aws_lb_listener: 2 },
  "hosts-behind-existing-balancer.ts": { aws_autoscaling_group: 1, aws_lb_listener_rule: 1 },
  "active-passive.ts": {
    aws_autoscaling_group: 1,
    aws_cloudwatch_metric_alarm: 2,
    aws_autoscaling_policy: 2,
    aws_lambda_function: 1,
  },
  "hosts-only.ts": { aws_autoscaling_group: 1, aws_subnet: 9 },
  "several-applications.ts": {
    aws_lb: 1,
    aws_lb_listener_rule: 4,
    aws_lb_target_group: 4,
    aws_lb_target_group_attachment: 2,
    aws_autoscaling_group: 3,
  },
  "web-acl.ts": {
    aws_wafv2_web_acl: 1,
    aws_wafv2_web_acl_association: 1,
    aws_wafv2_web_acl_logging_configuration: 1,
    aws_wafv2_ip_set: 3,
    aws_cloudwatch_log_group: 1,
  },
  "hardened.ts": {
    aws_lb_listener: 1,
    aws_wafv2_web_acl_association: 1,
    aws_kms_key: 5,
    aws_secretsmanager_secret_rotation: 1,
    aws_cloudwatch_composite_alarm: 1,
  },
  "network-only.ts": { aws_vpc: 1, aws_subnet: 9, aws_vpc_endpoint: 5 },
};

describe("examples", () => {
  it.each(examples)("%s is a complete app", (file) => {
    expect(resourcesOf(join("examples", file))).toMatchObject(MADE[file]!);
  });

  it("make single components without the others", () => {
    const types = Object.keys(resourcesOf(join("examples", "database-only.ts")));
    expect(types.filter((type) => /vpc$|subnet$|aws_lb|autoscaling|launch/.test(type))).toEqual([]);
  });
});

describe("docs/testing.md", () => {
  const page = readFileSync(join(root, "docs", "testing.md"), "utf8");

  it("begins with an example that is there, word for word, and of less than 15 lines", () => {
    const test = readFileSync(join(root, "examples", "plan-snapshot", "uploads.test.ts"), "utf8");
    expect(/^```ts\n(.*?)^```$/ms.exec(page)?.[1]).toBe(test);
    expect(test.split("\n").length).toBeLessThan(15);
  });

  it("shows the snapshot that the example has", () => {
    const file = join(root, "examples", "plan-snapshot", "__snapshots__", "uploads.test.ts.snap");
    const shown = /writes two snapshots. The first:\n\n```\n(.*?)^```$/ms.exec(page)?.[1];
    expect(readFileSync(file, "utf8")).toContain(shown);
  });
});

describe("README.md", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]!);

  it("shows complete programs that are examples, word for word", () => {
    const sources = examples.map((file) => readFileSync(join(root, "examples", file), "utf8"));
    expect(programs.length).toBeGreaterThan(1);
    for (const program of programs) expect(sources).toContain(program);
  });

  it("starts with a program of about a dozen lines", () => {
    const statements = programs[0]!.split("\n").filter((line) => line.trim() !== "");
    expect(statements.length).toBeLessThanOrEqual(15);
  });

  it("names only scripts that are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
