import { LoadBalancer, LoadBalancerProps, Peer, WebHosts } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, testStack } from "../support/synth";

const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
interface Props extends Partial<LoadBalancerProps> {
  readonly zones?: readonly string[];
  readonly port?: number;
}

testChanges<Props>({
  of: "LoadBalancer",
  stack: ({ zones = ZONES, port, ...props }) => {
    const stack = testStack();
    const network = existingNetwork(stack, zones);
    const https = props.certificateArn || props.plainHttp ? {} : { domain };
    const balancer = new LoadBalancer(stack, "LoadBalancer", { network, ...https, ...props });
    balancer.forwardTo(new WebHosts(stack, "Hosts", { network, reverseProxy: { port } }));
    return stack;
  },
  inPlace: {
    "a zone is added": { zones: [...ZONES, "eu-west-1c"] },
    "the distribution changes": { distribution: "least_outstanding_requests" },
    "the health check changes": { healthCheck: { path: "/ready", interval: 30 } },
    "sessions stick": { stickiness: {} },
    "connections may be idle for longer": { idleTimeout: 120 },
    "it may be deleted": { deletionProtection: false },
    "it is opened to another network": [
      { clients: [Peer.ipv4("192.0.2.0/24")] },
      { clients: [Peer.ipv4("192.0.2.0/24"), Peer.ipv4("198.51.100.0/24")] },
    ],
    "access logs are turned off": { accessLogs: false },
    "HTTPS comes to plain HTTP": [{ plainHttp: true }, {}],
  },
  destroying: {
    "it gets a name": { name: "shop" },
    "it gets a name, and may be deleted": [{ deletionProtection: false }, { name: "shop" }],
    "its certificate is for another name": {
      domain: { ...domain, alternativeNames: ["www.shop.example.com"] },
    },
    "the port of its targets is another": { port: 9000 },
    "it is closed to a network": { clients: [Peer.ipv4("192.0.2.0/24")] },
    "all logs are turned off": { accessLogs: false, connectionLogs: false },
  },
  refusedByGuard: ["it gets a name"],
});
