import {
  Authentication,
  CognitoOptions,
  Connections,
  ExistingTargets,
  ForwardOptions,
  LoadBalancer,
  LoadBalancerProps,
  OidcOptions,
  RedirectRuleOptions,
  TargetGroup,
  TargetRuleOptions,
} from "../../lib";
import { testRefusals } from "../support/bad-input";
import { existingNetwork, testStack } from "../support/synth";
import { automaticPriority, bandOf } from "../../lib/load-balancer/rules/priority";
import { OIDC, TestTarget, testBalancer } from "../support/balancer";

const rule = (options: object) => () => {
  const { balancer, target } = testBalancer();
  return balancer.addTargets("Api", { target, ...options } as TargetRuleOptions);
};
const forRequests = (conditions: object) => rule(conditions);
const redirect =
  (options: object, props: Partial<LoadBalancerProps> = {}) =>
  () =>
    testBalancer(props).balancer.addRedirect("Old", options as RedirectRuleOptions);
const response = (options: object) => () =>
  testBalancer().balancer.addFixedResponse("Gone", { paths: ["/gone"], ...options } as never);
const twoRules =
  (first: object, second: object, ids: readonly [string, string] = ["Shop", "Blog"]) =>
  () => {
    const { balancer, target } = testBalancer();
    balancer.addTargets(ids[0], { target, ...first } as TargetRuleOptions);
    balancer.addTargets(ids[1], { target, ...second } as TargetRuleOptions);
  };
const forwarding =
  (...options: readonly ForwardOptions[]) =>
  () => {
    const { balancer, target } = testBalancer();
    for (const one of options) balancer.forwardTo(target, one);
  };
const signIn = (authenticate: () => Authentication, props: Partial<LoadBalancerProps> = {}) => {
  return () => testBalancer({ ...props, authenticate: authenticate() });
};
const oidc = (options: object) =>
  signIn(() =>
    Authentication.oidc({
      ...OIDC,
      clientSecret: "${TfToken[TOKEN.0]}",
      ...options,
    } as OidcOptions),
  );
const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
  userPoolClientId: "1example23456789",
  userPoolDomain: "my-shop",
};
const cognito = (options: object, props?: Partial<LoadBalancerProps>) =>
  signIn(() => Authentication.cognito({ ...COGNITO, ...options } as CognitoOptions), props);
const target = (make: () => ExistingTargets) => () => testBalancer().balancer.forwardTo(make());
const instances = (ids: Record<string, string>, options: object = { securityGroupId: "sg-01" }) =>
  target(() => ExistingTargets.instances(ids, { port: 8080, ...options }));
const ips = (addresses: Record<string, string>, options: object = {}) =>
  target(() => ExistingTargets.ips(addresses, { port: 8080, ...options }));
const inIpv6Network = (addresses: Record<string, string>) => () => {
  const stack = testStack();
  const network = existingNetwork(stack, undefined, { ipv6: true });
  testBalancer({ network }, stack).balancer.forwardTo(ExistingTargets.ips(addresses, { port: 80 }));
};
const imported = (attributes: object) => () => {
  const stack = testStack();
  return LoadBalancer.fromAttributes(stack, "Shared", {
    listenerArn:
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
    securityGroupIds: ["sg-01"],
    dnsName: "web-1234.eu-west-1.elb.amazonaws.com",
    zoneId: "Z32O12XQLNTSW2",
    network: existingNetwork(stack),
    ...attributes,
  });
};

/** Ids whose rules for a host each get the same number. */
function twins(): [string, string] {
  const seen = new Map<number, string>();
  const band = bandOf({ hosts: ["shop.example.com"] });
  for (let count = 1; ; count++) {
    const id = `App-${count}`;
    const number = automaticPriority(id, band);
    const twin = seen.get(number);
    if (twin) return [twin, id];
    seen.set(number, id);
  }
}

describe("bad input of rules", () => {
  testRefusals({
    "no condition": rule({}),
    "a condition without values": forRequests({ hosts: [] }),
    "a query string without values": forRequests({ queryStrings: [] }),
    "a host with a scheme": forRequests({ hosts: ["https://shop.example.com"] }),
    "a host without a dot": forRequests({ hosts: ["localhost"] }),
    "a host with a wildcard at its end": forRequests({ hosts: ["shop.*"] }),
    "a host that is too long": forRequests({ hosts: [`${"a".repeat(125)}.com`] }),
    "a path without its slash": forRequests({ paths: ["api/*"] }),
    "a path with a query string": forRequests({ paths: ["/api?x=1"] }),
    "a path that is too long": forRequests({ paths: [`/${"a".repeat(128)}`] }),
    "a method in lower case": forRequests({ methods: ["get"] }),
    "a method with a wildcard": forRequests({ methods: ["P*"] }),
    "the Host header": forRequests({ headers: { Host: ["shop.example.com"] } }),
    "a header's name with a wildcard": forRequests({ headers: { "X-*": ["1"] } }),
    "a header's name with a space": forRequests({ headers: { "X-Very Odd": ["1"] } }),
    "a header's value that is no ASCII": forRequests({ headers: { "X-Shop": ["Zürich"] } }),
    "a header without values": forRequests({ headers: { "X-Shop": [] } }),
    "a query string with a space": forRequests({ queryStrings: [{ key: "q", value: "two words" }] }),
    "a query string without a value": forRequests({ queryStrings: [{ key: "q" }] }),
    "an address that is no block": forRequests({ sourceIps: ["192.0.2.1"] }),
    "a block that starts in the middle": forRequests({ sourceIps: ["192.0.2.1/24"] }),
    "a block whose mask has a leading zero": forRequests({ sourceIps: ["10.0.0.0/08"] }),
    "a block of a network card": forRequests({ sourceIps: ["fe80::1%eth0/128"] }),
    "an IPv6 block that is none": forRequests({ sourceIps: ["2001:db8::g/32"] }),
    "the address of everybody": forRequests({ sourceIps: ["255.255.255.255/32"] }),
    "too many values": forRequests({
      hosts: ["a.example.com", "b.example.com", "c.example.com"],
      paths: ["/a", "/b", "/c"],
    }),
    "too many wildcards": forRequests({
      hosts: ["*.a.example.com", "*.b.example.com"],
      paths: ["/*/*/*/*/*"],
    }),
    "a priority out of range": rule({ paths: ["/api/*"], priority: 50_001 }),
    "a priority that another rule has": twoRules(
      { paths: ["/shop/*"], priority: 10 },
      { paths: ["/blog/*"], priority: 10 },
    ),
    "ids whose priorities are the same": twoRules(
      { hosts: ["shop.example.com"] },
      { hosts: ["blog.example.com"] },
      twins(),
    ),
    "two rules for the same host": twoRules(
      { hosts: ["shop.example.com"] },
      { hosts: ["Shop.example.com", "blog.example.com"] },
    ),
    "two equally deep paths with requests in common": twoRules(
      { paths: ["/api/*/cart"] },
      { paths: ["/api/v1/*", "/api/*"] },
    ),
    "two further conditions with requests in common": twoRules(
      { methods: ["GET", "HEAD"] },
      { queryStrings: [{ value: "beta" }] },
    ),
    "options of target groups that exclude each other": rule({
      paths: ["/api/*"],
      distribution: "weighted_random",
      slowStart: 60,
    }),

    "a redirect that changes nothing": redirect({ paths: ["/old/*"], host: "#{host}", path: "/#{path}" }),
    "a redirect to the same page": redirect({ paths: ["/old"], path: "/old", query: "" }),
    "a redirect to the same host": redirect({ hosts: ["old.example.com"], host: "OLD.example.com" }),
    "a redirect to the same port and protocol": redirect({ paths: ["/*"], protocol: "HTTPS", port: 443 }),
    "a redirect's path without its slash": redirect({ paths: ["/old"], path: "#{path}" }),
    "a redirect's path with another keyword": redirect({ paths: ["/old"], path: "/#{query}" }),
    "a redirect's host with a scheme": redirect({ paths: ["/old"], host: "https://www.example.com" }),
    "a redirect's query with its question mark": redirect({ paths: ["/old"], path: "/new", query: "?a=b" }),
    "a redirect from HTTPS to HTTP": redirect({ paths: ["/old"], protocol: "HTTP" }),
    "a redirect's port out of range": redirect({ paths: ["/old"], port: 0 }),
    "a redirect's protocol that is none": redirect(
      { paths: ["/old"], protocol: "http" },
      { plainHttp: true },
    ),
    "a status that is a redirect": response({ statusCode: 301 }),
    "a status that is none": response({ statusCode: 99 }),
    "no status": response({}),
    "an answer of another type": response({ statusCode: 200, contentType: "text/xml" }),
    "an answer that is too long": response({ statusCode: 200, body: "ü".repeat(513) }),

    "options that exclude those of the balancer": () =>
      testBalancer({ slowStart: 60 }).balancer.addTargets("Api", {
        target: new TestTarget(),
        paths: ["/api/*"],
        distribution: "weighted_random",
      }),
    "clients that stay with a host of several targets, but not with the target": () => {
      const { balancer, target } = testBalancer({ stickiness: {} });
      balancer.forwardTo(target);
      balancer.forwardTo(target, { key: "Canary", weight: 10 });
    },
    "clients that stay with a host of the canary, but not with the canary": forwarding(
      {},
      { key: "Canary", weight: 10, stickiness: {} },
    ),
    "two targets without keys": forwarding({}, {}),
    "two targets with one key": forwarding({}, { key: "A", weight: 1 }, { key: "A", weight: 1 }),
    "a second target without a weight": forwarding({}, { key: "Canary" }),
    "a key that can't be part of an address": forwarding({ key: "the canary" }),
    "a key that is known only after deploy": forwarding({ key: "${TfToken[TOKEN.0]}" }),
    "a weight out of range": forwarding({ weight: 1000 }),
    "too many targets": forwarding({}, ...["A", "B", "C", "D", "E"].map((key) => ({ key, weight: 1 }))),
    "a stickiness of nothing": () => testBalancer({ targetGroupStickiness: 0 }),
    "a rule's stickiness out of range": rule({ paths: ["/api/*"], targetGroupStickiness: 604_801 }),

    "signing in over plain HTTP": cognito({}, { plainHttp: true }),
    "signing in for a rule over plain HTTP": () =>
      testBalancer({ plainHttp: true }).balancer.addTargets("Admin", {
        target: new TestTarget(),
        paths: ["/admin/*"],
        authenticate: Authentication.cognito(COGNITO),
      }),
    "signing in before targets that speak gRPC": () =>
      testBalancer({ authenticate: Authentication.cognito(COGNITO) }).balancer.forwardTo(new TestTarget(), {
        protocolVersion: "GRPC",
      }),
    "signing in for a rule before targets that speak HTTP/2": () =>
      testBalancer().balancer.addTargets("Admin", {
        target: new TestTarget(),
        paths: ["/admin/*"],
        protocolVersion: "HTTP2",
        authenticate: Authentication.cognito(COGNITO),
      }),
    "a client secret in the source": oidc({ clientSecret: "correct horse battery staple" }),
    "no client secret": oidc({ clientSecret: undefined }),
    "no client": oidc({ clientId: undefined }),
    "an endpoint without TLS": oidc({ tokenEndpoint: "http://login.example.com/token" }),
    "no endpoint": oidc({ userInfoEndpoint: undefined }),
    "a session that is too long": oidc({ sessionTimeout: 604_801 }),
    "a session cookie that can't be": oidc({ sessionCookieName: "my session" }),
    "no scope": oidc({ scope: "" }),
    "nothing for those who have not signed in": oidc({ onUnauthenticatedRequest: "redirect" }),
    "too many parameters": oidc({
      extraParams: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`p${index}`, "1"])),
    }),
    "a user pool by its id": cognito({ userPoolArn: "eu-west-1_AbCdEfGhI" }),
    "a user pool's domain with a scheme": cognito({ userPoolDomain: "https://login.example.com" }),
    "no client of a user pool": cognito({ userPoolClientId: undefined }),

    "no instances": instances({}),
    "an instance's name that can't be part of an address": instances({ "web 1": "i-01" }),
    "an instance that is none": instances({ "web-1": "web-1.internal" }),
    "an instance twice": instances({ one: "i-01", two: "i-01" }),
    "instances that nobody is let out to": instances({ one: "i-01" }, {}),
    "instances with a security group and connections": () =>
      instances(
        { one: "i-01" },
        {
          securityGroupId: "sg-01",
          connections: new Connections(testStack("other"), { securityGroupIds: ["sg-01"] }),
        },
      )(),
    "IPv6 beside IPv4": ips({ one: "10.0.1.20", two: "2001:db8::1" }),
    "an IPv6 address in two spellings": inIpv6Network({ one: "2001:db8::1", two: "2001:DB8:0::1" }),
    "an address of a network card": inIpv6Network({ one: "fe80::1%eth0" }),
    "IPv6 targets behind a balancer without": ips({ one: "2001:db8::1" }),
    "IPv6 targets behind an existing balancer without": () =>
      imported({ ipAddressType: "ipv4" })().addTargets("Six", {
        target: ExistingTargets.ips({ one: "2001:db8::1" }, { port: 80 }),
        paths: ["/six"],
      }),
    "a public address that is not in the VPC": ips({ one: "192.0.2.1" }),
    "addresses outside of the VPC within zones": () =>
      testBalancer().balancer.forwardTo(
        ExistingTargets.ips({ one: "192.168.10.11" }, { port: 80, outsideVpc: true }),
        { crossZone: false },
      ),
    "instances without a port": instances({ one: "i-01" }, { port: undefined, securityGroupId: "sg-01" }),
    "a target that nobody is let out to": () =>
      testBalancer().balancer.forwardTo({ port: 80, attachToTargetGroup: () => undefined }),
    "a block for an address": ips({ one: "10.0.1.0/24" }),
    "a public address outside of the VPC": ips({ one: "192.0.2.1" }, { outsideVpc: true }),
    "a name of an Auto Scaling group that is an ARN": target(() =>
      ExistingTargets.autoScalingGroup("arn:aws:autoscaling:eu-west-1:123456789012:x", {
        port: 80,
        securityGroupId: "sg-01",
      }),
    ),
    "no Auto Scaling group": target(() =>
      ExistingTargets.autoScalingGroup(undefined as never, { port: 80, securityGroupId: "sg-01" }),
    ),
    "kind of addresses without addresses": () =>
      new TargetGroup(testStack(), "Group", {
        network: { vpcId: "vpc-0a" },
        port: 80,
        ipAddressType: "ipv6",
      }),
    "a kind of target that there is not": () =>
      new TargetGroup(testStack(), "Group", {
        network: { vpcId: "vpc-0a" },
        port: 80,
        targetType: "lambda" as never,
      }),

    "a balancer's ARN for its listener's": imported({
      listenerArn:
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
    }),
    "a listener known only after deploy, without the balancer's name in metrics": imported({
      listenerArn: "${TfToken[TOKEN.0]}",
    }),
    "a balancer's name in metrics that is its ARN": imported({ loadBalancerArnSuffix: "arn:aws:x" }),
    "a balancer's zone by name": imported({ zoneId: "eu-west-1" }),
    "a kind of addresses that an existing balancer can't have": imported({ ipAddressType: "ipv6" }),
    "a priority behind the maintenance page out of range": () =>
      imported({ behindMaintenance: true })().addFixedResponse("Gone", {
        paths: ["/gone"],
        statusCode: 410,
        priority: 16_665,
      }),
    "a balancer's port out of range": imported({ listenerPort: 0 }),
    "a balancer without security groups": imported({ securityGroupIds: [] }),
  });
});
