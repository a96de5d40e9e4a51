import { ManagedRules } from "./managed-rules";
import { ClientAddress } from "./match/client-address";
import { RequestOrigins } from "./origin-rules";
import { WebAclRule } from "./own-rules";
import { RateLimit } from "./rate-limit";
import { WebAclLogsOptions } from "./web-acl-logs";

/** What a web ACL lets through, and what not. */
export interface WebAclProps extends RequestOrigins {
  /**
   * Rules of your own, by their names, which are part of metrics and logs: letters, digits, hyphens and underscores.
   * Each costs a fee a month.
   *
   * @default - none
   */
  readonly rules?: Readonly<Record<string, WebAclRule>>;

  /**
   * How many requests one client may make; `false` for as many as it likes.
   *
   * @default - 10000 within five minutes, the others are answered 429
   */
  readonly rateLimit?: RateLimit | false;

  /**
   * Groups of rules that AWS looks after. `anonymousIp` keeps out clients behind VPNs, open proxies and Tor:
   * `{ anonymousIp: { ruleActions: { AnonymousIPList: "count" } } }` lets them in.
   *
   * @default - ipReputation, anonymousIp, knownBadInputs, common and sqlInjection
   */
  readonly managedRules?: ManagedRules;

  /**
   * Where rules find the address of a client: `"forwardedAddress"` behind CloudFront or another proxy. Managed rules
   * about addresses, ipReputation and anonymousIp, always go by the connection.
   *
   * @default "address"
   */
  readonly clientAddress?: ClientAddress;

  /**
   * What is done with requests that no rule decides about.
   *
   * @default "allow"
   */
  readonly defaultAction?: "allow" | "block";

  /**
   * Whether nothing is blocked, only counted, to see what the rules would do to a site that has visitors. What they
   * count is in the metric CountedRequests of each rule and in the logs, where `nonTerminatingMatchingRules` and
   * `ruleGroupList` say which rule it was. After some days, make exceptions for requests that are none of an attack's,
   * by `ruleActions`, `scopeDown` or own rules, and leave this out.
   *
   * @default false
   */
  readonly countOnly?: boolean;

  /**
   * Logs; or `false` for none.
   *
   * @default - requests that a rule matched, in a log group of its own, kept for 365 days
   */
  readonly logs?: WebAclLogsOptions | false;

  /**
   * Whether AWS keeps samples of requests for three hours, which the console shows: with all headers, cookies and
   * tokens, to whoever may only read. The logs have the same requests without them.
   *
   * @default false
   */
  readonly sampledRequests?: boolean;
}
