import { LoadBalancerProps, MaintenanceOptions, MutualTls, WebHosts } from "../../lib";
import { testChanges } from "../support/changes";
import { CERTIFICATE, testBalancer } from "../support/balancer";

const certificate = (name: string) => CERTIFICATE.replace("1234abcd", name);
const maintenance = (options: MaintenanceOptions): Partial<LoadBalancerProps> => ({ maintenance: options });
const caBundle = { bucket: "authorities", key: "ca.pem" };
const office = ["192.0.2.7", "198.51.100.0/24"];

interface Props extends Partial<LoadBalancerProps> {
  /** Paths that are gone, each by a rule. */
  readonly gone?: readonly string[];
  /** Whether hosts have no nginx before their application. */
  readonly reverseProxy?: false;
}

testChanges<Props>({
  of: "LoadBalancer's safety",
  stack: ({ gone = ["old"], reverseProxy, ...props }) => {
    const { stack, network, balancer } = testBalancer(props);
    balancer.forwardTo(new WebHosts(stack, "Hosts", { network, reverseProxy }));
    for (const path of gone) balancer.addFixedResponse(path, { paths: [`/${path}`], statusCode: 410 });
    return stack;
  },
  nothing: {
    "what is said is the default": {
      responseHeaders: { strictTransportSecurity: {}, noSniff: true, server: false },
      desyncMitigation: "defensive",
      zonalShift: true,
      connectionLogs: {},
      httpRedirect: true,
      cloudFrontOnly: false,
      internal: false,
      ipAddressType: "ipv4",
      protocolVersion: "HTTP1",
      crossZone: true,
      targetHealth: {},
    },
    "an address that is let through is said twice": [
      maintenance({ active: false, allow: ["192.0.2.7/32"] }),
      maintenance({ active: false, allow: ["192.0.2.7", "192.0.2.7/32"] }),
    ],
  },
  inPlace: {
    "headers change": {
      responseHeaders: { strictTransportSecurity: { maxAge: 0 }, frameOptions: "DENY", server: true },
    },
    "port 80 sends clients to HTTPS": [{ httpRedirect: false }, {}],
    "attributes change": { desyncMitigation: "strictest", zonalShift: false, clientKeepAlive: 600 },
    "capacity is reserved": { minimumCapacityUnits: 200 },
    "connection logs are turned off": { connectionLogs: false },
    "health check logs are turned on": { healthCheckLogs: {} },
    "connection logs go into a folder": { connectionLogs: { prefix: "connections" } },
    "a certificate is added": [
      { additionalCertificates: { wiki: certificate("wiki") } },
      { additionalCertificates: { blog: certificate("blog"), wiki: certificate("wiki") } },
    ],
    "clients have to show certificates": { mutualTls: MutualTls.verify({ caBundle }) },
    "clients have to show certificates of a trust store that exists": {
      mutualTls: MutualTls.verify({ trustStoreArn: trustStore("partners") }),
    },
    "requests stay in their zones": { crossZone: false },
    "more hosts have to be healthy": { targetHealth: { routing: { percentage: 50 } } },
    "a maintenance page is made ready": maintenance({ active: false }),
    "the maintenance page is shown": [maintenance({ active: false }), maintenance({ active: true })],
    "the maintenance page is shown to all but some": [
      maintenance({ active: false, allow: office }),
      maintenance({ active: true, allow: office }),
    ],
    "an address more is let through": [
      maintenance({ active: true, allow: office }),
      maintenance({ active: true, allow: [...office, "203.0.113.9"] }),
    ],
    "a rule is added in the middle, for some who are let through too": [
      { ...maintenance({ active: true, allow: office }), gone: ["first", "last"] },
      { ...maintenance({ active: true, allow: office }), gone: ["first", "middle", "last"] },
    ],
    "the maintenance page is another": [
      maintenance({ active: false }),
      maintenance({ active: false, page: "<h1>Back at noon</h1>", retryAfter: 7200 }),
    ],
  },
  destroying: {
    "it becomes internal": { internal: true },
    "nothing listens on port 80 any more": { httpRedirect: false },
    "only CloudFront gets through": { cloudFrontOnly: { prefixListId: "pl-0123456789abcdef0" } },
    "the maintenance page is hidden": [maintenance({ active: true }), maintenance({ active: false })],
    "the maintenance page is hidden again from all but some": [
      maintenance({ active: true, allow: office }),
      maintenance({ active: false, allow: office }),
    ],
    "there is no maintenance page any more": [maintenance({ active: false }), {}],
    "a certificate is removed": [
      { additionalCertificates: { blog: certificate("blog"), wiki: certificate("wiki") } },
      { additionalCertificates: { wiki: certificate("wiki") } },
    ],
    "clients need no certificates any more": [
      { mutualTls: MutualTls.verify({ caBundle }) },
      { mutualTls: MutualTls.off() },
    ],
    "hosts speak HTTP/2": [{ reverseProxy: false }, { reverseProxy: false, protocolVersion: "HTTP2" }],
    "a balancer with a rule moves from plain HTTP to HTTPS": [{ plainHttp: true }, {}],
  },
  refusedByGuard: ["it becomes internal"],
});

function trustStore(name: string): string {
  return `arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/${name}/0123456789abcdef`;
}
