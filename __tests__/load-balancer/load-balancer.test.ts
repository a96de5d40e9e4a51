import { TerraformVariable } from "cdktf";
import { LoadBalancer, LoadBalancerProps, Network, Peer, TargetGroup, WebHosts } from "../../lib";
import { ZONES, reference, synth, testNetwork, testStack } from "../support/synth";

const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };

function balancer(props: Partial<LoadBalancerProps> = { domain }, stack = testStack()) {
  const network = props.network ?? testNetwork(stack);
  const made = new LoadBalancer(stack, "LoadBalancer", { network, ...props });
  return { stack, network, made, tf: () => synth(stack) };
}

function withHosts(props: Partial<LoadBalancerProps> = { domain }) {
  const setup = balancer(props);
  const hosts = new WebHosts(setup.stack, "Hosts", { network: setup.network });
  setup.made.forwardTo(hosts);
  return { ...setup, hosts };
}

describe("LoadBalancer", () => {
  it("answers over HTTPS with a certificate that is valid, and sends HTTP there", () => {
    const { made, tf } = balancer();
    const json = tf();
    expect(json.of(made.listener)).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificate_arn: reference(made.certificate!.validation, "certificate_arn"),
    });
    expect(json.of(made.redirectListener!)).toMatchObject({
      port: 80,
      protocol: "HTTP",
      default_action: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
      ],
    });
    expect(made.url).toBe("https://shop.example.com");
  });

  it("has its certificate validated by one record for each name, which a wildcard shares", () => {
    const alternativeNames = ["*.shop.example.com", "www.example.com"];
    const { made, tf } = balancer({ domain: { ...domain, alternativeNames } });
    const json = tf();
    const certificate = made.certificate!;
    expect(json.of(certificate.certificate)).toMatchObject({
      domain_name: "shop.example.com",
      subject_alternative_names: alternativeNames,
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    const records = certificate.validationRecords;
    expect(Object.keys(records)).toEqual(["shop.example.com", "www.example.com"]);
    const options = `aws_acm_certificate.${certificate.certificate.friendlyUniqueId}.domain_validation_options`;
    const value = `\${{for option in ${options} : option.domain_name => option.resource_record_value}["www.example.com"]}`;
    expect(json.of(records["www.example.com"]!)).toMatchObject({ allow_overwrite: true, records: [value] });
    expect(json.of(certificate.validation).validation_record_fqdns).toEqual(
      Object.values(records).map((record) => reference(record, "fqdn")),
    );
  });

  it("points the domain's names at itself, over IPv6 too where the network has it", () => {
    const stack = testStack();
    const network = new Network(stack, "Six", { availabilityZones: ZONES, ipv6: true });
    const { made, tf } = balancer(
      { network, domain: { ...domain, alternativeNames: ["www.example.com"] } },
      stack,
    );
    made.addAlias("old.example.com", "Z9");
    const json = tf();
    const records = Object.values(json.resources("aws_route53_record")).filter((record) => record.alias);
    expect(records.map((record) => `${record.name} ${record.type}`).sort()).toEqual([
      "old.example.com A",
      "old.example.com AAAA",
      "shop.example.com A",
      "shop.example.com AAAA",
      "www.example.com A",
      "www.example.com AAAA",
    ]);
    expect(records[0]!.alias.evaluate_target_health).toBe(true);
    expect(json.only("aws_lb").ip_address_type).toBe("dualstack");
  });

  it("uses a certificate that exists", () => {
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const { made, tf } = balancer({ certificateArn });
    const json = tf();
    expect(json.of(made.listener).certificate_arn).toBe(certificateArn);
    expect(json.count("aws_acm_certificate")).toBe(0);
    expect(json.count("aws_route53_record")).toBe(0);
  });

  it("serves plain HTTP only when asked for by name, and warns of it", () => {
    const { made, tf } = balancer({ plainHttp: true });
    const json = tf();
    expect(json.only("aws_lb_listener")).toMatchObject({ port: 80, protocol: "HTTP" });
    expect(made.url).toMatch(/^http:\/\//);
    expect(made.node.metadata.map((entry) => entry.data)).toContainEqual(
      expect.stringContaining("served over plain HTTP"),
    );
    expect(
      Object.values(json.resources("aws_vpc_security_group_ingress_rule")).map((rule) => rule.from_port),
    ).toEqual([80]);
  });

  it("stands in every public subnet, waits for the way to the internet, and can't be deleted by mistake", () => {
    const { made, network, tf } = balancer();
    const config = tf().of(made.loadBalancer);
    expect(config).toMatchObject({
      load_balancer_type: "application",
      subnets: network.publicSubnets.map((subnet) => expect.stringContaining(subnet.zone)),
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
      internal: false,
    });
    expect(config.depends_on).toContainEqual(
      expect.stringMatching(/^aws_route\.Network_Public_InternetRoute_/),
    );
  });

  it("answers 503 until it has a target, then spreads requests by round robin", () => {
    const empty = balancer();
    expect(empty.tf().of(empty.made.listener).default_action[0]).toMatchObject({
      type: "fixed-response",
      fixed_response: { status_code: "503" },
    });
    const { made, hosts, tf } = withHosts();
    const json = tf();
    const group = made.targetGroup!.targetGroup;
    expect(json.of(made.listener).default_action).toEqual([
      { type: "forward", target_group_arn: reference(group, "arn") },
    ]);
    expect(json.of(group)).toMatchObject({
      load_balancing_algorithm_type: "round_robin",
      port: 9080,
      protocol: "HTTP",
      name_prefix: "web-",
      lifecycle: { create_before_destroy: true },
      health_check: { path: "/health", interval: 10, timeout: 5, matcher: "200" },
      deregistration_delay: "60",
    });
    expect(json.of(hosts.autoScalingGroup)).toMatchObject({
      target_group_arns: [reference(group, "arn")],
      health_check_type: "ELB",
    });
  });

  it("reaches its target's port, and nothing else", () => {
    const { made, hosts, tf } = withHosts();
    const out = Object.values(tf().resources("aws_vpc_security_group_egress_rule")).filter(
      (rule) => rule.security_group_id === reference(made.firewall.securityGroup, "id"),
    );
    expect(out).toEqual([
      expect.objectContaining({
        referenced_security_group_id: reference(hosts.firewall.securityGroup, "id"),
        from_port: 9080,
        to_port: 9080,
      }),
    ]);
  });

  it("spreads requests as told, a target's options over the balancer's", () => {
    const { made, stack, network } = balancer({
      domain,
      distribution: "least_outstanding_requests",
      stickiness: { cookieName: "session", duration: 3600 },
      deregistrationDelay: 20,
      healthCheck: { path: "/up", matcher: "200-204" },
    });
    const hosts = new WebHosts(stack, "Hosts", { network });
    made.forwardTo(hosts, { deregistrationDelay: 5, healthCheck: { interval: 30 } });
    expect(synth(stack).only("aws_lb_target_group")).toMatchObject({
      load_balancing_algorithm_type: "least_outstanding_requests",
      stickiness: { type: "app_cookie", cookie_name: "session", cookie_duration: 3600 },
      deregistration_delay: "5",
      health_check: { path: "/up", matcher: "200-204", interval: 30, timeout: 5 },
    });
  });

  it("starts new hosts slowly, and steers around failing ones, where that is possible", () => {
    const slow = withHosts({ domain, slowStart: 60 }).tf().only("aws_lb_target_group");
    expect(slow.slow_start).toBe(60);
    const random = withHosts({ domain, distribution: "weighted_random", anomalyMitigation: true });
    expect(random.tf().only("aws_lb_target_group")).toMatchObject({
      load_balancing_algorithm_type: "weighted_random",
      load_balancing_anomaly_mitigation: "on",
    });
  });

  it("says so when stickiness and mitigation are off, since Terraform can switch off only what is said", () => {
    expect(withHosts().tf().only("aws_lb_target_group")).toMatchObject({
      stickiness: { enabled: false },
      load_balancing_anomaly_mitigation: "off",
      slow_start: 0,
    });
  });

  it("sends nobody to HTTPS before somebody answers there", () => {
    const { made, tf } = balancer();
    expect(tf().of(made.redirectListener!).depends_on).toEqual([
      `aws_lb_listener.${made.listener.friendlyUniqueId}`,
    ]);
  });

  it("logs into a bucket of its own that is private, encrypted and written by the balancer only", () => {
    const { made, tf } = balancer();
    const json = tf();
    const { bucket, policy } = made.accessLogBucket!;
    const name = reference(bucket, "id");
    expect(json.of(made.loadBalancer)).toMatchObject({
      access_logs: { enabled: true, bucket: name },
      depends_on: expect.arrayContaining([`aws_s3_bucket_policy.${policy.friendlyUniqueId}`]),
    });
    const statements = JSON.parse(json.of(policy).policy).Statement;
    expect(statements[0]).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${reference(bucket, "arn")}/AWSLogs/${reference(made.firewall.securityGroup, "owner_id")}/*`,
    });
    expect(statements[1]).toMatchObject({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(json.only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(json.only("aws_s3_bucket_server_side_encryption_configuration").rule[0]).toMatchObject({
      apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
    });
    expect(json.only("aws_s3_bucket_lifecycle_configuration").rule[0].expiration).toEqual([{ days: 365 }]);
  });

  it("logs into a folder, into a given bucket, or not at all", () => {
    const folder = balancer({ domain, accessLogs: { prefix: "web/shop" } });
    expect(folder.tf().only("aws_s3_bucket_policy").policy).toContain("/web/shop/AWSLogs/");
    const given = balancer({ domain, accessLogs: { bucketName: "central-logs", prefix: "shop" } }).tf();
    expect(given.only("aws_lb").access_logs).toEqual({
      bucket: "central-logs",
      enabled: true,
      prefix: "shop",
    });
    expect(given.count("aws_s3_bucket")).toBe(0);
    const none = balancer({ domain, accessLogs: false, connectionLogs: false }).tf();
    expect(none.only("aws_lb").access_logs).toBeUndefined();
    expect(none.count("aws_s3_bucket")).toBe(0);
  });

  it("admits only named clients when told to", () => {
    const { tf } = balancer({ domain, clients: [Peer.ipv4("198.51.100.0/24"), Peer.ipv4("203.0.113.7/32")] });
    const rules = Object.values(tf().resources("aws_vpc_security_group_ingress_rule"));
    expect(rules.map((rule) => [rule.cidr_ipv4, rule.from_port])).toEqual([
      ["198.51.100.0/24", 443],
      ["198.51.100.0/24", 80],
      ["203.0.113.7/32", 443],
      ["203.0.113.7/32", 80],
    ]);
  });

  it("keeps listener and addresses when a site moves from plain HTTP to a domain", () => {
    const before = withHosts({ plainHttp: true }).tf().addresses;
    const after = withHosts().tf().addresses;
    expect(before.filter((address) => !after.includes(address))).toEqual([]);
  });

  it("lets values through that are known only after deploy", () => {
    const stack = testStack();
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const { tf } = balancer(
      { domain: { name: text("name"), hostedZoneId: text("zone"), alternativeNames: [text("www")] } },
      stack,
    );
    const json = tf();
    expect(json.only("aws_acm_certificate").domain_name).toBe("${var.name}");
    const names = Object.values(json.resources("aws_route53_record")).map((record) => record.name);
    expect(names).toEqual(expect.arrayContaining(["${var.name}", "${var.www}"]));
  });
});

describe("TargetGroup", () => {
  it("stands alone, for a balancer that exists", () => {
    const stack = testStack();
    const group = new TargetGroup(stack, "Group", { network: { vpcId: "vpc-0123" }, port: 3000 });
    const hosts = new WebHosts(stack, "Hosts", { network: testNetwork(stack) });
    hosts.attachToTargetGroup(group.targetGroup);
    const json = synth(stack);
    expect(json.only("aws_lb_target_group")).toMatchObject({ vpc_id: "vpc-0123", port: 3000 });
    expect(json.only("aws_autoscaling_group").target_group_arns).toEqual([
      reference(group.targetGroup, "arn"),
    ]);
    expect(json.count("aws_lb")).toBe(0);
  });
});
