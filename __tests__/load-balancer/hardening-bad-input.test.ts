import { Fn } from "cdktf";
import {
  Authentication,
  MaintenancePage,
  MutualTls,
  Network,
  Peer,
  RuleConditions,
  TargetGroup,
} from "../../lib";
import { noise, testRefusals } from "../support/bad-input";
import { CERTIFICATE, testBalancer } from "../support/balancer";
import { testStack } from "../support/synth";

const anything = (value: unknown) => value as never;

const balancer = (props: object) => () => testBalancer(props).balancer;
const headers = (responseHeaders: object) => balancer({ responseHeaders });
const maintenance = (props: object) => balancer({ maintenance: { active: false, ...props } });
const group = (props: object) => () =>
  new TargetGroup(testStack(), "Group", { network: { vpcId: "vpc-0a" }, port: 80, ...props });
const copy = (allow: readonly string[], conditions: RuleConditions) => () =>
  maintenance({ allow })().addFixedResponse("Api", { ...conditions, statusCode: 410 });
const inIpv6Network = (props: object) => () => {
  const stack = testStack();
  const subnets = { "eu-west-1a": "subnet-0a", "eu-west-1b": "subnet-0b" };
  const network = Network.fromAttributes(stack, "Network", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    publicSubnetIds: subnets,
    applicationSubnetIds: subnets,
    ipv6: true,
  });
  testBalancer({ network, ...props }, stack);
};

testRefusals({
  "HSTS over plain HTTP": balancer({
    plainHttp: true,
    responseHeaders: { strictTransportSecurity: { maxAge: 60 } },
  }),
  "HSTS for less than no time": headers({ strictTransportSecurity: { maxAge: -1 } }),
  "HSTS to be preloaded for a day": headers({
    strictTransportSecurity: { maxAge: 86_400, includeSubDomains: true, preload: true },
  }),
  "HSTS to be preloaded for one name": headers({ strictTransportSecurity: { preload: true } }),
  "a frame option in lower case": headers({ frameOptions: "deny" }),
  "frames allowed from nowhere": headers({ frameOptions: "ALLOW-FROM" }),
  "a content security policy that is too long": headers({ contentSecurityPolicy: "x".repeat(1025) }),
  "a content security policy of two lines": headers({ contentSecurityPolicy: "default-src 'self'\nX: y" }),
  "two origins": headers({ cors: { allowOrigin: "https://a.example.com, https://b.example.com" } }),
  "an origin with a path": headers({ cors: { allowOrigin: "https://a.example.com/" } }),
  "credentials for every origin": headers({ cors: { allowOrigin: "*", allowCredentials: true } }),
  "no origin": headers({ cors: {} }),
  "a method in lower case": headers({ cors: { allowOrigin: "*", allowMethods: ["get"] } }),
  "two headers in one": headers({ cors: { allowOrigin: "*", allowHeaders: ["A, B"] } }),
  "too many headers": headers({ cors: { allowOrigin: "*", exposeHeaders: Array(200).fill("X-Header") } }),
  "an answer about origins remembered for a week": headers({ cors: { allowOrigin: "*", maxAge: 604_800 } }),

  "a redirect by a word": balancer({ httpRedirect: "false" }),
  "a redirect beside plain HTTP": balancer({ plainHttp: true, httpRedirect: true }),
  "no redirect beside plain HTTP": balancer({ plainHttp: true, httpRedirect: false }),
  "CloudFront by a word": balancer({ cloudFrontOnly: "pl-0a" }),
  "CloudFront by nothing": balancer({ cloudFrontOnly: null }),
  "CloudFront without its list": balancer({ cloudFrontOnly: {} }),
  "CloudFront by its list's name": balancer({
    cloudFrontOnly: { prefixListId: "com.amazonaws.global.cloudfront.origin-facing" },
  }),
  "CloudFront and others": balancer({ cloudFrontOnly: true, clients: [Peer.ipv4("192.0.2.0/24")] }),
  "CloudFront before an internal balancer": balancer({ cloudFrontOnly: true, internal: true }),
  "CloudFront on two ports": balancer({ cloudFrontOnly: true, httpRedirect: true }),

  "smuggled requests watched only": balancer({ desyncMitigation: anything("monitor") }),
  "an unknown treatment of X-Forwarded-For": balancer({ xForwardedFor: anything("keep") }),
  "a client's port in a header that is removed": balancer({ xForwardedFor: "remove", clientPort: true }),
  "connections for less than a minute": balancer({ clientKeepAlive: 59 }),
  "too little reserved capacity": balancer({ minimumCapacityUnits: 99 }),

  "a folder of connection logs with AWSLogs": balancer({ connectionLogs: { prefix: "AWSLogs/shop" } }),
  "an ARN for a bucket of health check logs": balancer({
    healthCheckLogs: { bucketName: "arn:aws:s3:::logs" },
  }),
  "two retentions in one bucket": balancer({
    accessLogs: { retentionDays: 30 },
    connectionLogs: { retentionDays: 90 },
  }),
  "a retention for connection logs in somebody else's bucket": balancer({
    accessLogs: { bucketName: "central-logs" },
    connectionLogs: { retentionDays: 90 },
  }),

  "a further certificate with plain HTTP": balancer({
    plainHttp: true,
    additionalCertificates: { blog: CERTIFICATE },
  }),
  "a further certificate of another region": balancer({
    additionalCertificates: { blog: CERTIFICATE.replace("eu-west-1", "us-east-1") },
  }),
  "a further certificate that is none": balancer({ additionalCertificates: { blog: "blog.example.com" } }),
  "a certificate twice": balancer({
    additionalCertificates: {
      blog: CERTIFICATE.replace("1234", "5678"),
      wiki: CERTIFICATE.replace("1234", "5678"),
    },
  }),
  "the balancer's own certificate as a further one": () => balancer({})().addCertificate("blog", CERTIFICATE),
  "a key of a certificate with a slash": () => balancer({})().addCertificate("a/b", CERTIFICATE),

  "no clients": balancer({ clients: [] }),
  "IPv6 in a network without": balancer({ ipAddressType: "dualstack" }),
  "an unknown kind of addresses": inIpv6Network({ ipAddressType: anything("ipv6") }),
  "no public IPv4 for a balancer that has none": inIpv6Network({
    internal: true,
    ipAddressType: "dualstack-without-public-ipv4",
  }),
  "the network as clients, whose IPv6 block is not known": inIpv6Network({ internal: true }),
  "an internal balancer without application subnets": () => {
    const stack = testStack();
    const network = Network.fromAttributes(stack, "Network", {
      vpcId: "vpc-0a",
      cidrBlock: "10.0.0.0/16",
      publicSubnetIds: { "eu-west-1a": "subnet-0a", "eu-west-1b": "subnet-0b" },
    });
    testBalancer({ network, internal: true }, stack);
  },

  "an unknown protocol": group({ protocol: "TCP" }),
  "an unknown version of the protocol": group({ protocolVersion: "HTTP3" }),
  "gRPC without HTTP/2": balancer({ protocolVersion: "GRPC", http2: false }),
  "gRPC to a target without HTTP/2": () =>
    balancer({ http2: false })().forwardTo(anything({ port: 80 }), { protocolVersion: "GRPC" }),
  "gRPC with plain HTTP": balancer({ plainHttp: true, protocolVersion: "GRPC" }),
  "HTTP/2 to a target with plain HTTP": () =>
    balancer({ plainHttp: true })().forwardTo(anything({ port: 80 }), { protocolVersion: "HTTP2" }),
  "a code of HTTP for gRPC": group({ protocolVersion: "GRPC", healthCheck: { matcher: "200" } }),
  "a code of gRPC for HTTP": group({ healthCheck: { matcher: "12" } }),
  "an answer to a health check in less than two seconds": group({ healthCheck: { timeout: 1 } }),
  "an answer to a health check after more than two minutes": group({
    healthCheck: { timeout: 121, interval: 300 },
  }),
  "a slow start of more than a quarter of an hour": group({ slowStart: 901 }),
  "fewer requests for hosts with errors, where the least busy host gets them": group({
    distribution: "least_outstanding_requests",
    anomalyMitigation: true,
  }),
  "stickiness within zones": group({ crossZone: false, stickiness: {} }),
  "no healthy target": group({ targetHealth: { routing: { count: 0 } } }),
  "no count of healthy targets": group({ targetHealth: { routing: { count: anything("off") } } }),
  "more than all targets": group({ targetHealth: { dnsFailover: { percentage: 101 } } }),
  "DNS failover after unhealthy targets get requests": group({
    targetHealth: { routing: { percentage: 50 }, dnsFailover: { percentage: 20 } },
  }),
  "DNS failover at fewer targets": group({
    targetHealth: { routing: { count: 3 }, dnsFailover: { count: 2 } },
  }),

  "mutual TLS with plain HTTP": balancer({ plainHttp: true, mutualTls: MutualTls.passthrough() }),
  "no trust store": balancer({ mutualTls: MutualTls.verify(anything({})) }),
  "two trust stores": balancer({
    mutualTls: MutualTls.verify(
      anything({ trustStoreArn: "arn:…", caBundle: { bucket: "authorities", key: "ca.pem" } }),
    ),
  }),
  "an ARN that is no trust store's": balancer({
    mutualTls: MutualTls.verify({ trustStoreArn: CERTIFICATE }),
  }),
  "revocations for somebody else's trust store": balancer({
    mutualTls: MutualTls.verify(
      anything({
        trustStoreArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/shop/1",
        revocations: {},
      }),
    ),
  }),
  "an ARN for the bucket of a bundle": balancer({
    mutualTls: MutualTls.verify({ caBundle: { bucket: "arn:aws:s3:::authorities", key: "ca.pem" } }),
  }),
  "a key of a list that starts with a slash": balancer({
    mutualTls: MutualTls.verify({
      caBundle: { bucket: "authorities", key: "ca.pem" },
      revocations: { partners: { bucket: "authorities", key: "/partners.crl" } },
    }),
  }),

  "a maintenance page that is too long": maintenance({ page: `<p>${noise(12_000)}` }),
  "the name of a file for a maintenance page": maintenance({ page: "maintenance.html" }),
  "an empty maintenance page": () => new MaintenancePage(testStack(), "Maintenance", { page: "" }),
  "clients that never come again": maintenance({ retryAfter: 0 }),
  "a retention of the page's logs that CloudWatch does not have": maintenance({ logRetentionDays: 42 }),
  "a name for an address": maintenance({ allow: ["office.example.com"] }),
  "an address in the middle of its block": maintenance({ allow: ["192.0.2.7/24"] }),
  "an address of a network card": maintenance({ allow: ["fe80::1%eth0"] }),
  "everyone let through": maintenance({ allow: ["192.0.2.7", "0.0.0.0/0"] }),
  "everyone let through over IPv6": maintenance({ allow: ["::/0"] }),
  "the address of everybody let through": maintenance({ allow: ["255.255.255.255"] }),
  "a list of addresses that is known only after deploy": maintenance({
    allow: Fn.split(",", "${TfToken[TOKEN.0]}"),
  }),
  "more addresses than copies can take": maintenance({
    allow: Array.from({ length: 26 }, (_, index) => `192.0.2.${index}`),
  }),
  "a rule without room for addresses": copy(["192.0.2.7"], {
    paths: ["/a", "/b", "/c"],
    methods: ["GET", "HEAD"],
  }),
  "more addresses than a rule has room for": copy(["192.0.2.1", "192.0.2.2", "192.0.2.3"], {
    hosts: ["a.example.com", "b.example.com"],
    queryStrings: [{ value: "x" }, { key: "y", value: "z" }],
  }),
  "unknown addresses for a rule that has addresses": copy(["${TfToken[TOKEN.0]}"], {
    sourceIps: ["10.0.0.0/8"],
  }),
  "signing in where identity providers can't be asked": inIpv6Network({
    ipAddressType: "dualstack-without-public-ipv4",
    authenticate: Authentication.cognito({
      userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc",
      userPoolClientId: "abc",
      userPoolDomain: "shop",
    }),
  }),
});
