import { ILoadBalancerTarget, LoadBalancerProps, Peer, TargetGroup, TargetGroupOptions } from "../../../lib";
import { testBalancer } from "../../support/balancer";
import { Config } from "../../support/synth";

function group(props: Partial<LoadBalancerProps>, options?: TargetGroupOptions, target = {}): Config {
  const { balancer, tf } = testBalancer(props);
  const anything: ILoadBalancerTarget = {
    port: 8443,
    peer: Peer.ipv4("10.0.0.0/16"),
    attachToTargetGroup: () => undefined,
    ...target,
  };
  balancer.forwardTo(anything, options);
  return tf().only("aws_lb_target_group");
}

describe("a target group", () => {
  it("writes out what Terraform could not take back otherwise", () => {
    expect(group({})).toMatchObject({
      protocol: "HTTP",
      protocol_version: "HTTP1",
      load_balancing_cross_zone_enabled: "true",
      target_group_health: {
        unhealthy_state_routing: {
          minimum_healthy_targets_count: 1,
          minimum_healthy_targets_percentage: "off",
        },
        dns_failover: { minimum_healthy_targets_count: "1", minimum_healthy_targets_percentage: "off" },
      },
      health_check: { protocol: "HTTP", path: "/", matcher: "200" },
    });
  });

  it("speaks to targets, and checks them, over what they speak", () => {
    expect(group({}, {}, { protocol: "HTTPS" })).toMatchObject({
      protocol: "HTTPS",
      port: 8443,
      health_check: { protocol: "HTTPS" },
    });
  });

  it("checks targets that speak gRPC by its codes", () => {
    expect(group({ protocolVersion: "GRPC" })).toMatchObject({
      protocol_version: "GRPC",
      health_check: { path: "/AWS.ALB/healthcheck", matcher: "12" },
    });
    const healthCheck = { path: "/grpc.health.v1.Health/Check", matcher: "0" };
    expect(group({ protocolVersion: "GRPC" }, { healthCheck }).health_check).toMatchObject(healthCheck);
  });

  it("keeps requests within their zones on request, a target's options over the balancer's", () => {
    expect(group({ crossZone: false }).load_balancing_cross_zone_enabled).toBe("false");
    expect(group({ crossZone: false }, { crossZone: true }).load_balancing_cross_zone_enabled).toBe("true");
  });

  it("lets clients leave a zone when its unhealthy targets get requests", () => {
    const { target_group_health } = group({ targetHealth: { routing: { count: 2, percentage: 50 } } });
    expect(target_group_health).toEqual({
      unhealthy_state_routing: {
        minimum_healthy_targets_count: 2,
        minimum_healthy_targets_percentage: "50",
      },
      dns_failover: { minimum_healthy_targets_count: "2", minimum_healthy_targets_percentage: "50" },
    });
  });

  it("lets clients leave a zone earlier, or never", () => {
    const earlier = group({ targetHealth: { dnsFailover: { count: 3, percentage: "off" } } });
    expect(earlier.target_group_health.dns_failover).toEqual({
      minimum_healthy_targets_count: "3",
      minimum_healthy_targets_percentage: "off",
    });
    const never = group({ targetHealth: { routing: { count: 2 }, dnsFailover: "off" } });
    expect(never.target_group_health).toMatchObject({
      unhealthy_state_routing: { minimum_healthy_targets_count: 2 },
      dns_failover: { minimum_healthy_targets_count: "off", minimum_healthy_targets_percentage: "off" },
    });
  });

  it("has all this alone, too", () => {
    const { stack, network, tf } = testBalancer();
    new TargetGroup(stack, "Group", { network, port: 443, protocol: "HTTPS", protocolVersion: "HTTP2" });
    expect(tf().only("aws_lb_target_group")).toMatchObject({ protocol: "HTTPS", protocol_version: "HTTP2" });
  });
});
