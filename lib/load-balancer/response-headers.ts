import { LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { numberText } from "../expressions";
import { PropChecks, isKnown } from "../validation";
import { HTTP_TOKEN } from "./http-token";
import { DAY } from "./seconds";

/**
 * Headers that the balancer writes into every answer, its own and the application's. A header that the
 * application sends by the same name is overwritten.
 *
 * Terraform's provider can change a header, but not take it away again: to do so, turn it off in the AWS
 * console under the listener's attributes, or replace the listener
 * (https://github.com/hashicorp/terraform-provider-aws/issues/42513).
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export interface ResponseHeadersOptions {
  /**
   * Strict-Transport-Security (HSTS): browsers come back over HTTPS only, for as long as it says. Browsers
   * remember it: before going back to plain HTTP, deploy `{ maxAge: 0 }` and wait for them to come by. Over HTTPS
   * only.
   *
   * @default - max-age=31536000, a year; none with `plainHttp`
   */
  readonly strictTransportSecurity?: StrictTransportSecurity | false;

  /**
   * X-Content-Type-Options: nosniff, so that browsers take files for what their Content-Type says.
   *
   * @default true
   */
  readonly noSniff?: boolean;

  /**
   * Whether answers carry the Server header, which names the software to those who look for holes.
   *
   * @default false
   */
  readonly server?: boolean;

  /**
   * X-Frame-Options, who may show the site in a frame: `"DENY"`, `"SAMEORIGIN"`, or `"ALLOW-FROM https://…"`.
   *
   * @default - none
   */
  readonly frameOptions?: string;

  /**
   * Content-Security-Policy, as in `"default-src 'self'"`; up to 1024 characters.
   *
   * @default - none
   */
  readonly contentSecurityPolicy?: string;

  /**
   * Cross-origin resource sharing: whose pages may call the site from browsers.
   *
   * @default - none
   */
  readonly cors?: CorsOptions;
}

export interface StrictTransportSecurity {
  /**
   * Seconds that browsers remember it; 0 makes them forget.
   *
   * @default 31536000, a year
   */
  readonly maxAge?: number;

  /**
   * Whether it holds for all names below the site's, too.
   *
   * @default false
   */
  readonly includeSubDomains?: boolean;

  /**
   * Whether browsers may ship with the rule, once the name is entered at https://hstspreload.org. Hard to undo;
   * needs `includeSubDomains`, and a `maxAge` of a year or longer.
   *
   * @default false
   */
  readonly preload?: boolean;
}

export interface CorsOptions {
  /** Access-Control-Allow-Origin: `"*"`, or one origin as in `"https://www.example.com"`. */
  readonly allowOrigin: string;

  /** Access-Control-Allow-Methods. @default - none */
  readonly allowMethods?: readonly CorsMethod[];

  /** Access-Control-Allow-Headers: names of headers, or `["*"]`. @default - none */
  readonly allowHeaders?: readonly string[];

  /** Access-Control-Expose-Headers: names of headers, or `["*"]`. @default - none */
  readonly exposeHeaders?: readonly string[];

  /** Access-Control-Allow-Credentials; not with the origin `"*"`. @default false */
  readonly allowCredentials?: boolean;

  /** Access-Control-Max-Age: seconds that browsers remember the answer, 0 to 86400. @default - none */
  readonly maxAge?: number;
}

/** A method that other origins may call. */
export type CorsMethod = (typeof METHODS)[number];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"] as const;
const YEAR = 31_536_000;
/** What browsers take a `max-age` for: https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2 */
const LONGEST_MAX_AGE = 2_147_483_648;

/** AWS: up to 1K, of a line's characters. */
const VALUE = /^[\x20-\x7E]{1,1024}$/;

export function checkResponseHeaders(
  checks: PropChecks,
  options: ResponseHeadersOptions,
  https: boolean,
): void {
  const { strictTransportSecurity: strict, frameOptions, contentSecurityPolicy, cors } = options;
  if (strict) checkStrictTransport(checks, strict, https);
  checks.matches(
    "responseHeaders.frameOptions",
    frameOptions,
    /^(DENY|SAMEORIGIN|ALLOW-FROM https?:\/\/\S{1,1000})$/,
    {
      allowed: '"DENY", "SAMEORIGIN", or "ALLOW-FROM https://…"',
      remedy: '"SAMEORIGIN" lets only the site itself show its pages in frames.',
    },
  );
  checks.matches("responseHeaders.contentSecurityPolicy", contentSecurityPolicy, VALUE, {
    allowed: "one line of 1 to 1024 characters of ASCII",
    remedy: "A longer policy has to come from the application.",
  });
  if (cors) checkCors(checks, cors);
}

function checkStrictTransport(checks: PropChecks, strict: StrictTransportSecurity, https: boolean): void {
  const prop = "responseHeaders.strictTransportSecurity";
  checks.require(https, {
    prop,
    value: strict,
    allowed: "nothing with plainHttp, where browsers ignore it",
    remedy: "Leave it out until the site has a domain or certificateArn.",
  });
  const range = { min: 0, max: LONGEST_MAX_AGE, unit: "seconds" };
  checks.integer(`${prop}.maxAge`, strict.maxAge, range, "A year is 31536000.");
  const longEnough = !isKnown(strict.maxAge) || strict.maxAge >= YEAR;
  checks.require(!strict.preload || (strict.includeSubDomains === true && longEnough), {
    prop: `${prop}.preload`,
    value: strict.preload,
    allowed: "true only with includeSubDomains: true and a maxAge of at least 31536000 seconds",
    remedy: "Those are the terms of https://hstspreload.org; meet them, or leave preload out.",
  });
}

/** Source: https://fetch.spec.whatwg.org/#http-cors-protocol */
function checkCors(checks: PropChecks, cors: CorsOptions): void {
  const prop = "responseHeaders.cors";
  const origin = {
    allowed: '"*", or one origin without a path, as in "https://www.example.com"',
    remedy: "For several origins, the application has to answer with the one that asks.",
  };
  checks.given(`${prop}.allowOrigin`, cors.allowOrigin, origin.allowed, origin.remedy);
  checks.matches(`${prop}.allowOrigin`, cors.allowOrigin, /^(\*|https?:\/\/[^\s/,]{1,1000})$/, origin);
  checks.require(!cors.allowCredentials || cors.allowOrigin !== "*", {
    prop: `${prop}.allowCredentials`,
    value: cors.allowCredentials,
    allowed: 'false with the origin "*"',
    remedy: "Browsers refuse credentials for everyone: name one origin.",
  });
  for (const method of cors.allowMethods ?? []) {
    checks.oneOf(`${prop}.allowMethods`, method, METHODS, "Write methods in upper case.");
  }
  for (const name of ["allowHeaders", "exposeHeaders"] as const) {
    for (const header of cors[name] ?? []) {
      checks.matches(`${prop}.${name}`, header, HTTP_TOKEN, {
        allowed: 'names of headers, as in "Content-Type", or "*"',
        remedy: "Give each name as an item of its own.",
      });
    }
    checks.matches(`${prop}.${name}`, cors[name]?.join(","), VALUE, {
      allowed: "at least one name, and 1024 characters in all",
      remedy: "Shorten the list, or leave it out.",
    });
  }
  const range = { min: 0, max: DAY, unit: "seconds" };
  checks.integer(`${prop}.maxAge`, cors.maxAge, range, "No browser remembers it for longer than a day.");
}

type HeaderArguments = Pick<
  LbListenerConfig,
  Extract<keyof LbListenerConfig, `routingHttpResponse${string}`>
>;

/** The arguments of the listener that answers. */
export function responseHeaders(options: ResponseHeadersOptions, https: boolean): HeaderArguments {
  const { strictTransportSecurity: strict = {}, noSniff = true, server = false, cors } = options;
  return {
    routingHttpResponseServerEnabled: server,
    ...(https &&
      strict && { routingHttpResponseStrictTransportSecurityHeaderValue: strictTransportText(strict) }),
    ...(noSniff && { routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff" }),
    routingHttpResponseXFrameOptionsHeaderValue: options.frameOptions,
    routingHttpResponseContentSecurityPolicyHeaderValue: options.contentSecurityPolicy,
    ...(cors && {
      routingHttpResponseAccessControlAllowOriginHeaderValue: cors.allowOrigin,
      routingHttpResponseAccessControlAllowMethodsHeaderValue: cors.allowMethods?.join(","),
      routingHttpResponseAccessControlAllowHeadersHeaderValue: cors.allowHeaders?.join(","),
      routingHttpResponseAccessControlExposeHeadersHeaderValue: cors.exposeHeaders?.join(","),
      routingHttpResponseAccessControlAllowCredentialsHeaderValue: cors.allowCredentials ? "true" : undefined,
      routingHttpResponseAccessControlMaxAgeHeaderValue:
        cors.maxAge === undefined ? undefined : numberText(cors.maxAge),
    }),
  };
}

function strictTransportText({ maxAge = YEAR, includeSubDomains, preload }: StrictTransportSecurity): string {
  const rest = `${includeSubDomains ? "; includeSubDomains" : ""}${preload ? "; preload" : ""}`;
  return `max-age=${numberText(maxAge)}${rest}`;
}
