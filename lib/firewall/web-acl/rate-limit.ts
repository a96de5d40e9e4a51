import { PropChecks } from "../../validation";
import { SingleRule } from "./acl-rule";
import { BlockResponse, checkBlockResponse } from "./block-response";
import { MAX_SCOPE_DEPTH } from "./managed-rules";
import { ClientAddress } from "./match/client-address";
import { RequestMatch } from "./match/request-match";
import { OUR_RULES } from "./own-rules";
import { RATE_CAPACITY, RequestRate, checkRate, rateStatement } from "./rate";
import { HINDERING_ACTIONS, HinderingAction } from "./rule-action";
import { PRIORITIES } from "./rule-priorities";

/** How many requests one client may make, and what is done with more. */
export interface RateLimit extends Partial<RequestRate> {
  /**
   * Requests of one client within the window, 10 to 2,000,000,000.
   *
   * @default 10000: 33 a second for five minutes, more than an office behind one address makes
   */
  readonly requests?: number;

  /** What is done with requests beyond. @default "block" */
  readonly action?: HinderingAction;

  /** Requests that count, and that are kept away: `RequestMatch.path("/static").not()`. @default - all */
  readonly scopeDown?: RequestMatch;

  /** What blocked requests are answered. @default - status 429, too many requests */
  readonly response?: BlockResponse;
}

const DEFAULT_REQUESTS = 10_000;
const TOO_MANY_REQUESTS: BlockResponse = { statusCode: 429 };

export function checkRateLimit(checks: PropChecks, limit: RateLimit): void {
  checks.group("rateLimit", limit, "As in { requests: 2000 }, or false for none.");
  checkRate(checks, "rateLimit", withDefault(limit));
  const { action = "block", scopeDown, response } = limit;
  checks.oneOf("rateLimit.action", action, HINDERING_ACTIONS, '"count" is for finding the right number.');
  checks.instanceOf("rateLimit.scopeDown", scopeDown, RequestMatch, "As in RequestMatch.path(…).not().");
  scopeDown?.check(checks, "rateLimit.scopeDown", MAX_SCOPE_DEPTH);
  checkBlockResponse(checks, "rateLimit.response", response, action);
}

export function rateLimitRule(limit: RateLimit, clientAddress: ClientAddress): SingleRule {
  const { action = "block", scopeDown, response = TOO_MANY_REQUESTS } = limit;
  return {
    kind: "single",
    name: OUR_RULES.rateLimit,
    priority: PRIORITIES.rateLimit,
    match: scopeDown,
    capacity: RATE_CAPACITY,
    action,
    response,
    isRate: true,
    statement: (place) => rateStatement(withDefault(limit), clientAddress, scopeDown?.statement(place)),
  };
}

function withDefault(limit: RateLimit): RequestRate {
  return { ...limit, requests: limit.requests ?? DEFAULT_REQUESTS };
}
