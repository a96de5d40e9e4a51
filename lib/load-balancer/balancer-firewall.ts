import { Construct } from "constructs";
import { Firewall, Port } from "../firewall";
import { cloudFrontPeers, isCloudFrontOnly } from "./cloud-front";
import { LoadBalancerProps } from "./load-balancer-props";
import { Placement } from "./placement";

/** Whether the balancer sends clients from port 80 to HTTPS. */
export function redirectsHttp(props: LoadBalancerProps): boolean {
  return !props.plainHttp && (props.httpRedirect ?? !isCloudFrontOnly(props));
}

/** The balancer's firewall, which lets clients in to the ports that it listens on. */
export function createFirewall(scope: Construct, props: LoadBalancerProps, placement: Placement): Firewall {
  const firewall = new Firewall(scope, "Firewall", {
    network: props.network,
    description: "Load balancer",
    defaultPort: props.plainHttp ? Port.HTTP : Port.HTTPS,
  });
  const clients = isCloudFrontOnly(props)
    ? cloudFrontPeers(firewall, props, placement.ipAddressType)
    : placement.clients;
  for (const client of clients) {
    if (!props.plainHttp) firewall.connections.allowFrom(client, Port.HTTPS);
    if (props.plainHttp || redirectsHttp(props)) firewall.connections.allowFrom(client, Port.HTTP);
  }
  return firewall;
}
