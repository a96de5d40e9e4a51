import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Annotations, TerraformVariable } from "cdktf";
import { LoadBalancer, RequestMatch, WebAcl, WebAclProps } from "../../lib";
import { testBalancer } from "../support/balancer";
import { Config, existingNetwork, reference, synth, testApp, testStack } from "../support/synth";
import { balancerArn, testWebAcl } from "../support/web-acl";

const ASSOCIATION = "aws_wafv2_web_acl_association";
const LOGGING = "aws_wafv2_web_acl_logging_configuration";
const PATH = RequestMatch.path("/admin");

const names = (props: WebAclProps) => testWebAcl(props).webAcl.ruleNames;
const group = (rule?: Config) => rule?.statement.managed_rule_group_statement;

/** What each rule does, in the order that they look at requests. */
function actions(props: WebAclProps): Record<string, string> {
  return Object.fromEntries(
    testWebAcl(props)
      .acl()
      .rule.map(({ name, action, override_action: override }: Config) => [
        name,
        Object.keys(action ?? override).join(),
      ]),
  );
}

describe("a web ACL that is told nothing", () => {
  it("limits rates and uses five groups of managed rules, in this order", () => {
    expect(actions({})).toEqual({
      "rate-limit": "block",
      "AWS-AWSManagedRulesAmazonIpReputationList": "none",
      "AWS-AWSManagedRulesAnonymousIpList": "none",
      "AWS-AWSManagedRulesKnownBadInputsRuleSet": "none",
      "AWS-AWSManagedRulesCommonRuleSet": "none",
      "AWS-AWSManagedRulesSQLiRuleSet": "none",
    });
    const { acl } = testWebAcl();
    expect(acl()).toMatchObject({ scope: "REGIONAL", default_action: { allow: {} } });
    expect(acl().rule.map((rule: Config) => rule.priority)).toEqual([
      50_000, 60_000, 60_100, 60_200, 60_300, 60_400,
    ]);
  });

  it("counts only the rules of AWS that would stop uploads, and what comes from clouds", () => {
    const overrides = Object.values(testWebAcl().rules())
      .flatMap((rule) => group(rule)?.rule_action_override ?? [])
      .map(({ name, action_to_use }: Config) => [name, Object.keys(action_to_use).join()]);
    expect(overrides).toEqual([
      ["HostingProviderIPList", "count"],
      ["SizeRestrictions_BODY", "count"],
    ]);
  });

  it("answers 429 to a client with more than 10000 requests in five minutes", () => {
    const rule = testWebAcl().rules()["rate-limit"]!;
    expect(rule.action).toEqual({ block: { custom_response: { response_code: 429 } } });
    expect(rule.statement).toEqual({
      rate_based_statement: { aggregate_key_type: "IP", evaluation_window_sec: 300, limit: 10_000 },
    });
  });

  it("has metrics of every rule under its name, and keeps no samples, which have cookies in them", () => {
    const { webAcl, acl } = testWebAcl();
    expect(webAcl.metricName).toBe("shop-WebAcl");
    for (const { name, visibility_config } of [{ ...acl(), name: webAcl.metricName }, ...acl().rule]) {
      expect(visibility_config).toEqual({
        metric_name: name,
        cloudwatch_metrics_enabled: true,
        sampled_requests_enabled: false,
      });
    }
  });

  it("takes less capacity than AWS charges more for", () => {
    expect(testWebAcl().webAcl.capacity).toBe(2 + 25 + 50 + 200 + 700 + 200);
  });

  it("makes no sets of addresses", () => {
    expect(testWebAcl().tf().count("aws_wafv2_ip_set")).toBe(0);
  });
});

describe("managed rules", () => {
  it("are left out and taken in by a word", () => {
    expect(
      names({ rateLimit: false, managedRules: { anonymousIp: false, sqlInjection: undefined, posix: true } }),
    ).toEqual([
      "AWS-AWSManagedRulesAmazonIpReputationList",
      "AWS-AWSManagedRulesKnownBadInputsRuleSet",
      "AWS-AWSManagedRulesCommonRuleSet",
      "AWS-AWSManagedRulesSQLiRuleSet",
      "AWS-AWSManagedRulesUnixRuleSet",
    ]);
  });

  it("do what is said of single rules, beside what is counted anyway", () => {
    const { rules } = testWebAcl({
      managedRules: {
        common: { ruleActions: { NoUserAgent_HEADER: "challenge", CrossSiteScripting_BODY: "count" } },
      },
    });
    expect(group(rules()["AWS-AWSManagedRulesCommonRuleSet"]).rule_action_override).toEqual([
      { name: "CrossSiteScripting_BODY", action_to_use: { count: {} } },
      { name: "NoUserAgent_HEADER", action_to_use: { challenge: {} } },
      { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
    ]);
  });

  it("stop long bodies again where that is said", () => {
    const ruleActions = { SizeRestrictions_BODY: "block" } as const;
    const { rules } = testWebAcl({ managedRules: { common: { ruleActions } } });
    expect(group(rules()["AWS-AWSManagedRulesCommonRuleSet"]).rule_action_override).toEqual([
      { name: "SizeRestrictions_BODY", action_to_use: { block: {} } },
    ]);
  });

  it("count as a whole, stay at a version, and look at some requests only", () => {
    const { rules } = testWebAcl({
      managedRules: { wordpress: { count: true, version: "Version_1.1", scopeDown: PATH.not() } },
    });
    const rule = rules()["AWS-AWSManagedRulesWordPressRuleSet"]!;
    expect(rule.override_action).toEqual({ count: {} });
    expect(group(rule)).toMatchObject({ name: "AWSManagedRulesWordPressRuleSet", version: "Version_1.1" });
    expect(Object.keys(group(rule).scope_down_statement)).toEqual(["and_statement"]);
  });

  it("warn of names that no rule is known to have, which AWS would pass over", () => {
    const warning = jest.spyOn(Annotations.prototype, "addWarning");
    testWebAcl({ managedRules: { posix: { ruleActions: { UNIXShellCommandsVariables_BDOY: "count" } } } });
    expect(warning.mock.calls).toEqual([
      [
        "managedRules.posix.ruleActions: UNIXShellCommandsVariables_BDOY is not known here as a rule of " +
          "AWSManagedRulesUnixRuleSet, and AWS passes over names that no rule has. Known are " +
          "UNIXShellCommandsVariables_BODY, UNIXShellCommandsVariables_HEADER, " +
          "UNIXShellCommandsVariables_QUERYARGUMENTS, UNIXShellCommandsVariables_QUERYSTRING.",
      ],
    ]);
    warning.mockRestore();
  });
});

describe("where requests come from", () => {
  const origins = {
    allowAddresses: ["198.51.100.7"],
    blockAddresses: ["192.0.2.0/24", "2001:DB8::/32", "192.0.2.0/24"],
    countries: { block: ["KP", "IR"] },
    managedRules: { ipReputation: false },
  };

  it("is looked at first: who is let in, then who is kept out", () => {
    expect(Object.entries(actions(origins)).slice(0, 4)).toEqual([
      ["allowed-addresses", "allow"],
      ["blocked-addresses", "block"],
      ["countries", "block"],
      ["rate-limit", "block"],
    ]);
  });

  it("is compared with a set for each family of addresses, spelled as AWS spells them", () => {
    const { webAcl, tf, rules } = testWebAcl(origins);
    const sets = webAcl.ipSets.map((set) => tf().of(set));
    expect(sets.map((set) => [set.ip_address_version, set.addresses])).toEqual([
      ["IPV4", ["198.51.100.7/32"]],
      ["IPV4", ["192.0.2.0/24"]],
      ["IPV6", ["2001:db8::/32"]],
    ]);
    const [, ipv4, ipv6] = webAcl.ipSets.map((set) => ({
      ip_set_reference_statement: { arn: reference(set, "arn") },
    }));
    expect(rules()["blocked-addresses"]!.statement).toEqual({ or_statement: { statement: [ipv4, ipv6] } });
  });

  it("leaves sets of addresses to be deleted after the web ACL has left them", () => {
    const { webAcl, tf } = testWebAcl(origins);
    const lifecycles = webAcl.ipSets.map((set) => tf().of(set).lifecycle);
    expect(lifecycles).toEqual(Array(3).fill({ create_before_destroy: true }));
  });

  it("takes addresses that are known only after deploy", () => {
    const stack = testStack();
    const nat = new Eip(stack, "nat");
    const later = new TerraformVariable(stack, "later", { type: "list(string)" }).listValue;
    const props = { blockAddresses: [`${nat.publicIp}/32`, "2001:db8::7"], allowAddresses: later };
    const { webAcl, tf } = testWebAcl(props, stack);
    expect(webAcl.ipSets.map((set) => tf().of(set).addresses)).toEqual([
      "${var.later}",
      ["${aws_eip.nat.public_ip}/32"],
      ["2001:db8::7/128"],
    ]);
  });

  it("makes no rule of empty lists", () => {
    expect(names({ allowAddresses: [], blockAddresses: [], rateLimit: false })[0]).toMatch(/^AWS-/);
  });

  it("lets in the clients of some countries alone", () => {
    const { rules } = testWebAcl({ countries: { allow: ["FR", "DE"] } });
    expect(rules().countries).toMatchObject({
      action: { block: {} },
      statement: {
        not_statement: { statement: [{ geo_match_statement: { country_codes: ["DE", "FR"] } }] },
      },
    });
  });

  it("is read from X-Forwarded-For behind a proxy; in doubt a client is not let in", () => {
    const { rules } = testWebAcl({
      ...origins,
      countries: { allow: ["DE"] },
      clientAddress: "forwardedAddress",
    });
    const header_name = "X-Forwarded-For";
    const found = JSON.stringify(rules());
    const set = (name: string) => JSON.stringify(rules()[name]!.statement);
    expect(set("allowed-addresses")).toContain('"fallback_behavior":"NO_MATCH"');
    expect(set("allowed-addresses")).toContain('"position":"LAST"');
    expect(set("blocked-addresses")).not.toContain("NO_MATCH");
    expect(rules().countries!.statement.not_statement.statement[0].geo_match_statement).toEqual({
      country_codes: ["DE"],
      forwarded_ip_config: { header_name, fallback_behavior: "NO_MATCH" },
    });
    expect(rules()["rate-limit"]!.statement.rate_based_statement).toMatchObject({
      aggregate_key_type: "FORWARDED_IP",
      forwarded_ip_config: { header_name, fallback_behavior: "MATCH" },
    });
    expect(found.match(/X-Forwarded-For/g)).toHaveLength(5);
  });
});

describe("a rate limit", () => {
  it("is another one for some requests", () => {
    const { rules } = testWebAcl({
      rateLimit: {
        requests: 100,
        window: 60,
        action: "captcha",
        by: "forwardedAddress",
        scopeDown: RequestMatch.method("POST"),
      },
    });
    const { action, statement } = rules()["rate-limit"]!;
    expect(action).toEqual({ captcha: {} });
    expect(statement.rate_based_statement).toMatchObject({
      limit: 100,
      evaluation_window_sec: 60,
      aggregate_key_type: "FORWARDED_IP",
    });
    expect(Object.keys(statement.rate_based_statement.scope_down_statement)).toEqual([
      "byte_match_statement",
    ]);
  });

  it("is left out", () => {
    expect(names({ rateLimit: false })).not.toContain("rate-limit");
  });
});

describe("own rules", () => {
  const block = { statement: PATH, action: "block" } as const;

  it("come before the rate limit, those that let through last, and after managed rules for their labels", () => {
    expect(
      names({
        managedRules: { common: false, knownBadInputs: false, anonymousIp: false, sqlInjection: false },
        rules: {
          trusted: { statement: PATH, action: "allow" },
          admin: block,
          marked: { statement: PATH, action: "count", labels: ["shop:marked"] },
          first: { ...block, priority: 1000 },
          clouds: {
            statement: RequestMatch.label("awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"),
            action: "block",
          },
          last: { ...block, priority: 99_999 },
        },
      }),
    ).toEqual([
      "first",
      "marked",
      "admin",
      "trusted",
      "rate-limit",
      "AWS-AWSManagedRulesAmazonIpReputationList",
      "clouds",
      "last",
    ]);
  });

  it("have numbers from nothing but themselves, the same for blocking and counting", () => {
    const number = (rules: WebAclProps["rules"]) => testWebAcl({ rules }).rules().admin!.priority;
    const alone = number({ admin: block });
    expect(number({ other: block, admin: { ...block, action: "count" }, third: block })).toBe(alone);
    expect(alone).toBeGreaterThanOrEqual(20_000);
    expect(alone).toBeLessThan(30_000);
  });

  it("put labels on requests, and answer as they are told", () => {
    const { acl, rules } = testWebAcl({
      rules: {
        admin: {
          ...block,
          labels: ["shop:admin"],
          response: {
            statusCode: 404,
            body: '{"found": "${nothing}"}',
            contentType: "application/json",
            headers: { "X-Reason": "rule" },
          },
        },
        moved: { ...block, response: { statusCode: 302, headers: { Location: "/" } } },
      },
    });
    expect(rules().admin).toMatchObject({
      rule_label: [{ name: "shop:admin" }],
      action: {
        block: {
          custom_response: {
            response_code: 404,
            custom_response_body_key: "admin",
            response_header: [{ name: "X-Reason", value: "rule" }],
          },
        },
      },
    });
    expect(acl().custom_response_body).toEqual([
      { key: "admin", content: '{"found": "$${nothing}"}', content_type: "APPLICATION_JSON" },
    ]);
  });

  it("keep their answers while they are tried out", () => {
    const response = { statusCode: 404, body: "Nothing here" };
    const { acl, rules } = testWebAcl({ rules: { admin: { ...block, action: "count", response } } });
    expect(rules().admin!.action).toEqual({ count: {} });
    expect(acl()).not.toHaveProperty("custom_response_body");
  });

  it("hold for clients that make too many of some requests", () => {
    const { rules } = testWebAcl({
      rules: {
        login: { ...block, statement: RequestMatch.path("/login"), rate: { requests: 20, window: 60 } },
      },
    });
    const { rate_based_statement: rate } = rules().login!.statement;
    expect(rate).toMatchObject({ limit: 20, evaluation_window_sec: 60, aggregate_key_type: "IP" });
    expect(Object.keys(rate.scope_down_statement)).toEqual(["or_statement"]);
  });

  it("share a list of addresses under a key, and else have their own", () => {
    const office = RequestMatch.notFromAddresses(["192.0.2.7"], "office");
    const { tf } = testWebAcl({
      rules: {
        admin: { statement: PATH.and(office), action: "block" },
        internal: { statement: RequestMatch.path("/internal").and(office), action: "block" },
        own: { statement: RequestMatch.fromAddresses(["192.0.2.7"]), action: "count" },
      },
    });
    expect(Object.keys(tf().resources("aws_wafv2_ip_set")).map((name) => name.slice(0, -9))).toEqual([
      "WebAcl_Addresses_office_Ipv4",
      "WebAcl_Addresses_own_Ipv4",
    ]);
  });
});

describe("a web ACL that counts only", () => {
  const props: WebAclProps = {
    defaultAction: "block",
    countries: { block: ["KP"] },
    allowAddresses: ["192.0.2.7"],
    rules: {
      admin: { statement: PATH, action: "block", response: { statusCode: 404, body: "Nothing here" } },
      trusted: { statement: PATH, action: "allow" },
    },
  };

  it("blocks nothing", () => {
    const { acl } = testWebAcl({ ...props, countOnly: true });
    expect(acl().default_action).toEqual({ allow: {} });
    expect(acl()).not.toHaveProperty("custom_response_body");
    expect(new Set(Object.values(actions({ ...props, countOnly: true })))).toEqual(
      new Set(["allow", "count"]),
    );
  });

  it("differs from one that blocks in nothing but actions", () => {
    const priorities = (countOnly: boolean) =>
      testWebAcl({ ...props, countOnly })
        .acl()
        .rule.map(({ name, priority, statement }: Config) => [name, priority, Object.keys(statement)]);
    expect(priorities(true)).toEqual(priorities(false));
    expect(testWebAcl(props).acl().default_action).toEqual({ block: {} });
  });
});

describe("logs of a web ACL", () => {
  const logging = (logs?: WebAclProps["logs"]) => testWebAcl({ logs }).tf().only(LOGGING);

  it("are of requests that a rule matched, without tokens and cookies, in a log group of its own, for a year", () => {
    const { webAcl, tf } = testWebAcl();
    expect(tf().of(webAcl.logGroup!)).toMatchObject({
      name_prefix: "aws-waf-logs-shop-WebAcl-Logs-",
      retention_in_days: 365,
    });
    expect(tf().of(webAcl.logging!)).toEqual({
      resource_arn: reference(webAcl.webAcl, "arn"),
      log_destination_configs: [reference(webAcl.logGroup!, "arn")],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"].map((action) => ({
              action_condition: { action },
            })),
          },
        ],
      },
    });
  });

  it("are of all requests, and without what else is secret", () => {
    const config = logging({
      requests: "all",
      redactHeaders: ["X-Api-Key", "Cookie"],
      redactQueryString: true,
    });
    expect(config).not.toHaveProperty("logging_filter");
    expect(config.redacted_fields).toEqual([
      { single_header: { name: "authorization" } },
      { single_header: { name: "cookie" } },
      { single_header: { name: "x-api-key" } },
      { query_string: {} },
    ]);
  });

  it("are encrypted and kept as told", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    const { tf } = testWebAcl({ logs: { kmsKeyArn, retentionDays: 30 } });
    expect(tf().only("aws_cloudwatch_log_group")).toMatchObject({
      kms_key_id: kmsKeyArn,
      retention_in_days: 30,
    });
  });

  it.each([
    ["arn:aws:s3:::aws-waf-logs-shop", "arn:aws:s3:::aws-waf-logs-shop"],
    [
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-shop",
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-shop",
    ],
    [
      "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop:*",
      "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop",
    ],
  ])("go to what exists: %s", (destinationArn, expected) => {
    const { tf } = testWebAcl({ logs: { destinationArn } });
    expect(tf().only(LOGGING).log_destination_configs).toEqual([expected]);
    expect(tf().count("aws_cloudwatch_log_group")).toBe(0);
  });

  it("are turned off", () => {
    const { webAcl, tf } = testWebAcl({ logs: false });
    expect([tf().count(LOGGING), tf().count("aws_cloudwatch_log_group")]).toEqual([0, 0]);
    webAcl.protect(balancerArn(), "web");
    expect(tf().only(ASSOCIATION).depends_on).toEqual([]);
  });
});

describe("a web ACL before balancers", () => {
  it("waits for its logs, and for AWS to see that it is there", () => {
    const { webAcl, tf } = testWebAcl();
    const association = webAcl.protect(balancerArn(), "shop");
    expect(tf().of(association)).toEqual({
      resource_arn: balancerArn(),
      web_acl_arn: reference(webAcl.webAcl, "arn"),
      depends_on: [`${LOGGING}.${webAcl.logging!.friendlyUniqueId}`],
      timeouts: { create: "15m" },
    });
    expect(association.friendlyUniqueId).toMatch(/^WebAcl_Association-shop_/);
    expect(webAcl.associations).toEqual({ shop: association });
  });

  it("is keyed by the balancer's path, and by its stack where that is another one", () => {
    const app = testApp();
    const { balancer, stack } = testBalancer({}, testStack("front", app));
    const here = new WebAcl(stack, "WebAcl");
    here.protect(balancer);
    expect(synth(stack).of(here.associations.LoadBalancer!).resource_arn).toBe(
      reference(balancer.loadBalancer, "arn"),
    );
    const there = new WebAcl(testStack("security", app), "WebAcl");
    there.protect(balancer);
    expect(Object.keys(there.associations)).toEqual(["front-LoadBalancer"]);
  });

  it("stands before a balancer that exists, by the ARN of its listener", () => {
    const stack = testStack();
    const existing = (listenerArn: string, loadBalancerArnSuffix?: string) =>
      LoadBalancer.fromAttributes(stack, `Existing${loadBalancerArnSuffix ? "Later" : ""}`, {
        listenerArn,
        loadBalancerArnSuffix,
        securityGroupIds: ["sg-0a"],
        dnsName: "web-1.eu-west-1.elb.amazonaws.com",
        zoneId: "Z32O12XQLNTSW2",
        network: network,
      });
    const network = existingNetwork(stack);
    const { webAcl, tf } = testWebAcl({}, stack);
    webAcl.protect(existing(`${balancerArn().replace("loadbalancer", "listener")}/f2f7dc8efc522ab2`));
    expect(tf().of(webAcl.associations.Existing!).resource_arn).toBe(balancerArn());

    const lb = new Lb(stack, "lb", {});
    webAcl.protect(existing(lb.arn, "app/web/1"));
    expect(tf().of(webAcl.associations.ExistingLater!).resource_arn).toBe(
      `\${join("", [element(split(":listener/", ${reference(lb, "arn").slice(2, -1)}), 0), ":loadbalancer/", "app/web/1"])}`,
    );
  });

  it("may be one that somebody else looks after", () => {
    const stack = testStack();
    const arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/central/1234abcd";
    const webAcl = WebAcl.fromArn(stack, "Central", arn);
    webAcl.protect(balancerArn(), "shop");
    const tf = synth(stack);
    expect(tf.addresses).toEqual([expect.stringMatching(/^aws_wafv2_web_acl_association\.Central_/)]);
    expect(tf.only(ASSOCIATION)).toMatchObject({ web_acl_arn: arn, resource_arn: balancerArn() });
  });
});
