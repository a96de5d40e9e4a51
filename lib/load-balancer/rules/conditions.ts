import { LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { checkIpv4Block, checkIpv6Block } from "../../firewall/address-block";
import { PropChecks, isKnown } from "../../validation";
import { countWildcards } from "./pattern";

/** A parameter of a query string: `?version=beta`. */
export interface QueryStringCondition {
  /**
   * Name of the parameter, up to 128 visible characters; `*` and `?` are wildcards.
   *
   * @default - any parameter
   */
  readonly key?: string;
  /** Its value, up to 128 visible characters; `*` and `?` are wildcards. */
  readonly value: string;
}

/**
 * Which requests a rule is for: those that meet all conditions given, each by one of its values. At least one
 * condition is needed, and a rule has up to 5 values and 6 wildcards in all. In hosts, paths, headers and query
 * strings, `*` stands for any characters, or none, and `?` for exactly one.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface RuleConditions {
  /**
   * Host names, as in `blog.example.com` or `*.example.com`, up to 128 characters, in either case.
   *
   * @default - any host
   */
  readonly hosts?: readonly string[];

  /**
   * Paths, as in `/api/*`, up to 128 characters; case matters. The query string is no part of them.
   *
   * @default - any path
   */
  readonly paths?: readonly string[];

  /**
   * Methods, as in `GET`, in upper case.
   *
   * @default - any method
   */
  readonly methods?: readonly string[];

  /**
   * Values of headers, by the headers' names: `{ "X-Version": ["beta-*"] }`. Each header named has to have one
   * of its values, in either case. For the Host header there is `hosts`.
   *
   * @default - any headers
   */
  readonly headers?: Readonly<Record<string, readonly string[]>>;

  /**
   * Parameters of the query string; one of them is enough, in either case. A literal `*` or `?` is written
   * after a backslash.
   *
   * @default - any query string
   */
  readonly queryStrings?: readonly QueryStringCondition[];

  /**
   * Blocks of addresses, IPv4 or IPv6, that the connection comes from: of the proxy, where the client is behind
   * one.
   *
   * @default - from anywhere
   */
  readonly sourceIps?: readonly string[];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const MAX_VALUES = 5;
const MAX_WILDCARDS = 6;

/** AWS takes no rules for this address. */
export const NOBODY = "255.255.255.255/32";

const HOST = /^(?=.{1,128}$)[A-Za-z0-9.*?-]*\.(?:[A-Za-z]+|xn--[A-Za-z0-9-]+)$/;
const PATH = /^(?=.{1,128}$)[/*?][\w\-.$/~"'@:+&*?]*$/;
const METHOD = /^[A-Z_-]{1,40}$/;
const HEADER_NAME = /^(?!host$)[!#$%&'+.^_`|~\w-]{1,40}$/i;
const HEADER_VALUE = /^[\x20-\x7e]{1,128}$/;
const QUERY = /^[\x21-\x7e]{1,128}$/;

/** Refuses what AWS would refuse at deploy. */
export function checkConditions(checks: PropChecks, conditions: RuleConditions): void {
  const { hosts, paths, methods, headers, queryStrings, sourceIps } = conditions;
  const lists = { hosts, paths, methods, queryStrings, sourceIps, ...headers };
  for (const [prop, list] of Object.entries(lists)) checks.list(prop, list, 'As in paths: ["/api/*"].');
  checks.require(conditionBlocks(conditions).length > 0, {
    prop: "conditions",
    value: undefined,
    allowed: "at least one of hosts, paths, methods, headers, queryStrings and sourceIps",
    remedy: 'Say which requests, as in paths: ["/api/*"]; for all others there is forwardTo.',
  });
  checkValues(checks, "hosts", hosts, HOST, {
    allowed:
      "host names of up to 128 letters, digits, hyphens, dots and the wildcards * and ?, with at least one " +
      "dot, and only letters after the last one",
    remedy: "Write the name alone, as in blog.example.com or *.example.com, without scheme, port and path.",
  });
  checkValues(checks, "paths", paths, PATH, {
    allowed:
      "paths that start with a slash or a wildcard, of up to 128 letters, digits, the wildcards * and ? and " +
      "_ - . $ / ~ \" ' @ : + &",
    remedy: "Write the path alone, as in /api/*. What follows a question mark goes into queryStrings.",
  });
  checkValues(checks, "methods", methods, METHOD, {
    allowed: "methods of up to 40 upper-case letters, hyphens and underscores, without wildcards",
    remedy: "Write it as in GET or POST.",
  });
  checkHeaders(checks, headers);
  checks.require(queryStrings === undefined || queryStrings.length > 0, atLeastOne("queryStrings"));
  for (const { key, value } of queryStrings ?? []) {
    const rule = {
      allowed: "1 to 128 visible ASCII characters",
      remedy: 'Give name and value without "?", "=" and "&" between them, URL-encoded where needed.',
    };
    checks.given("queryStrings.value", value, rule.allowed, rule.remedy);
    checks.matches("queryStrings.key", key, QUERY, rule);
    checks.matches("queryStrings.value", value, QUERY, rule);
  }
  checkSourceIps(checks, sourceIps);
  checkCounts(checks, conditions);
}

/** The conditions as the provider has them. */
export function conditionBlocks(conditions: RuleConditions): LbListenerRuleCondition[] {
  const { hosts, paths, methods, headers = {}, queryStrings, sourceIps } = conditions;
  return [
    ...(hosts ? [{ hostHeader: { values: [...hosts] } }] : []),
    ...(paths ? [{ pathPattern: { values: [...paths] } }] : []),
    ...(methods ? [{ httpRequestMethod: { values: [...methods] } }] : []),
    ...Object.entries(headers).map(([httpHeaderName, values]) => ({
      httpHeader: { httpHeaderName, values: [...values] },
    })),
    ...(queryStrings ? [{ queryString: queryStrings.map(({ key, value }) => ({ key, value })) }] : []),
    ...(sourceIps ? [{ sourceIp: { values: [...sourceIps] } }] : []),
  ];
}

function checkValues(
  checks: PropChecks,
  prop: string,
  values: readonly string[] | undefined,
  form: RegExp,
  rule: { readonly allowed: string; readonly remedy: string },
): void {
  if (!isKnown(values)) return;
  checks.require(values.length > 0, atLeastOne(prop));
  for (const value of values) checks.matches(prop, value, form, rule);
}

function checkHeaders(checks: PropChecks, headers: RuleConditions["headers"]): void {
  for (const [name, values] of Object.entries(headers ?? {})) {
    checks.matches("headers", name, HEADER_NAME, {
      allowed: "names of headers other than Host, up to 40 characters, without wildcards",
      remedy: "For the Host header there is hosts.",
    });
    checkValues(checks, `headers.${name}`, values, HEADER_VALUE, {
      allowed: "1 to 128 visible ASCII characters and spaces",
      remedy: "Shorten it: the wildcard * stands for any characters.",
    });
  }
}

function checkSourceIps(checks: PropChecks, blocks: readonly string[] | undefined): void {
  if (!isKnown(blocks)) return;
  checks.require(blocks.length > 0, atLeastOne("sourceIps"));
  for (const block of blocks) {
    if (!isKnown(block)) continue;
    (block.includes(":") ? checkIpv6Block : checkIpv4Block)(checks, "sourceIps", block);
    checks.require(block !== NOBODY, {
      prop: "sourceIps",
      value: block,
      allowed: "any other block",
      remedy: "No connection comes from there.",
    });
  }
}

function checkCounts(checks: PropChecks, conditions: RuleConditions): void {
  const { hosts, paths, headers = {}, queryStrings } = conditions;
  const queries = (queryStrings ?? []).flatMap(({ key, value }) =>
    key === undefined ? [value] : [key, value],
  );
  const patterns = [hosts, paths, ...Object.values(headers), queries].flatMap(knownTexts);
  const values = countValues(conditions);
  const remedy = "Make a second rule for the others; it may have the same target.";
  checks.require(values <= MAX_VALUES, {
    prop: "conditions",
    value: `${values} values`,
    allowed: `up to ${MAX_VALUES} values in all conditions of a rule`,
    remedy,
  });
  const wildcards = patterns.reduce((sum, pattern) => sum + countWildcards(pattern), 0);
  checks.require(wildcards <= MAX_WILDCARDS, {
    prop: "conditions",
    value: `${wildcards} wildcards`,
    allowed: `up to ${MAX_WILDCARDS} wildcards in all conditions of a rule`,
    remedy,
  });
}

/** How many values all conditions of a rule have. */
export function countValues(conditions: RuleConditions): number {
  const { hosts, paths, methods, headers = {}, queryStrings, sourceIps } = conditions;
  return [hosts, paths, methods, ...Object.values(headers), queryStrings, sourceIps]
    .filter(isKnown)
    .reduce((sum, list) => sum + list.length, 0);
}

/** The values of a condition where case doesn't matter. */
export function lowerCase(values: readonly string[] | undefined): readonly string[] | undefined {
  return isKnown(values) ? values.map((value) => (isKnown(value) ? value.toLowerCase() : value)) : values;
}

/** The values of a condition that are known now. */
export function knownTexts(values: readonly string[] | undefined): string[] {
  return isKnown(values) ? values.filter(isKnown) : [];
}

function atLeastOne(prop: string) {
  return { prop, value: [], allowed: "at least one value", remedy: `Leave ${prop} out where any will do.` };
}
