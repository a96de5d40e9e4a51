import { LoadBalancer, LoadBalancerProps, WebHosts } from "../../lib";
import { existingNetwork, synth, testStack } from "./synth";

export const DOMAIN = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
export const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd";

/** A balancer in a network that exists, over HTTPS unless told otherwise. */
export function testBalancer(props: Partial<LoadBalancerProps> = {}, stack = testStack()) {
  const network = props.network ?? existingNetwork(stack);
  const https = props.domain || props.plainHttp ? {} : { certificateArn: CERTIFICATE };
  const balancer = new LoadBalancer(stack, "LoadBalancer", { network, ...https, ...props });
  return { stack, network, balancer, tf: () => synth(stack) };
}

/** The same before hosts. */
export function testBalancerWithHosts(props: Partial<LoadBalancerProps> = {}) {
  const setup = testBalancer(props);
  const hosts = new WebHosts(setup.stack, "Hosts", { network: setup.network });
  setup.balancer.forwardTo(hosts);
  return { ...setup, hosts };
}
