import { CheckRow } from "../check-row";
import { both, remove, set, unset } from "../mutations";
import { Resource, Topology, block, blocks } from "../topology";
import { zonesOf } from "../zones";

const LISTENER = "aws_lb_listener";
const GROUP = "aws_lb_target_group";

/** https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17 */
const RECOMMENDED_POLICY =
  /^ELBSecurityPolicy-TLS13-1-(3|2-Res)-(2021-06|PQ-2025-09|FIPS-2023-04|FIPS-PQ-2025-09)$/;

export function isPublic({ config }: Resource): boolean {
  return config.internal !== true;
}

function speaksTls({ config }: Resource): boolean {
  return ["HTTPS", "TLS"].includes(config.protocol);
}

function redirectsToHttps({ config }: Resource): boolean {
  const { type, redirect } = block(config.default_action);
  return type === "redirect" && block(redirect).protocol === "HTTPS" && block(redirect).port === "443";
}

/** Listeners that send requests to a target group, by default or by a rule. */
function listenersOf(group: Resource, topology: Topology): Resource[] {
  const rules = topology.naming(group, "aws_lb_listener_rule");
  const byRules = rules.flatMap(({ config }) => topology.namedIn(config.listener_arn, LISTENER));
  return [...topology.naming(group, LISTENER), ...byRules];
}

/** Lambda functions are called, not connected to. */
function connects({ config }: Resource): boolean {
  return config.target_type !== "lambda";
}

export const LOAD_BALANCER: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_2", "CKV2_AWS_20", "AWS-0054", "ELB.1"],
    demands: "listeners speak HTTPS, or send clients there",
    metBy: "LoadBalancer, with domain or certificateArn",
    on: [LISTENER],
    passes: (listener) => speaksTls(listener) || redirectsToHttps(listener),
    breaks: [
      both(set(LISTENER, "protocol", "HTTP"), set(LISTENER, "default_action", [{ type: "forward" }])),
      both(
        set(LISTENER, "protocol", "HTTP"),
        set(LISTENER, "default_action", [{ type: "redirect", redirect: { port: "80", protocol: "HTTP" } }]),
      ),
    ],
  },
  {
    ids: ["CKV_AWS_103", "CKV2_AWS_74", "AWS-0047"],
    demands: "nothing older than TLS 1.2 is spoken, by a policy that is written out",
    metBy: "loadBalancer.tlsPolicy",
    on: [LISTENER],
    where: speaksTls,
    passes: ({ config }) => /^ELBSecurityPolicy-(FS-1-2|TLS-1-2|TLS13-1-[23])/.test(config.ssl_policy),
    breaks: [
      unset(LISTENER, "ssl_policy"),
      set(LISTENER, "ssl_policy", "ELBSecurityPolicy-TLS13-1-0-2021-06"),
    ],
  },
  {
    ids: ["ELB.17"],
    demands: "a TLS policy that Security Hub recommends",
    metBy: "loadBalancer.tlsPolicy",
    on: [LISTENER],
    where: speaksTls,
    passes: ({ config }) => RECOMMENDED_POLICY.test(config.ssl_policy),
    breaks: set(LISTENER, "ssl_policy", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
  },
  {
    ids: ["ELB.18"],
    demands: "every listener speaks HTTPS, without one that redirects",
    metBy: "loadBalancer.httpRedirect: false",
    on: [LISTENER],
    passes: speaksTls,
    breaks: set(LISTENER, "protocol", "HTTP"),
  },
  {
    ids: ["CKV_AWS_91", "AwsSolutions-ELB2", "ELB.5"],
    demands: "access logs are on",
    metBy: "loadBalancer.accessLogs",
    on: ["aws_lb"],
    passes: ({ config }) => block(config.access_logs).enabled === true,
    breaks: [unset("aws_lb", "access_logs"), unset("aws_lb", "access_logs.enabled")],
  },
  {
    ids: ["CKV_AWS_131", "AWS-0052", "ELB.4"],
    demands: "headers that break the rules are dropped",
    metBy: "LoadBalancer",
    on: ["aws_lb"],
    passes: ({ config }) => config.drop_invalid_header_fields === true,
    breaks: unset("aws_lb", "drop_invalid_header_fields"),
  },
  {
    ids: ["CKV_AWS_150", "ELB.6"],
    demands: "deletion protection",
    metBy: "deletionProtection",
    on: ["aws_lb"],
    passes: ({ config }) => config.enable_deletion_protection === true,
    breaks: unset("aws_lb", "enable_deletion_protection"),
  },
  {
    ids: ["CKV_AWS_328", "ELB.12"],
    demands: "requests that would smuggle others are stopped",
    metBy: "loadBalancer.desyncMitigation",
    on: ["aws_lb"],
    passes: ({ config }) => ["defensive", "strictest"].includes(config.desync_mitigation_mode),
    breaks: set("aws_lb", "desync_mitigation_mode", "monitor"),
  },
  {
    ids: ["ELB.13", "REL02-BP01"],
    demands: "the public endpoint stands in two zones or more",
    metBy: "LoadBalancer",
    on: ["aws_lb"],
    passes: ({ config }, topology) => zonesOf(config.subnets, topology).length >= 2,
    breaks: set("aws_subnet", "availability_zone", "eu-west-1a"),
  },
  {
    ids: ["AWS-0053"],
    demands: "a load balancer is internal",
    metBy: "loadBalancer.internal",
    on: ["aws_lb"],
    passes: (balancer) => !isPublic(balancer),
    breaks: set("aws_lb", "internal", false),
  },
  {
    ids: ["CKV_AWS_261"],
    demands: "health checks ask for a path",
    metBy: "TargetGroup",
    on: [GROUP],
    where: connects,
    passes: ({ config }) => String(block(config.health_check).path ?? "").startsWith("/"),
    breaks: unset(GROUP, "health_check.path"),
  },
  {
    ids: ["CKV_AWS_378"],
    demands: "a target group speaks HTTPS, or stands behind listeners that do",
    metBy: "LoadBalancer, with domain or certificateArn",
    on: [GROUP],
    where: connects,
    passes: (group, topology) =>
      group.config.protocol !== "HTTP" || listenersOf(group, topology).every(speaksTls),
    breaks: both(set(GROUP, "protocol", "HTTP"), set(LISTENER, "protocol", "HTTP")),
  },
  {
    ids: ["ELB.21"],
    demands: "health checks use HTTPS",
    metBy: 'hosts.reverseProxy: { protocol: "HTTPS" }',
    on: [GROUP],
    where: connects,
    passes: ({ config }) => block(config.health_check).protocol === "HTTPS",
    breaks: set(GROUP, "health_check.protocol", "HTTP"),
  },
  {
    ids: ["ELB.22"],
    demands: "requests reach hosts over HTTPS",
    metBy: 'hosts.reverseProxy: { protocol: "HTTPS" }',
    on: [GROUP],
    where: connects,
    passes: ({ config }) => config.protocol === "HTTPS",
    breaks: set(GROUP, "protocol", "HTTP"),
  },
  {
    ids: ["CKV2_AWS_23"],
    demands: "an address record points at something that is there",
    metBy: "LoadBalancer.addAlias, domain",
    on: ["aws_route53_record"],
    where: ({ config }) => config.type === "A",
    passes: ({ config }, topology) => {
      const named = [...blocks(config.alias).map(({ name }) => name), ...(config.records ?? [])];
      return named.some((name) => topology.namedIn(name, "aws_lb", "aws_eip").length > 0);
    },
    breaks: remove("aws_lb"),
  },
  {
    ids: ["CKV_AWS_233"],
    demands: "a certificate's successor is there before it goes",
    metBy: "Certificate",
    on: ["aws_acm_certificate"],
    passes: ({ config }) => config.lifecycle?.create_before_destroy === true,
    breaks: unset("aws_acm_certificate", "lifecycle"),
  },
  {
    ids: ["CKV_AWS_234"],
    demands: "certificates stand in transparency logs",
    metBy: "Certificate",
    on: ["aws_acm_certificate"],
    passes: ({ config }) => block(config.options).certificate_transparency_logging_preference !== "DISABLED",
    breaks: set("aws_acm_certificate", "options", {
      certificate_transparency_logging_preference: "DISABLED",
    }),
  },
  {
    ids: ["CKV2_AWS_71"],
    demands: "certificates have no wildcards",
    metBy: "domain, where no wildcard is among its names",
    on: ["aws_acm_certificate"],
    passes: ({ config }) =>
      [config.domain_name, ...(config.subject_alternative_names ?? [])].every((name) => !name.includes("*")),
    breaks: set("aws_acm_certificate", "subject_alternative_names", ["*.example.com"]),
  },
  {
    ids: ["ACM.1"],
    demands: "certificates renew themselves, as those do that DNS validates",
    metBy: "Certificate",
    on: ["aws_acm_certificate"],
    passes: (certificate, topology) =>
      certificate.config.validation_method === "DNS" &&
      topology.naming(certificate, "aws_route53_record").length > 0,
    breaks: set("aws_acm_certificate", "validation_method", "EMAIL"),
  },
  {
    ids: ["ACM.2"],
    demands: "RSA keys have 2048 bits or more",
    metBy: "Certificate",
    on: ["aws_acm_certificate"],
    passes: ({ config }) => config.key_algorithm !== "RSA_1024",
    breaks: set("aws_acm_certificate", "key_algorithm", "RSA_1024"),
  },
];
