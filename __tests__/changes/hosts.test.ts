import {
  HostApplication,
  MachineImage,
  Network,
  Peer,
  Port,
  TargetGroup,
  WebHosts,
  WebHostsProps,
} from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, existingNetwork, testStack } from "../support/synth";

interface Props extends Partial<WebHostsProps> {
  readonly zones?: readonly string[];
  /** Whether they stand in a network of which the endpoints are known. */
  readonly endpoints?: boolean;
  readonly peers?: readonly Peer[];
  /** Whether there is a balancer before them. */
  readonly balancer?: boolean;
}

const at = (recurrence: string) => ({ desiredHosts: 4, recurrence });

testChanges<Props>({
  of: "WebHosts",
  stack: ({ zones = ZONES, peers = [], balancer, endpoints, ...props }) => {
    const stack = testStack();
    const network = endpoints
      ? new Network(stack, "Network", {
          availabilityZones: zones,
          interfaceEndpoints: ["ssm", "logs", "monitoring"],
        })
      : existingNetwork(stack, zones);
    const hosts = new WebHosts(stack, "Hosts", { network, ...props });
    if (balancer) {
      const group = new TargetGroup(stack, "Targets", { network, port: hosts.port });
      hosts.attachToTargetGroup(group.targetGroup, { loadBalancerArnSuffix: "app/web/50dc6c495c0c9188" });
    }
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
    "the image is another one": [
      { image: MachineImage.ami("ami-0123456789abcdef0") },
      { image: MachineImage.ami("ami-0fedcba9876543210") },
    ],
    "nginx is told something else": { reverseProxy: { maxBodySize: 100 } },
    "security updates are turned off": { securityUpdates: false },
    "logs are kept for less long": { logs: { retentionDays: 30 } },
    "a schedule is added in the middle": [
      { scaling: { schedules: { early: at("0 6 * * *"), late: at("0 22 * * *") } } },
      { scaling: { schedules: { early: at("0 6 * * *"), noon: at("0 12 * * *"), late: at("0 22 * * *") } } },
    ],
    "hosts scale by another number": { scaling: { cpuUtilization: 40 } },
    "some hosts become spot instances": { spotShare: 50 },
    "hosts are of one type only": { instanceTypes: ["t3.small"] },
    "replacements pause": { rollingReplacement: { checkpoints: [50, 100] } },
    "the hosts are larger": { instanceTypes: ["t3.large", "t3a.large"] },
    "they boot another distribution": { image: MachineImage.debian12() },
    "their tags change": { tags: { Team: "shop" } },
    "a rule is added": { peers: [Peer.ipv4("192.0.2.0/24")] },
  },
  destroying: {
    "one host goes to sleep": [{ balancer: true }, { setup: "activePassive", balancer: true }],
    "the sleeping host works too": [{ setup: "activePassive", balancer: true }, { balancer: true }],
    "scaling is by a metric of the user's own": {
      scaling: { metrics: { jobs: { namespace: "Shop", metricName: "Jobs", targetValue: 5 } } },
    },
    "logs are turned off": { logs: false },
    "they reach endpoints only": [{ endpoints: true }, { endpoints: true, egress: "endpoints" }],
    "they reach the internet again": [{ endpoints: true, egress: "endpoints" }, { endpoints: true }],
    "a rule is taken away": [{ peers: [Peer.ipv4("192.0.2.0/24"), Peer.ipv4("198.51.100.0/24")] }, {}],
  },
});
