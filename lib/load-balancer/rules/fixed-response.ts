import { Token } from "cdktf";
import { literalLength, numberText } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";
import { Action } from "./listener-rules";

const CONTENT_TYPES = [
  "text/plain",
  "text/css",
  "text/html",
  "application/javascript",
  "application/json",
] as const;

/** What a balancer may say its own answers are. */
export type ContentType = (typeof CONTENT_TYPES)[number];

/**
 * An answer of the balancer itself.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html
 */
export interface FixedResponseOptions {
  /** Status code: 200 to 299, or 400 to 599. */
  readonly statusCode: number;

  /** What the body is. @default "text/plain" */
  readonly contentType?: ContentType;

  /** The body, up to 1024 bytes. @default - none */
  readonly body?: string;
}

const MAX_BODY = 1024;

export function checkFixedResponse(checks: PropChecks, response: FixedResponseOptions): void {
  const { statusCode, contentType, body } = response;
  const isStatus = Number.isInteger(statusCode) && statusCode >= 200 && statusCode < 600;
  checks.require(
    statusCode !== undefined && (!isKnown(statusCode) || (isStatus && !isRedirect(statusCode))),
    {
      prop: "statusCode",
      value: statusCode,
      allowed: "a whole number from 200 to 299 or from 400 to 599",
      remedy: "503 says that a service is unavailable. For 301 and 302 there is addRedirect.",
    },
  );
  checks.oneOf("contentType", contentType, CONTENT_TYPES, "AWS takes no other ones.");
  checks.require(body === undefined || literalLength(body) <= MAX_BODY, {
    prop: "body",
    value: body === undefined ? undefined : `${literalLength(body)} bytes`,
    allowed: `up to ${MAX_BODY} bytes`,
    remedy: "Shorten it, or forward to a target that answers.",
  });
}

export function fixedResponseAction({ statusCode, contentType, body }: FixedResponseOptions): Action {
  return {
    type: "fixed-response",
    fixedResponse: {
      contentType: contentType ?? "text/plain",
      messageBody: body === undefined || Token.isUnresolved(body) ? body : escape(body),
      statusCode: numberText(statusCode),
    },
  };
}

function isRedirect(statusCode: number): boolean {
  return statusCode >= 300 && statusCode < 400;
}

/** A page may have what Terraform would take for an expression. */
function escape(body: string): string {
  return body.replace(/[$%](?=\{)/g, (character) => character + character);
}
