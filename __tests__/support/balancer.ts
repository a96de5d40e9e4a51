import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import {
  ILoadBalancerTarget,
  LoadBalancer,
  LoadBalancerProps,
  Peer,
  TargetGroupRoute,
  WebHosts,
} from "../../lib";
import { existingNetwork, synth, testStack } from "./synth";

export const DOMAIN = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
/** An OpenID provider, for `Authentication.oidc`; without the client's secret. */
export const OIDC = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "shop",
};
export const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd";

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

/** A balancer in a network that exists, over HTTPS unless told otherwise, and a target that is not behind it yet. */
export function testBalancer(props: Partial<LoadBalancerProps> = {}, stack = testStack()) {
  const network = props.network ?? existingNetwork(stack);
  const https = props.domain || props.plainHttp ? {} : { certificateArn: CERTIFICATE };
  const balancer = new LoadBalancer(stack, "LoadBalancer", { network, ...https, ...props });
  return { stack, network, balancer, target: new TestTarget(), tf: () => synth(stack) };
}

/** The same before hosts. */
export function testBalancerWithHosts(props: Partial<LoadBalancerProps> = {}) {
  const setup = testBalancer(props);
  const hosts = new WebHosts(setup.stack, "Hosts", { network: setup.network });
  setup.balancer.forwardTo(hosts);
  return { ...setup, hosts };
}
