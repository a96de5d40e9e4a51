/**
 * Where a rule finds the address of a client: `"address"`, of the connection, or `"forwardedAddress"`, in the header
 * X-Forwarded-For, for balancers behind CloudFront or another proxy, whose addresses connections come from.
 *
 * Let nobody but the proxy reach the balancer then: AWS WAF applies no rule that needs the header to a request without
 * it. Countries and rates go by the first address in the header, as AWS offers no other: a client can write that one
 * itself, unless the proxy replaces the header. Sets of addresses go by the last one, which the proxy wrote.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
 */
export type ClientAddress = (typeof CLIENT_ADDRESSES)[number];

export const CLIENT_ADDRESSES = ["address", "forwardedAddress"] as const;

const HEADER = "X-Forwarded-For";

/** What AWS makes of a request whose header has no address that can be read. */
export type Unreadable = "MATCH" | "NO_MATCH";

/** The arguments of a statement about countries, or rates. */
export function forwardedIp(from: ClientAddress, unreadable: Unreadable): Record<string, unknown> {
  if (from === "address") return {};
  return { forwarded_ip_config: { header_name: HEADER, fallback_behavior: unreadable } };
}

/** The arguments of a statement about a set of addresses. */
export function forwardedIpOfSet(from: ClientAddress, unreadable: Unreadable): Record<string, unknown> {
  if (from === "address") return {};
  return {
    ip_set_forwarded_ip_config: { header_name: HEADER, fallback_behavior: unreadable, position: "LAST" },
  };
}
