import { TerraformOutput, TerraformVariable } from "cdktf";
import { LoadBalancerProps, RuleOptions, TargetGroupOptions, WebHosts } from "../../lib";
import { Route } from "../../lib/load-balancer/rules/listener-rules";
import { existingNetwork, reference, synth, testStack } from "../support/synth";
import { TestTarget, testBalancer } from "../support/balancer";

/** The rules of a balancer as it orders them. */
function inOrder(rules: Readonly<Record<string, RuleOptions>>): string[] {
  const { balancer, target } = testBalancer();
  const made = Object.entries(rules).map(([id, options]) => balancer.addTargets(id, { target, ...options }));
  return made.sort((left, right) => left.priority - right.priority).map((rule) => rule.node.id);
}

describe("rules of a LoadBalancer", () => {
  it("send requests for a host to a target group of their own, and let the balancer reach its port", () => {
    const stack = testStack();
    const network = existingNetwork(stack);
    const balancer = testBalancer({ network }, stack).balancer;
    balancer.forwardTo(new WebHosts(stack, "Shop", { network }));
    const blog = new WebHosts(stack, "Blog", { network });
    const rule = balancer.addTargets("Blog", { target: blog, hosts: ["blog.example.com"] });
    const json = synth(stack);
    expect(json.of(rule.rule)).toMatchObject({
      listener_arn: reference(balancer.listener, "arn"),
      priority: 33_336 + rule.priority,
      condition: [{ host_header: { values: ["blog.example.com"] } }],
      action: [{ type: "forward", target_group_arn: reference(rule.targetGroup.targetGroup, "arn") }],
    });
    expect(json.of(blog.autoScalingGroup).target_group_arns).toEqual([
      reference(rule.targetGroup.targetGroup, "arn"),
    ]);
    const out = Object.values(json.resources("aws_vpc_security_group_egress_rule"));
    expect(out).toContainEqual(
      expect.objectContaining({
        security_group_id: reference(balancer.firewall.securityGroup, "id"),
        referenced_security_group_id: reference(blog.firewall.securityGroup, "id"),
        from_port: 9080,
      }),
    );
  });

  it("tell the target what routes to it: the rule", () => {
    const { stack, balancer, target, tf } = testBalancer();
    const rule = balancer.addTargets("Api", { target, paths: ["/api/*"] });
    const [{ targetGroup, route }] = target.attached as [(typeof target.attached)[number]];
    expect(targetGroup).toBe(rule.targetGroup.targetGroup);
    expect(route!.routedBy).toBe(rule.rule);
    new TerraformOutput(stack, "suffix", { value: route!.loadBalancerArnSuffix });
    expect(tf().json.output.suffix.value).toBe(reference(balancer.loadBalancer, "arn_suffix"));
  });

  it("are for requests that meet every kind of condition", () => {
    const { balancer, target, tf } = testBalancer();
    const rule = balancer.addTargets("Beta", {
      target,
      paths: ["/api/*"],
      methods: ["GET"],
      headers: { "X-Version": ["beta-*"] },
      queryStrings: [{ key: "version", value: "beta" }],
      sourceIps: ["2001:db8::/32"],
    });
    expect(tf().of(rule.rule).condition).toEqual([
      { path_pattern: { values: ["/api/*"] } },
      { http_request_method: { values: ["GET"] } },
      { http_header: { http_header_name: "X-Version", values: ["beta-*"] } },
      { query_string: [{ key: "version", value: "beta" }] },
      { source_ip: { values: ["2001:db8::/32"] } },
    ]);
  });

  it("have what the balancer says for all targets, but its page for health checks, and their own over it", () => {
    const { balancer, target, tf } = testBalancer({
      deregistrationDelay: 20,
      healthCheck: { path: "/up", interval: 30 },
    });
    const rule = balancer.addTargets("Api", { target, paths: ["/api/*"], slowStart: 60 });
    expect(tf().of(rule.targetGroup.targetGroup)).toMatchObject({
      deregistration_delay: "20",
      slow_start: 60,
      health_check: { path: "/health", interval: 30 },
    });
  });

  it("may have six wildcards, as AWS says", () => {
    const { balancer, target, tf } = testBalancer();
    const hosts = ["*.a.example.com", "*.b.example.com"];
    const rule = balancer.addTargets("Api", { target, hosts, paths: ["/*/*/*/*"] });
    expect(tf().of(rule.rule).condition).toHaveLength(2);
  });

  it.each<[string, Partial<LoadBalancerProps>, TargetGroupOptions, object]>([
    [
      "interval beside the balancer's timeout",
      { healthCheck: { timeout: 2 } },
      { healthCheck: { interval: 5 } },
      { health_check: expect.objectContaining({ timeout: 2, interval: 5 }) },
    ],
    [
      "anomaly mitigation beside the balancer's distribution",
      { distribution: "weighted_random" },
      { anomalyMitigation: true },
      { load_balancing_anomaly_mitigation: "on", load_balancing_algorithm_type: "weighted_random" },
    ],
    [
      "codes of gRPC beside the balancer's protocol",
      { protocolVersion: "GRPC" },
      { healthCheck: { matcher: "0" } },
      { protocol_version: "GRPC", health_check: expect.objectContaining({ matcher: "0" }) },
    ],
  ])("may have %s", (_, ofBalancer, ofRule, expected) => {
    const { balancer, target, tf } = testBalancer({ ...ofBalancer });
    const rule = balancer.addTargets("Api", { target, paths: ["/api/*"], ...ofRule });
    expect(tf().of(rule.targetGroup.targetGroup)).toMatchObject(expected);
  });

  it("have what the balancer and the target say where an option is given as undefined", () => {
    const { balancer, target, tf } = testBalancer({
      deregistrationDelay: 20,
      healthCheck: { path: undefined, interval: 30 },
    });
    const group = balancer.forwardTo(target, {
      deregistrationDelay: undefined,
      healthCheck: { interval: undefined },
    });
    expect(tf().of(group.targetGroup)).toMatchObject({
      deregistration_delay: "20",
      health_check: { path: "/health", interval: 30 },
    });
  });

  it("send clients elsewhere, so that it can be taken back, or for good", () => {
    const { balancer, tf } = testBalancer();
    const soft = balancer.addRedirect("Sale", {
      paths: ["/sale"],
      path: "/shop/#{path}",
      query: "from=#{host}",
    });
    const hard = balancer.addRedirect("Old", {
      hosts: ["old.example.com"],
      host: "shop.example.com",
      permanent: true,
    });
    const json = tf();
    expect(json.of(soft.rule).action).toEqual([
      {
        type: "redirect",
        redirect: { path: "/shop/#{path}", query: "from=#{host}", status_code: "HTTP_302" },
      },
    ]);
    expect(json.of(hard.rule).action).toEqual([
      { type: "redirect", redirect: { host: "shop.example.com", status_code: "HTTP_301" } },
    ]);
  });

  it("send clients from HTTP to the port of HTTPS", () => {
    const { balancer, tf } = testBalancer({ plainHttp: true });
    const rule = balancer.addRedirect("Secure", { paths: ["/login"], protocol: "HTTPS" });
    expect(tf().of(rule.rule).action[0].redirect).toMatchObject({ protocol: "HTTPS", port: "443" });
  });

  it("answer, also with what Terraform would take for an expression", () => {
    const { balancer, tf } = testBalancer();
    const body = "<p>${name} is 5 %{high}</p>";
    const rule = balancer.addFixedResponse("Gone", {
      hosts: ["gone.example.com"],
      statusCode: 410,
      contentType: "text/html",
      body,
    });
    expect(tf().of(rule.rule).action).toEqual([
      {
        type: "fixed-response",
        fixed_response: {
          status_code: "410",
          content_type: "text/html",
          message_body: "<p>$${name} is 5 %%{high}</p>",
        },
      },
    ]);
  });

  it("come in the order of how specific they are, whatever their order in the code", () => {
    const rules: Record<string, RuleOptions> = {
      AnyHostShallow: { paths: ["/api/*"] },
      AnyHostAllPaths: { paths: ["/*"] },
      AnyHostDeep: { paths: ["/api/v1/*"] },
      AnyHostExact: { paths: ["/api/v1/status"] },
      OnlyGets: { methods: ["GET"] },
      Wildcard: { hosts: ["*.example.com"] },
      WildcardWithPath: { hosts: ["*.example.com"], paths: ["/api/*"] },
      Exact: { hosts: ["blog.example.com"] },
      ExactWithPath: { hosts: ["blog.example.com"], paths: ["/api/*"] },
      ExactForBeta: { hosts: ["blog.example.com"], headers: { "X-Beta": ["1"] } },
    };
    const order = [
      "ExactWithPath",
      "ExactForBeta",
      "Exact",
      "WildcardWithPath",
      "Wildcard",
      "AnyHostExact",
      "AnyHostDeep",
      "AnyHostShallow",
      "AnyHostAllPaths",
      "OnlyGets",
    ];
    expect(inOrder(rules)).toEqual(order);
    expect(inOrder(Object.fromEntries(Object.entries(rules).reverse()))).toEqual(order);
  });

  it("have numbers between 1000 and 50000 that other rules don't move", () => {
    const { balancer, target } = testBalancer();
    const numbers = (ids: string[], own = testBalancer()) =>
      ids.map((id) => own.balancer.addTargets(id, { target, hosts: [`${id}.example.com`] }).priority);
    const [shop, blog] = numbers(["shop", "blog"]);
    expect(numbers(["blog", "wiki", "shop"])).toEqual([blog, expect.any(Number), shop]);
    const last = balancer.addTargets("last", { target, methods: ["GET"] });
    for (const number of [shop!, blog!, last.priority]) {
      expect(number).toBeGreaterThanOrEqual(1000);
      expect(number).toBeLessThan(50_000);
    }
  });

  it("come where they are told to", () => {
    const { balancer, target, tf } = testBalancer();
    balancer.addTargets("All", { target, paths: ["/*"] });
    const first = balancer.addTargets("First", { target, paths: ["/*"], priority: 100 });
    expect(tf().of(first.rule).priority).toBe(33_336 + 100);
  });

  it("may be equally specific where no request is for both", () => {
    const { balancer, target } = testBalancer();
    const disjoint: RuleOptions[] = [
      { hosts: ["*.one.example.com"] },
      { hosts: ["*.two.example.com"] },
      { paths: ["/one/*"] },
      { paths: ["/two/*"] },
      { paths: ["/TWO/*"] },
      { methods: ["GET"] },
      { methods: ["POST"] },
      { paths: ["/three/*"], headers: { "X-Version": ["1.*"] } },
      { paths: ["/three/*"], headers: { "x-version": ["2.*"] } },
      { hosts: ["office.example.com"], sourceIps: ["192.0.2.0/25"] },
      { hosts: ["office.example.com"], sourceIps: ["192.0.2.128/25", "2001:db8::/32"] },
    ];
    for (const [index, options] of disjoint.entries())
      balancer.addTargets(`Rule-${index}`, { target, ...options });
  });

  it("let values through that are known only after deploy", () => {
    const { stack, balancer, target, tf } = testBalancer();
    const host = new TerraformVariable(stack, "host", { type: "string" }).stringValue;
    const hosts = new TerraformVariable(stack, "hosts", { type: "list(string)" }).listValue;
    const priority = new TerraformVariable(stack, "priority", { type: "number" }).numberValue;
    const one = balancer.addTargets("One", { target, hosts: [host] });
    const many = balancer.addTargets("Many", { target, hosts, priority });
    const redirect = balancer.addRedirect("Redirect", { paths: ["/old"], host });
    const json = tf();
    expect(json.of(one.rule).condition).toEqual([{ host_header: { values: ["${var.host}"] } }]);
    expect(json.of(many.rule)).toMatchObject({
      priority: "${(var.priority + 33336)}",
      condition: [{ host_header: { values: "${var.hosts}" } }],
    });
    expect(json.of(redirect.rule).action[0].redirect.host).toBe("${var.host}");
  });

  it("can be watched, with what is done where no rule is: when they are made, and when their actions change", () => {
    const { balancer, target } = testBalancer();
    const seen: string[] = [];
    balancer.addTargets("Before", { target, paths: ["/before/*"] });
    const { rules } = balancer as unknown as { rules: { watch(watcher: (route: Route) => void): void } };
    rules.watch(({ id = "all others", conditions, actions }) =>
      seen.push(`${id}: ${JSON.stringify(conditions?.paths)} ${actions.map((one) => one.type)}`),
    );
    expect(seen.splice(0)).toEqual(["all others: undefined fixed-response", 'Before: ["/before/*"] forward']);
    const rule = balancer.addTargets("After", { target, paths: ["/after/*"] });
    rule.forwardTo(new TestTarget(), { key: "Canary", weight: 1 });
    balancer.forwardTo(target);
    expect(seen).toEqual([
      'After: ["/after/*"] forward',
      'After: ["/after/*"] forward',
      "all others: undefined forward",
    ]);
  });
});
