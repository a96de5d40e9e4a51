import { readFileSync } from "node:fs";
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
