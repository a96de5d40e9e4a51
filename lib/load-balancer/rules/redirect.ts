import { numberText } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";
import { RuleConditions, lowerCase } from "./conditions";
import { Action } from "./listener-rules";
import { hasWildcard } from "./pattern";

/**
 * Where clients are sent: what is not given stays as it was in their request. In `host`, `path` and `query`,
 * `#{host}`, `#{path}` (without its leading slash), `#{query}`, `#{port}` and `#{protocol}` stand for what
 * was asked for. One of `host`, `path`, `port` and `protocol` has to change. A redirect whose own conditions
 * the new URL meets, as from `*.example.com` to `www.example.com`, needs a more specific rule that takes it.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export interface RedirectOptions {
  /** Host name, up to 128 characters; may contain `#{host}`. @default - as it was */
  readonly host?: string;

  /**
   * Path that starts with a slash, up to 128 characters; may contain `#{host}`, `#{path}` and `#{port}`, as in
   * `/shop/#{path}`.
   *
   * @default - as it was
   */
  readonly path?: string;

  /** Query string without its question mark, up to 128 characters; may be empty. @default - as it was */
  readonly query?: string;

  /** TCP port, 1 to 65535. @default - as it was; 443 where `protocol` goes from HTTP to HTTPS */
  readonly port?: number;

  /** What the client is to speak; nobody is sent from HTTPS to HTTP. @default - as it was */
  readonly protocol?: "HTTP" | "HTTPS";

  /**
   * Whether the redirect is for good: status 301, which browsers remember for as long as they like, even after
   * the rule is gone. Otherwise it is 302, and can be taken back.
   *
   * @default false
   */
  readonly permanent?: boolean;
}

/** The port and protocol that a listener answers. */
export interface ListenerPort {
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
}

/** Every visible ASCII character but the one that keywords begin with. */
const VISIBLE = "[\\x21\\x22\\x24-\\x7e]";

/** Refuses what AWS would refuse, and redirects that lead where the client came from. */
export function checkRedirect(
  checks: PropChecks,
  redirect: RedirectOptions,
  conditions: RuleConditions,
  listener: ListenerPort,
): void {
  const { host, path, query, port, protocol } = redirect;
  checks.matches("host", host, form("(?=.{1,128}$)", "[A-Za-z0-9.-]", "host"), {
    allowed: "a host name of up to 128 characters, which may contain #{host}",
    remedy: "Write the name alone, as in www.example.com, without scheme and port.",
  });
  checks.matches("path", path, form("(?=.{1,128}$)/", VISIBLE, "host|path|port"), {
    allowed:
      "a path of up to 128 characters that starts with a slash, and may contain #{host}, #{path} and #{port}",
    remedy:
      "The leading slash is no part of #{path}: /shop/#{path}. What follows a question mark goes into query.",
  });
  checks.matches("query", query, form("(?!\\?)(?=.{0,128}$)", VISIBLE, "host|path|query|port|protocol"), {
    allowed: "a query string of up to 128 characters without its question mark, which may contain #{query}",
    remedy: "As in #{query}&from=old.",
  });
  checks.integer("port", port, { min: 1, max: 65535 }, "Leave it out for the port that was asked for.");
  checks.oneOf("protocol", protocol, ["HTTP", "HTTPS"], "Leave it out for the protocol that was used.");
  checks.require(protocol !== "HTTP" || listener.protocol !== "HTTPS", {
    prop: "protocol",
    value: protocol,
    allowed: '"HTTPS", or nothing, where the balancer answers over HTTPS',
    remedy: "AWS sends nobody from HTTPS to HTTP. Leave it out.",
  });
  checks.require(changesSomething(redirect, conditions, listener), {
    prop: "redirect",
    value: { host, path, query, port, protocol },
    allowed: "a host, path, port or protocol that differs from those of the requests it is for",
    remedy:
      'Clients would be sent to where they are, again and again. Say what is to change: host: "www.example.com".',
  });
}

export function redirectAction(redirect: RedirectOptions, listener: ListenerPort): Action {
  const { host, path, query, protocol, permanent } = redirect;
  const toHttps = protocol === "HTTPS" && listener.protocol === "HTTP";
  const port = redirect.port ?? (toHttps ? 443 : undefined);
  return {
    type: "redirect",
    redirect: {
      host,
      path,
      query,
      port: port === undefined ? undefined : numberText(port),
      protocol,
      statusCode: permanent ? "HTTP_301" : "HTTP_302",
    },
  };
}

function changesSomething(
  redirect: RedirectOptions,
  conditions: RuleConditions,
  listener: ListenerPort,
): boolean {
  const { host, path, port, protocol } = redirect;
  const { hosts, paths } = conditions;
  return (
    differs(host?.toLowerCase(), "#{host}", lowerCase(hosts)) ||
    differs(path, "/#{path}", paths) ||
    (port !== undefined && port !== listener.port) ||
    (protocol !== undefined && protocol !== listener.protocol)
  );
}

/** Whether a part of the URL can become another one. What requests have is known where it is one exact value. */
function differs(part: string | undefined, same: string, asked: readonly string[] | undefined): boolean {
  if (part === undefined || part === same) return false;
  return !isKnown(asked) || !asked.every((value) => value === part && !hasWildcard(value));
}

/** Characters and keywords, each of them any number of times, after what the text starts with. */
function form(start: string, character: string, keywords: string): RegExp {
  return new RegExp(`^${start}(?:${character}|#\\{(?:${keywords})\\})*$`);
}
