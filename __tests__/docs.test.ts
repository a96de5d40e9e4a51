import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Names of the props of an interface, as its file declares them. */
function propsOf(file: string, name: string): string[] {
  const declaration = new RegExp(`export interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, "s").exec(read(file));
  return [...declaration![1]!.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1]!);
}

describe("docs/load-balancing.md", () => {
  it.each([
    ["lib/load-balancer/load-balancer-props.ts", "LoadBalancerOptions"],
    ["lib/load-balancer/balancer-attributes.ts", "BalancerAttributes"],
    ["lib/load-balancer/balancer-logs.ts", "BalancerLogs"],
    ["lib/load-balancer/placement.ts", "PlacementOptions"],
    ["lib/load-balancer/cloud-front.ts", "CloudFrontOptions"],
    ["lib/load-balancer/targets/target-group.ts", "TargetGroupOptions"],
    ["lib/load-balancer/targets/distribution.ts", "DistributionOptions"],
    ["lib/load-balancer/targets/health-check.ts", "HealthCheckOptions"],
    ["lib/load-balancer/targets/weighted-targets.ts", "WeightedTargetsOptions"],
    ["lib/load-balancer/targets/weighted-targets.ts", "ForwardOptions"],
    ["lib/load-balancer/rules/conditions.ts", "RuleConditions"],
    ["lib/load-balancer/rules/listener-rule.ts", "RuleOptions"],
    ["lib/load-balancer/rules/redirect.ts", "RedirectOptions"],
    ["lib/load-balancer/rules/fixed-response.ts", "FixedResponseOptions"],
    ["lib/hosts/web-hosts-props.ts", "WebHostsOptions"],
    ["lib/hosts/web-hosts-props.ts", "UseDatabaseOptions"],
    ["lib/hosts/scaling/scaling-options.ts", "ScalingOptions"],
  ])("has every prop of %s %s", (file, name) => {
    const props = propsOf(file, name);
    const code = [...read("docs/load-balancing.md").matchAll(/`[^`\n]+`/g)].map(([text]) => text).join();
    expect(props.length).toBeGreaterThan(0);
    expect(props.filter((prop) => !new RegExp(`\\b${prop}\\b`).test(code))).toEqual([]);
  });
});

describe("docs/monitoring.md", () => {
  const page = read("docs/monitoring.md");

  it.each([
    ["lib/monitoring/notifications/notify-options.ts", "NotifyOptions"],
    ["lib/load-balancer/watching/load-balancer-thresholds.ts", "LoadBalancerThresholds"],
    ["lib/hosts/watching/hosts-thresholds.ts", "HostsThresholds"],
    ["lib/database/watching/database-thresholds.ts", "DatabaseThresholds"],
    ["lib/network/watch-network.ts", "NetworkThresholds"],
    ["lib/firewall/web-acl/watch-web-acl.ts", "WebAclThresholds"],
  ])("has every prop of %s %s", (file, name) => {
    const props = propsOf(file, name);
    expect(props.length).toBeGreaterThan(0);
    expect(props.filter((prop) => !page.includes(`\`${prop}\``))).toEqual([]);
  });
});

describe("docs/runbook.md", () => {
  it("has a row and a section for each kind of alarm", () => {
    const page = read("docs/runbook.md");
    const rows = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map((match) => match[1]!);
    const sections = [...page.matchAll(/^## ([a-z-]+)$/gm)].map((match) => match[1]!);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toEqual(sections);
  });
});

describe("pages", () => {
  const pages = ["README.md", ...readdirSync(join(root, "docs")).map((file) => `docs/${file}`)].filter(
    (file) => file.endsWith(".md"),
  );

  it.each(pages)("%s links to what is there", (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!);
    const folder = join(root, file, "..");
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });
});
