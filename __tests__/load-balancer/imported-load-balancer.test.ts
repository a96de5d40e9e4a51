import { TerraformVariable } from "cdktf";
import { LoadBalancer, LoadBalancerAttributes, WebHosts } from "../../lib";
import { existingNetwork, reference, synth, testStack } from "../support/synth";
import { TestTarget } from "../support/balancer";

const listenerArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2";

function existing(attributes: Partial<LoadBalancerAttributes> = {}, stackId = "shop") {
  const stack = testStack(stackId);
  const network = existingNetwork(stack);
  const balancer = LoadBalancer.fromAttributes(stack, "Shared", {
    listenerArn,
    securityGroupIds: ["sg-01"],
    dnsName: "web-1234.eu-west-1.elb.amazonaws.com",
    zoneId: "Z32O12XQLNTSW2",
    network,
    ...attributes,
  });
  return { stack, network, balancer, tf: () => synth(stack) };
}

describe("a LoadBalancer that exists", () => {
  it("gets rules on its listener, and is let out to their targets", () => {
    const { stack, network, balancer, tf } = existing();
    const hosts = new WebHosts(stack, "Blog", { network });
    const rule = balancer.addTargets("Blog", { target: hosts, hosts: ["blog.example.com"], priority: 20 });
    const json = tf();
    expect(json.of(rule.rule)).toMatchObject({
      listener_arn: listenerArn,
      priority: 20,
      action: [{ type: "forward", target_group_arn: reference(rule.targetGroup.targetGroup, "arn") }],
    });
    const group = reference(hosts.firewall.securityGroup, "id");
    expect(Object.values(json.resources("aws_vpc_security_group_egress_rule"))).toContainEqual(
      expect.objectContaining({ security_group_id: "sg-01", referenced_security_group_id: group }),
    );
    expect(Object.values(json.resources("aws_vpc_security_group_ingress_rule"))).toEqual([
      expect.objectContaining({
        security_group_id: group,
        referenced_security_group_id: "sg-01",
        from_port: 9080,
      }),
    ]);
    expect([json.count("aws_lb"), json.count("aws_lb_listener")]).toEqual([0, 0]);
  });

  it("gives rules numbers of their own in each stack, within the same band, and the same again each time", () => {
    const number = (stackId: string) => {
      const rule = { paths: ["/robots.txt"], statusCode: 200 };
      return existing({}, stackId).balancer.addFixedResponse("Robots", rule).priority;
    };
    expect(number("shop")).toBe(number("shop"));
    expect(number("blog")).not.toBe(number("shop"));
    expect(Math.abs(number("blog") - number("shop"))).toBeLessThan(372);
  });

  it("gives rules numbers behind the maintenance page of a LoadBalancer that has the listener", () => {
    const { balancer, tf } = existing({ behindMaintenance: true });
    const first = balancer.addFixedResponse("First", { paths: ["/a"], statusCode: 200, priority: 1 });
    const rule = balancer.addFixedResponse("Robots", { paths: ["/robots.txt"], statusCode: 200 });
    const json = tf();
    expect(json.of(first.rule).priority).toBe(33_337);
    expect(json.of(rule.rule).priority).toBe(33_336 + rule.priority);
  });

  it("has records of the addresses that clients reach it over", () => {
    const { balancer, tf } = existing({ ipAddressType: "dualstack" });
    balancer.addAlias("blog.example.com", "Z0123456789ABC");
    const types = Object.values(tf().resources("aws_route53_record")).map(({ type }) => type);
    expect(types.sort()).toEqual(["A", "AAAA"]);
  });

  it("tells targets its name in metrics, from the listener's ARN", () => {
    const { balancer } = existing();
    const target = new TestTarget();
    balancer.addTargets("Blog", { target, hosts: ["blog.example.com"] });
    expect(target.attached[0]!.route!.loadBalancerArnSuffix).toBe("app/web/50dc6c495c0c9188");
  });

  it("redirects, answers, and gets further names", () => {
    const { balancer, tf } = existing();
    balancer.addRedirect("Old", { hosts: ["old.example.com"], host: "new.example.com" });
    balancer.addFixedResponse("Robots", { paths: ["/robots.txt"], statusCode: 200 });
    balancer.addAlias("blog.example.com", "Z0123456789ABC");
    const json = tf();
    expect(Object.values(json.resources("aws_lb_listener_rule")).map((rule) => rule.action[0].type)).toEqual([
      "redirect",
      "fixed-response",
    ]);
    expect(json.only("aws_route53_record").alias).toEqual({
      name: "web-1234.eu-west-1.elb.amazonaws.com",
      zone_id: "Z32O12XQLNTSW2",
      evaluate_target_health: true,
    });
  });

  it("gives targets what it was told for all of them", () => {
    const { balancer, tf } = existing({ distribution: "least_outstanding_requests" });
    balancer.addTargets("Blog", { target: new TestTarget(), hosts: ["blog.example.com"] });
    expect(tf().only("aws_lb_target_group").load_balancing_algorithm_type).toBe("least_outstanding_requests");
  });

  it("may be known only after deploy", () => {
    const { stack, network } = existing();
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const balancer = LoadBalancer.fromAttributes(stack, "Unknown", {
      listenerArn: text("listener"),
      loadBalancerArnSuffix: text("suffix"),
      securityGroupIds: [text("group")],
      dnsName: text("name"),
      zoneId: text("zone"),
      network,
    });
    const rule = balancer.addTargets("Blog", { target: new TestTarget(), hosts: ["blog.example.com"] });
    expect(synth(stack).of(rule.rule).listener_arn).toBe("${var.listener}");
  });
});
