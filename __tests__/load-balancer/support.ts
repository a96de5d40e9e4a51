import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ILoadBalancerTarget, LoadBalancer, LoadBalancerProps, Peer, TargetGroupRoute } from "../../lib";
import { existingNetwork, synth, testStack } from "../support/synth";

export const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };

/** A target that registers nothing, and remembers what it was told. */
export class TestTarget implements ILoadBalancerTarget {
  public readonly port: number = 8080;
  public readonly healthCheckPath = "/health";
  public readonly peer = Peer.ipv4("10.9.0.0/24");
  public readonly attached: { targetGroup: LbTargetGroup; route?: TargetGroupRoute }[] = [];

  public attachToTargetGroup(targetGroup: LbTargetGroup, route?: TargetGroupRoute): void {
    this.attached.push({ targetGroup, route });
  }
}

export function testBalancer(
  stack: Construct,
  props: Partial<LoadBalancerProps> = { domain },
  id = "LoadBalancer",
): LoadBalancer {
  return new LoadBalancer(stack, id, { network: props.network ?? existingNetwork(stack), ...props });
}

/** A balancer in a stack of its own. */
export function setUp(props: Partial<LoadBalancerProps> = { domain }) {
  const stack: TerraformStack = testStack();
  const balancer = testBalancer(stack, props);
  return { stack, balancer, target: new TestTarget(), tf: () => synth(stack) };
}
