import {
  Wafv2WebAclCustomResponseBody,
  Wafv2WebAclRuleActionBlock,
} from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { escapeTemplate, literalLength } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";

const CONTENT_TYPES = {
  "text/plain": "TEXT_PLAIN",
  "text/html": "TEXT_HTML",
  "application/json": "APPLICATION_JSON",
} as const;

/**
 * What is answered to requests that are blocked.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html
 */
export interface BlockResponse {
  /** Status code, one of those that AWS knows: 403, 404, 429, 302 with a header Location, and other usual ones. */
  readonly statusCode: number;

  /** The body, up to 4096 bytes. @default - none */
  readonly body?: string;

  /** What the body is. @default "text/plain" */
  readonly contentType?: keyof typeof CONTENT_TYPES;

  /** Headers, by their names. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-status-codes.html */
const STATUS_CODES = [
  200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 411, 412,
  413, 414, 415, 416, 421, 429, 500, 501, 502, 503, 504, 505,
];
/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAX_BODY = 4096;

export function checkBlockResponse(
  checks: PropChecks,
  prop: string,
  response: BlockResponse | undefined,
  action: string,
): void {
  checks.group(prop, response, "As in { statusCode: 404 }.");
  if (response === undefined) return;
  const { statusCode, body, contentType, headers } = response;
  // A rule that is tried out by "count" is to be switched over and back in one word.
  checks.require(action === "block" || action === "count", {
    prop,
    value: response,
    allowed: 'nothing but with action "block", or with "count" in its place',
    remedy: "What is not blocked is answered by the application.",
  });
  checks.require(statusCode !== undefined && (!isKnown(statusCode) || STATUS_CODES.includes(statusCode)), {
    prop: `${prop}.statusCode`,
    value: statusCode,
    allowed: STATUS_CODES.join(", "),
    remedy: "403 says that the client may not, 404 hides that there is something.",
  });
  checks.oneOf(`${prop}.contentType`, contentType, Object.keys(CONTENT_TYPES), "AWS takes no other ones.");
  checks.require(body === undefined || (typeof body === "string" && isInRange(literalLength(body))), {
    prop: `${prop}.body`,
    value: typeof body === "string" ? `${literalLength(body)} bytes` : body,
    allowed: `a text of 1 to ${MAX_BODY} bytes`,
    remedy: "Shorten it, or send clients to a page: { statusCode: 302, headers: { Location: … } }.",
  });
  checks.group(`${prop}.headers`, headers, 'As in { "Retry-After": "60" }.');
  for (const [name, value] of Object.entries(headers ?? {})) {
    checks.matches(`${prop}.headers`, name, /^[\w.$-]{1,64}$/, {
      allowed: "names of 1 to 64 letters, digits, hyphens, underscores, dots and $",
      remedy: "Write the name alone, without a colon.",
    });
    checks.matches(`${prop}.headers.${name}`, value, /^.{1,255}$/, {
      allowed: "a line of 1 to 255 characters",
      remedy: "Shorten it.",
    });
  }
}

/** The argument of a rule that blocks; a body is kept by the rule's name. */
export function blockArguments(
  rule: string,
  response: BlockResponse | undefined,
): Wafv2WebAclRuleActionBlock {
  if (response === undefined) return {};
  const { statusCode, body, headers } = response;
  return {
    customResponse: {
      responseCode: statusCode,
      customResponseBodyKey: body === undefined ? undefined : rule,
      responseHeader:
        headers && Object.entries(headers).map(([name, value]) => ({ name, value: escapeTemplate(value) })),
    },
  };
}

/** The body, which the web ACL keeps. */
export function responseBody(
  rule: string,
  response: BlockResponse | undefined,
): Wafv2WebAclCustomResponseBody[] {
  if (response?.body === undefined) return [];
  const { body, contentType = "text/plain" } = response;
  return [{ key: rule, content: escapeTemplate(body), contentType: CONTENT_TYPES[contentType] }];
}

function isInRange(length: number): boolean {
  return length > 0 && length <= MAX_BODY;
}
