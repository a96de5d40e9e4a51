import { TerraformVariable } from "cdktf";
import { Connections, ExistingTargets } from "../../../lib";
import { existingNetwork, reference, synth, testStack } from "../../support/synth";
import { testBalancer } from "../../support/balancer";

const out = (tf: ReturnType<typeof testBalancer>["tf"]) =>
  Object.values(tf().resources("aws_vpc_security_group_egress_rule"));

function inIpv6Network() {
  const stack = testStack();
  const network = existingNetwork(stack, undefined, { ipv6: true });
  return { balancer: testBalancer({ network }, stack).balancer, tf: () => synth(stack) };
}

describe("ExistingTargets", () => {
  it("registers instances, and lets the balancer out to their security group", () => {
    const { balancer, tf } = testBalancer();
    const group = balancer.forwardTo(
      ExistingTargets.instances(
        { "web-1": "i-01", "web-2": "i-02" },
        { port: 8080, healthCheckPath: "/up", securityGroupId: "sg-01" },
      ),
    );
    const json = tf();
    expect(json.only("aws_lb_target_group")).toMatchObject({
      target_type: "instance",
      port: 8080,
      protocol: "HTTP",
      health_check: { path: "/up" },
    });
    const attachments = Object.entries(json.resources("aws_lb_target_group_attachment"));
    expect(attachments).toEqual([
      [
        expect.stringMatching(/^LoadBalancer_Targets_Target-i-01_/),
        expect.objectContaining({
          target_group_arn: reference(group.targetGroup, "arn"),
          target_id: "i-01",
          lifecycle: { create_before_destroy: true },
        }),
      ],
      [
        expect.stringMatching(/^LoadBalancer_Targets_Target-i-02_/),
        expect.objectContaining({ target_id: "i-02" }),
      ],
    ]);
    expect(out(tf)).toEqual([
      expect.objectContaining({ referenced_security_group_id: "sg-01", from_port: 8080 }),
    ]);
    expect(
      Object.values(json.resources("aws_vpc_security_group_ingress_rule")).map((rule) => rule.from_port),
    ).toEqual([443, 80]);
  });

  it("opens the targets' firewall too where their connections are given", () => {
    const { stack, balancer, tf } = testBalancer();
    const connections = new Connections(stack, { securityGroupIds: ["sg-01"], name: "machines" });
    balancer.addTargets("Api", {
      target: ExistingTargets.instances({ one: "i-01" }, { port: 3000, protocol: "HTTPS", connections }),
      paths: ["/api/*"],
    });
    expect(Object.values(tf().resources("aws_vpc_security_group_ingress_rule"))).toContainEqual(
      expect.objectContaining({
        security_group_id: "sg-01",
        from_port: 3000,
        referenced_security_group_id: reference(balancer.firewall.securityGroup, "id"),
      }),
    );
    expect(tf().only("aws_lb_target_group")).toMatchObject({
      protocol: "HTTPS",
      health_check: { protocol: "HTTPS" },
    });
  });

  it("registers addresses, and lets the balancer out to each", () => {
    const { balancer, tf } = testBalancer();
    balancer.forwardTo(ExistingTargets.ips({ a: "10.0.1.20", b: "10.0.2.20" }, { port: 80 }));
    const json = tf();
    expect(json.only("aws_lb_target_group")).toMatchObject({ target_type: "ip", ip_address_type: "ipv4" });
    const attachments = Object.values(json.resources("aws_lb_target_group_attachment"));
    expect(attachments.map((one) => [one.target_id, one.availability_zone])).toEqual([
      ["10.0.1.20", undefined],
      ["10.0.2.20", undefined],
    ]);
    expect(out(tf).map((rule) => rule.cidr_ipv4)).toEqual(["10.0.1.20/32", "10.0.2.20/32"]);
  });

  it("registers addresses outside of the VPC for all zones, and IPv6 ones as such", () => {
    const outside = testBalancer();
    outside.balancer.forwardTo(
      ExistingTargets.ips(
        { rack: "192.168.10.11" },
        { port: 80, outsideVpc: true, securityGroupId: "sg-01" },
      ),
    );
    expect(outside.tf().only("aws_lb_target_group_attachment").availability_zone).toBe("all");
    expect(out(outside.tf)).toEqual([expect.objectContaining({ referenced_security_group_id: "sg-01" })]);
    const six = inIpv6Network();
    six.balancer.forwardTo(ExistingTargets.ips({ six: "2001:db8::1" }, { port: 80 }));
    expect(six.tf().only("aws_lb_target_group").ip_address_type).toBe("ipv6");
    expect(out(six.tf)).toEqual([expect.objectContaining({ cidr_ipv6: "2001:db8::1/128" })]);
  });

  it("registers private addresses that are in no block that is known of the VPC: it may have further ones", () => {
    const { balancer, tf } = testBalancer();
    balancer.forwardTo(ExistingTargets.ips({ a: "172.16.1.20" }, { port: 80 }));
    expect(tf().only("aws_lb_target_group_attachment").target_id).toBe("172.16.1.20");
  });

  it("spells an IPv6 address as everybody does, so that another spelling changes nothing", () => {
    const { balancer, tf } = inIpv6Network();
    const addresses = { six: "2001:DB8:0:0::0001" };
    balancer.forwardTo(ExistingTargets.ips(addresses, { port: 80, securityGroupId: "sg-01" }));
    expect(Object.entries(tf().resources("aws_lb_target_group_attachment"))).toEqual([
      [
        expect.stringMatching(/^LoadBalancer_Targets_Target-2001-db8--1_/),
        expect.objectContaining({ target_id: "2001:db8::1" }),
      ],
    ]);
  });

  it("registers an Auto Scaling group", () => {
    const { balancer, tf } = testBalancer();
    const group = balancer.forwardTo(
      ExistingTargets.autoScalingGroup("legacy-web", { port: 8080, securityGroupId: "sg-01" }),
    );
    expect(tf().only("aws_autoscaling_attachment")).toMatchObject({
      autoscaling_group_name: "legacy-web",
      lb_target_group_arn: reference(group.targetGroup, "arn"),
    });
  });

  it("lets values through that are known only after deploy", () => {
    const { stack, balancer, tf } = testBalancer();
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    balancer.forwardTo(ExistingTargets.ips({ a: text("one"), b: text("two") }, { port: 80 }));
    balancer.addTargets("Api", {
      target: ExistingTargets.instances({ a: text("three") }, { port: 80, securityGroupId: text("group") }),
      paths: ["/api/*"],
    });
    expect(out(tf).map((rule) => rule.cidr_ipv4 ?? rule.referenced_security_group_id)).toEqual([
      "${var.one}/32",
      "${var.two}/32",
      "${var.group}",
    ]);
  });
});
