import { HostApplication, MachineImage, Peer, Port, WebHosts, WebHostsProps } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, testStack } from "../support/synth";

interface Props extends Partial<WebHostsProps> {
  readonly zones?: readonly string[];
  readonly peers?: readonly Peer[];
}

testChanges<Props>({
  of: "WebHosts",
  stack: ({ zones = ZONES, peers = [], ...props }) => {
    const stack = testStack();
    const network = existingNetwork(stack, zones);
    const hosts = new WebHosts(stack, "Hosts", { network, ...props });
    for (const peer of peers) hosts.connections.allowTo(peer, Port.HTTPS);
    return stack;
  },
  inPlace: {
    "a host is added": { minHosts: 3 },
    "a zone is added": { zones: [...ZONES, "eu-west-1c"] },
    "the application is another version": {
      application: HostApplication.container("ghcr.io/acme/shop:2", { port: 80 }),
    },
    "the environment changes": { environment: { STAGE: "live" } },
    "the hosts are larger": { instanceType: "t3.large" },
    "they boot another distribution": { image: MachineImage.debian12() },
    "a rule is added": { peers: [Peer.ipv4("192.0.2.0/24")] },
  },
  destroying: {
    "a rule is taken away": [{ peers: [Peer.ipv4("192.0.2.0/24"), Peer.ipv4("198.51.100.0/24")] }, {}],
  },
});
