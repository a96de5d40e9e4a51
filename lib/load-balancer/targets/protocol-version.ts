import { PropChecks, isKnown } from "../../validation";

/**
 * What targets speak: HTTP/1.1, HTTP/2, or gRPC. The latter two only behind a balancer that answers over HTTPS.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
export type ProtocolVersion = "HTTP1" | "HTTP2" | "GRPC";

export function checkProtocolVersion(checks: PropChecks, version: ProtocolVersion | undefined): void {
  checks.oneOf("protocolVersion", version, ["HTTP1", "HTTP2", "GRPC"], '"HTTP1" suits most applications.');
}

/** What is in front of targets, as far as it decides what they may speak. */
export interface InFront {
  readonly https: boolean;
  /** Whether users sign in first. */
  readonly authenticates: boolean;
  /** Whether clients may use HTTP/2; undefined where that is not known. */
  readonly http2?: boolean;
}

/** AWS refuses the others on a listener without TLS and beside other actions, but only when both are joined. */
export function checkProtocolVersionOfListener(
  checks: PropChecks,
  version: ProtocolVersion | undefined,
  { https, authenticates, http2 }: InFront,
): void {
  const isHttp1 = !isKnown(version) || version === "HTTP1";
  checks.require(https || isHttp1, {
    prop: "protocolVersion",
    value: version,
    allowed: '"HTTP1" with plainHttp',
    remedy: "Give the balancer a domain or certificateArn.",
  });
  checks.require(!authenticates || isHttp1, {
    prop: "protocolVersion",
    value: version,
    allowed: '"HTTP1" with authenticate',
    remedy: "AWS only forwards to targets that speak HTTP/2 or gRPC: have the application sign users in.",
  });
  checks.require(http2 !== false || version !== "GRPC", {
    prop: "http2",
    value: http2,
    allowed: 'true with protocolVersion: "GRPC", which is spoken over HTTP/2',
    remedy: "Leave it out.",
  });
}

/** A target that doesn't speak the version would never be healthy. */
export function checkProtocolVersionOfTarget(
  checks: PropChecks,
  version: ProtocolVersion = "HTTP1",
  spoken: readonly ProtocolVersion[] | undefined,
): void {
  checks.require(!isKnown(version) || spoken === undefined || spoken.includes(version), {
    prop: "protocolVersion",
    value: version,
    allowed: `${spoken?.map((one) => `"${one}"`).join(", ")}, which the target speaks`,
    remedy:
      "nginx on hosts speaks HTTP1; reverseProxy: false has requests sent to the application itself, which then has to speak it.",
  });
}
