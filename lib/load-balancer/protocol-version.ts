import { PropChecks, isKnown } from "../validation";

/**
 * What targets speak: HTTP/1.1, HTTP/2, or gRPC. The latter two only behind a balancer that answers over HTTPS.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
export type ProtocolVersion = "HTTP1" | "HTTP2" | "GRPC";

export function checkProtocolVersion(checks: PropChecks, version: ProtocolVersion | undefined): void {
  checks.oneOf("protocolVersion", version, ["HTTP1", "HTTP2", "GRPC"], '"HTTP1" suits most applications.');
}

/** AWS refuses the others on a listener without TLS, but only when both are joined. */
export function checkProtocolVersionOfListener(
  checks: PropChecks,
  version: ProtocolVersion | undefined,
  https: boolean,
): void {
  checks.require(https || !isKnown(version) || version === "HTTP1", {
    prop: "protocolVersion",
    value: version,
    allowed: '"HTTP1" with plainHttp',
    remedy: "Give the balancer a domain or certificateArn.",
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
    remedy: "nginx on hosts speaks HTTP1; reverseProxy: false has requests sent to the application itself.",
  });
}
