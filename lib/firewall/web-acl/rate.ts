import { PropChecks, isKnown } from "../../validation";
import { CLIENT_ADDRESSES, ClientAddress, forwardedIp } from "./match/client-address";
import { StatementBlock } from "./match/match-leaf";

const WINDOWS = [60, 120, 300, 600] as const;

/**
 * How many requests one client may make.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export interface RequestRate {
  /**
   * Requests of one client within the window, 10 to 2,000,000,000. AWS looks every few seconds and about: some more
   * get through.
   */
  readonly requests: number;

  /** Seconds that are counted back each time: 60, 120, 300 or 600. @default 300 */
  readonly window?: (typeof WINDOWS)[number];

  /**
   * What tells clients apart. With `"forwardedAddress"` a client that writes X-Forwarded-For itself can be many,
   * unless the proxy replaces the header.
   *
   * @default - as clientAddress
   */
  readonly by?: ClientAddress;
}

export const DEFAULT_WINDOW = 300;

/** Capacity units of a rate, without those of its statement. */
export const RATE_CAPACITY = 2;

export function checkRate(checks: PropChecks, prop: string, rate: RequestRate): void {
  checks.group(prop, rate, "As in { requests: 1000 }.");
  const { requests, window, by } = rate;
  const remedy = 'Count what clients need in a window by action: "count", then take twice as many.';
  checks.given(`${prop}.requests`, requests, "a number of requests", remedy);
  checks.integer(`${prop}.requests`, requests, { min: 10, max: 2_000_000_000, unit: "requests" }, remedy);
  checks.require(!isKnown(window) || WINDOWS.includes(window), {
    prop: `${prop}.window`,
    value: window,
    allowed: `${WINDOWS.join(", ")} seconds`,
    remedy: "AWS counts over no other times.",
  });
  checks.oneOf(`${prop}.by`, by, CLIENT_ADDRESSES, 'Behind a CDN it is "forwardedAddress".');
}

/** Clients that make more requests than that, of those that meet a statement. */
export function rateStatement(
  rate: RequestRate,
  clientAddress: ClientAddress,
  scopeDown: StatementBlock | undefined,
): StatementBlock {
  const by = rate.by ?? clientAddress;
  return {
    rate_based_statement: {
      limit: rate.requests,
      evaluation_window_sec: rate.window ?? DEFAULT_WINDOW,
      aggregate_key_type: by === "address" ? "IP" : "FORWARDED_IP",
      ...forwardedIp(by, "MATCH"),
      ...(scopeDown && { scope_down_statement: scopeDown }),
    },
  };
}
