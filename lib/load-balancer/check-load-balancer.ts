import { Peer } from "../firewall";
import { PropChecks } from "../validation";
import { checkBalancerAttributes } from "./balancer-attributes";
import { checkBalancerLogs } from "./balancer-logs";
import { checkCertificateArn, checkDomain } from "./certificate";
import { checkCloudFront } from "./cloud-front";
import { LoadBalancerProps } from "./load-balancer-props";
import { checkMaintenance } from "./maintenance";
import { Placement } from "./placement";
import { checkResponseHeaders } from "./response-headers";
import { checkProtocolVersionOfListener } from "./targets/protocol-version";
import { checkTargetGroupOptions } from "./targets/target-group";
import { checkWeightedTargets } from "./targets/weighted-targets";
import { checkTlsPolicy } from "./tls-policy";

/** Refuses what can't work, whatever stands behind the balancer. */
export function checkLoadBalancer(checks: PropChecks, props: LoadBalancerProps, placement: Placement): void {
  const https = !props.plainHttp;
  checkShapes(checks, props);
  checkProtocol(checks, props);
  checkHttpRedirect(checks, props);
  checkCloudFront(checks, props);
  placement.check(checks);
  checkTargetGroupOptions(checks, props);
  checkWeightedTargets(checks, props);
  // Targets may speak something else than the balancer says for all: whether users sign in is checked with each.
  const inFront = { https, authenticates: false, http2: props.http2 };
  checkProtocolVersionOfListener(checks, props.protocolVersion, inFront);
  checkTlsPolicy(checks, props.tlsPolicy);
  props.mutualTls?.check(checks, https);
  props.authenticate?.check(checks, https);
  checkResponseHeaders(checks, props.responseHeaders ?? {}, https);
  checkBalancerAttributes(checks, props);
  checkBalancerLogs(checks, props);
  if (props.maintenance) checkMaintenance(checks, props.maintenance);
  checks.matches("name", props.name, /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/, {
    allowed: "1 to 32 letters, digits and hyphens, no hyphen at either end, not starting with internal-",
    remedy: "Shorten it, or leave it out for a name made by Terraform.",
  });
  const range = { min: 1, max: 4000, unit: "seconds" };
  checks.integer("idleTimeout", props.idleTimeout, range, "60 suits most applications.");
  checks.require(!props.authenticate || placement.hasIpv4, {
    prop: "ipAddressType",
    value: props.ipAddressType,
    allowed: '"ipv4" or "dualstack" with authenticate, as identity providers are asked over IPv4',
    remedy: "Leave it out.",
  });
}

/** What a program that nobody type-checked may get wrong. */
function checkShapes(checks: PropChecks, props: LoadBalancerProps): void {
  const { domain, maintenance, stickiness } = props;
  checks.group("domain", domain, 'As in { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" }.');
  checks.group("maintenance", maintenance, "As in { active: false }.");
  checks.group("stickiness", stickiness, "As in { duration: 3600 }.");
  if (maintenance) {
    const allowed = "true or false";
    checks.given("maintenance.active", maintenance.active, allowed, "false has the page ready.");
    checks.flag("maintenance.active", maintenance.active, "Write it without quotes.");
    checks.list("maintenance.allow", maintenance.allow, 'As in ["192.0.2.7"].');
  }
  checks.list("clients", props.clients, 'As in [Peer.ipv4("192.0.2.0/24")].');
  for (const client of props.clients ?? []) {
    checks.instanceOf("clients", client, Peer, 'As in [Peer.ipv4("192.0.2.0/24")].');
  }
}

function checkHttpRedirect(checks: PropChecks, { httpRedirect, plainHttp }: LoadBalancerProps): void {
  checks.flag("httpRedirect", httpRedirect, "false has nothing listen on port 80.");
  checks.require(httpRedirect === undefined || !plainHttp, {
    prop: "httpRedirect",
    value: httpRedirect,
    allowed: "nothing with plainHttp, which answers on port 80",
    remedy: "Leave it out.",
  });
}

function checkProtocol(checks: PropChecks, props: LoadBalancerProps): void {
  const { domain, certificateArn, plainHttp } = props;
  checks.require(domain === undefined || certificateArn === undefined, {
    prop: "certificateArn",
    value: certificateArn,
    allowed: "nothing beside domain, which issues a certificate of its own",
    remedy: `Leave out one. To use your certificate: leave out domain and call addAlias("${domain?.name}", zone).`,
  });
  const https = domain !== undefined || certificateArn !== undefined;
  checks.require(https || plainHttp === true, {
    prop: "domain",
    value: domain,
    allowed: "a domain, or certificateArn in its place",
    remedy: "HTTPS needs one of them. To try things out without TLS, ask for it by name: plainHttp: true.",
  });
  checks.require(!(https && plainHttp), {
    prop: "plainHttp",
    value: plainHttp,
    allowed: "false beside domain or certificateArn",
    remedy: "Leave it out: requests over HTTP are sent to HTTPS.",
  });
  if (domain) checkDomain(checks, domain);
  checkCertificateArn(checks, "certificateArn", certificateArn, props.network.region);
}
