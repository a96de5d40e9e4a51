import { Token } from "cdktf";
import { RequestMatch, WebAcl, WebAclProps } from "../../lib";
import { testRefusals } from "../support/bad-input";
import { testStack } from "../support/synth";
import { balancerArn, testWebAcl } from "../support/web-acl";

const anything = (value: unknown) => value as never;
const acl = (props: object) => () => testWebAcl(props as WebAclProps);
const PATH = RequestMatch.path("/admin");
const rule = (props: object) => acl({ rules: { admin: { statement: PATH, action: "block", ...props } } });
const named = (name: string) => acl({ rules: { [name]: { statement: PATH, action: "block" } } });
const match = (statement: RequestMatch) => rule({ statement });
const path = (comparison: object) => match(RequestMatch.path(comparison));
const managed = (managedRules: object) => acl({ managedRules });
const response = (props: object) => rule({ response: { statusCode: 403, ...props } });
const logs = (options: object) => acl({ logs: options });
const protect = (balancer: unknown, key?: string) => () =>
  testWebAcl().webAcl.protect(anything(balancer), key);
const header = (name: string) => RequestMatch.header(name, "x");

const group = "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop";

testRefusals({
  "an unknown group of managed rules": managed({ botControl: true }),
  "managed rules by a list": acl({ managedRules: ["common"] }),
  "a word in place of a group's options": managed({ common: "count" }),
  "a group that counts by a word": managed({ common: { count: "yes" } }),
  "an unknown action of a managed rule": managed({ common: { ruleActions: { NoUserAgent_HEADER: "none" } } }),
  "no action of a managed rule": managed({ common: { ruleActions: { NoUserAgent_HEADER: undefined } } }),
  "a version of a list of addresses": managed({ ipReputation: { version: "Version_1.0" } }),
  "a version with a space": managed({ common: { version: "Version 1.0" } }),
  "a scope by a path": managed({ common: { scopeDown: "/api" } }),
  "a scope that is too deep": managed({
    common: { scopeDown: PATH.and(header("a").or(header("b").and(header("c")))) },
  }),

  "too few requests": acl({ rateLimit: { requests: 9 } }),
  "too many requests": acl({ rateLimit: { requests: 2_000_000_001 } }),
  "half a request": acl({ rateLimit: { requests: 10.5 } }),
  "a window of a quarter of an hour": acl({ rateLimit: { window: 900 } }),
  "a rate limit by user": acl({ rateLimit: { by: "user" } }),
  "a rate limit that allows": acl({ rateLimit: { action: "allow" } }),
  "a rate limit switched on": acl({ rateLimit: true }),
  "an answer to requests with a puzzle": acl({
    rateLimit: { action: "captcha", response: { statusCode: 429 } },
  }),

  "countries in a list": acl({ countries: ["DE"] }),
  "countries allowed and blocked": acl({ countries: { allow: ["DE"], block: ["KP"] } }),
  "neither allowed nor blocked countries": acl({ countries: {} }),
  "no countries": acl({ countries: { block: [] } }),
  "a country in lower case": acl({ countries: { block: ["kp"] } }),
  "a country by its name": acl({ countries: { allow: ["Germany"] } }),
  "a country in place of a list": acl({ countries: { allow: "DE" } }),

  "a name for an address": acl({ blockAddresses: ["office.example.com"] }),
  "an address in the middle of its block": acl({ allowAddresses: ["192.0.2.7/24"] }),
  "everybody let in": acl({ allowAddresses: ["0.0.0.0/0"] }),
  "everybody kept out over IPv6": acl({ blockAddresses: ["::/0"] }),
  "an address in place of a list": acl({ allowAddresses: "192.0.2.7" }),
  "more addresses than a set takes": acl({
    blockAddresses: Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.1`).map(
      (address) => address.replace(/^10\.(\d+)/, (_, high) => `10.${high}`),
    ),
  }),

  "a name with a space": named("admin pages"),
  "a name that is known only after deploy": named(Token.asString({ resolve: () => "later" })),
  "a name of ours": named("Rate-Limit"),
  "a name that AWS keeps": named("AWSAdmin"),
  "a metric that AWS has": named("All"),
  "a rule that is none": acl({ rules: { admin: undefined } }),
  "rules in a list": acl({ rules: [] }),
  "a rule without a statement": rule({ statement: undefined }),
  "a statement by a path": rule({ statement: "/admin" }),
  "a rule without an action": rule({ action: undefined }),
  "an unknown action": rule({ action: "deny" }),
  "a label with a space": rule({ labels: ["shop admin"] }),
  "a label in place of a list": rule({ labels: "shop:admin" }),
  "a rate that lets through": rule({ action: "allow", rate: { requests: 10 } }),
  "a rate without a number": rule({ rate: {} }),
  "eleven rates": acl({
    rules: Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [
        `rate-${index}`,
        { statement: PATH, action: "block", rate: { requests: 10 }, priority: 1000 + index },
      ]),
    ),
  }),

  "a priority of our rules": rule({ priority: 50_000 }),
  "a priority that is no whole number": rule({ priority: 1000.5 }),
  "a priority before managed rules for their labels": rule({
    statement: RequestMatch.label("awswaf:managed:aws:core-rule-set:NoUserAgent_Header"),
    priority: 1000,
  }),
  "two rules of one priority": acl({
    rules: {
      first: { statement: PATH, action: "block", priority: 1000 },
      second: { statement: PATH, action: "block", priority: 1000 },
    },
  }),
  "two rules whose names lead to one priority": acl({
    rules: {
      // Found by trying: both are hashed to the same number.
      "rule-28": { statement: PATH, action: "block" },
      "rule-81": { statement: PATH, action: "block" },
    },
  }),

  "an answer to requests that are let through": rule({ action: "allow", response: { statusCode: 200 } }),
  "an answer that is none": rule({ response: 404 }),
  "a status that AWS does not know": response({ statusCode: 418 }),
  "no status": response({ statusCode: undefined }),
  "a body that is too long": response({ body: "x".repeat(4097) }),
  "an empty body": response({ body: "" }),
  "an image for a body": response({ body: "x", contentType: "image/png" }),
  "a header with a colon": response({ headers: { "Location:": "/" } }),
  "a header of two lines": response({ headers: { Location: "/\nX: y" } }),

  "no path": match(RequestMatch.path("")),
  "a path without a slash": match(RequestMatch.path("admin")),
  "a URL for a path": path({ startsWith: "https://shop.example.com/admin" }),
  "no comparison": path({}),
  "a comparison by a number": match(RequestMatch.path(anything(5))),
  "two comparisons": path({ startsWith: "/a", endsWith: "b" }),
  "an empty text": path({ contains: "" }),
  "a text that is too long": path({ exactly: `/${"x".repeat(200)}` }),
  "a word of two": path({ containsWord: "a b" }),
  "a regular expression with capitals that never match": path({ regex: "^/Admin/\\S+$" }),
  "a regular expression that is too long": path({ regex: "x".repeat(513) }),
  "an unknown transformation": path({ exactly: "/a", transformations: ["lowercase"] }),
  "no transformation": path({ exactly: "/a", transformations: [] }),
  "an unknown sensitivity": path({ sqlInjection: "medium" }),
  "a body larger than the firewall sees": match(RequestMatch.body({ largerThan: 10_000 })),
  "a header's name with a colon": match(header("x-forwarded-for:")),
  "a header without a name": match(header(anything(undefined))),
  "a cookie with a space": match(RequestMatch.cookie("session id", "x")),
  "addresses that are none": match(RequestMatch.fromAddresses(["office"])),
  "no addresses": match(RequestMatch.notFromAddresses([])),
  "nothing for addresses": match(RequestMatch.fromAddresses(anything(undefined))),
  "a key with a slash": match(RequestMatch.fromAddresses(["192.0.2.7"], "a/b")),
  "two lists of addresses in one rule": match(
    RequestMatch.fromAddresses(["192.0.2.7"]).or(RequestMatch.fromAddresses(["192.0.2.8"])),
  ),
  "an IP set of CloudFront": match(
    RequestMatch.fromIpSet("arn:aws:wafv2:us-east-1:123456789012:global/ipset/office/1"),
  ),
  "a label that is too long": match(RequestMatch.label("x".repeat(1025))),
  "a statement in camelCase": match(RequestMatch.raw({ byte_match_statement: { searchString: "x" } })),
  "two raw statements": match(RequestMatch.raw({ a_statement: {}, b_statement: {} })),
  "no raw statement": match(RequestMatch.raw(anything("geo"))),
  "a raw rate": match(RequestMatch.raw({ rate_based_statement: { limit: 10 } })),
  "a raw group": match(RequestMatch.raw({ managed_rule_group_statement: { name: "x" } })),
  "capacity for nothing": match(RequestMatch.raw({ geo_match_statement: {} }, 0)),
  "a combination with a path": match(PATH.and(anything("/api"))),
  "four logical statements in each other": match(
    header("a").or(header("b").and(header("c").or(header("d").not()))),
  ),
  "a deep raw statement": match(
    PATH.and(
      RequestMatch.raw({
        or_statement: { statement: [{ and_statement: { statement: [{ not_statement: {} }] } }] },
      }),
    ),
  ),

  "more capacity than a web ACL has": acl({
    managedRules: { linux: true, windows: true, php: true, wordpress: true, posix: true },
    rules: Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `xss-${index}`,
        {
          statement: RequestMatch.header(`x-${index}`, { crossSiteScripting: true }),
          action: "block",
          priority: 1000 + index,
        },
      ]),
    ),
  }),
  "more references than a web ACL has": acl({
    rules: Object.fromEntries(
      Array.from({ length: 46 }, (_, index) => [
        `set-${index}`,
        {
          statement: RequestMatch.fromAddresses([`192.0.2.${index}`]),
          action: "block",
          priority: 1000 + index,
        },
      ]),
    ),
  }),

  "logs by the name of their group": logs(anything("aws-waf-logs-shop")),
  "logs of some requests": logs({ requests: "blocked" }),
  "a log group of another name": logs({ destinationArn: group.replace("aws-waf-logs-", "") }),
  "logs for 42 days": logs({ retentionDays: 42 }),
  "a retention of somebody else's log group": logs({ destinationArn: group, retentionDays: 30 }),
  "a key of somebody else's log group": logs({
    destinationArn: group,
    kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
  }),
  "an alias for a key": logs({ kmsKeyArn: "alias/logs" }),
  "a header to redact with a space": logs({ redactHeaders: ["x api key"] }),
  "query strings to redact": logs({ redactQueryString: ["token"] }),

  "an unknown default": acl({ defaultAction: "count" }),
  "counting by a word": acl({ countOnly: "true" }),
  "samples by a number": acl({ sampledRequests: 1 }),
  "a client's address from elsewhere": acl({ clientAddress: "X-Real-IP" }),

  "no balancer": protect(undefined, "web"),
  "a balancer that is none": protect({}, "web"),
  "a network load balancer": protect(balancerArn().replace("/app/", "/net/"), "web"),
  "an ARN without a key": protect(balancerArn()),
  "a key of a balancer with a slash": protect(balancerArn(), "a/b"),
  "two balancers of one key": () => {
    const { webAcl } = testWebAcl();
    webAcl.protect(balancerArn("web"), "web");
    webAcl.protect(balancerArn("api"), "web");
  },
  "a web ACL of CloudFront": () =>
    WebAcl.fromArn(testStack(), "Central", "arn:aws:wafv2:us-east-1:123456789012:global/webacl/central/1"),
  "no web ACL": () => WebAcl.fromArn(testStack(), "Central", anything(undefined)),
});
