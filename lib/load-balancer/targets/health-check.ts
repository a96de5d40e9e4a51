import { PropChecks, isKnown } from "../../validation";
import { ProtocolVersion } from "./protocol-version";

/** How the balancer finds out whether a host can take requests. */
export interface HealthCheckOptions {
  /**
   * Path that is asked for.
   *
   * @default - the target's own (of hosts nginx's /health, or the application's page where there is no nginx), else "/"; with GRPC "/AWS.ALB/healthcheck"
   */
  readonly path?: string;

  /**
   * Seconds between two checks, 5 to 300.
   *
   * @default 10
   */
  readonly interval?: number;

  /**
   * Seconds to wait for the answer, 2 to 120; less than `interval`.
   *
   * @default 5
   */
  readonly timeout?: number;

  /**
   * Good answers in a row that make a host healthy, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Bad answers in a row that make a host unhealthy, 2 to 10.
   *
   * @default 3
   */
  readonly unhealthyThreshold?: number;

  /**
   * Status codes of a good answer, from 200 to 499: `"200"`, `"200,204"`, `"200-299"`. With GRPC its codes, from 0
   * to 99: `"0"`, `"0,12"`, `"0-5"`.
   *
   * @default "200"; with GRPC "12", what a server answers that is there and does not know the path
   */
  readonly matcher?: string;
}

const HEALTH_CHECK_DEFAULTS = {
  path: "/",
  interval: 10,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  matcher: "200",
} as const;

/** What a server of gRPC is asked, unless told otherwise: AWS's own default. */
const GRPC_DEFAULTS = { path: "/AWS.ALB/healthcheck", matcher: "12" } as const;

/** The health check of targets that speak this protocol. */
export function completeHealthCheck(
  options: HealthCheckOptions,
  version?: ProtocolVersion,
): Required<HealthCheckOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...HEALTH_CHECK_DEFAULTS,
    ...(version === "GRPC" && GRPC_DEFAULTS),
    ...Object.fromEntries(given),
  };
}

const MATCHERS = {
  http: {
    form: /^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$/,
    allowed: 'status codes from 200 to 499, as in "200", "200,204" or "200-299"',
    remedy: "List the codes of a healthy host.",
  },
  grpc: {
    form: /^\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*$/,
    allowed: 'codes of gRPC from 0 to 99 with protocolVersion: "GRPC", as in "0", "0,12" or "0-5"',
    remedy:
      "0 is a good answer to a call that the server knows, 12 is that of a server that does not know it.",
  },
};

/** A path that AWS takes. */
export const HEALTH_CHECK_PATH = /^\/[^\s]{0,1023}$/;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export function checkHealthCheck(
  checks: PropChecks,
  options: HealthCheckOptions,
  version?: ProtocolVersion,
): void {
  const { interval, timeout, path, matcher } = completeHealthCheck(options, version);
  const tenOrSo = { min: 2, max: 10 };
  checks.matches("healthCheck.path", path, HEALTH_CHECK_PATH, {
    allowed: "a path that starts with a slash, up to 1024 characters",
    remedy: "Name a page that answers quickly, as in /health.",
  });
  checks.integer("healthCheck.interval", interval, { min: 5, max: 300, unit: "seconds" }, "10 suits most.");
  checks.integer("healthCheck.timeout", timeout, { min: 2, max: 120, unit: "seconds" }, "5 suits most.");
  checks.integer("healthCheck.healthyThreshold", options.healthyThreshold, tenOrSo, "2 suits most.");
  checks.integer("healthCheck.unhealthyThreshold", options.unhealthyThreshold, tenOrSo, "3 suits most.");
  checks.require(!isKnown(interval) || !isKnown(timeout) || timeout < interval, {
    prop: "healthCheck.timeout",
    value: timeout,
    allowed: `less than healthCheck.interval, ${interval} seconds`,
    remedy: "Shorten the timeout, or check less often.",
  });
  const { form, ...rule } = MATCHERS[version === "GRPC" ? "grpc" : "http"];
  checks.matches("healthCheck.matcher", matcher, form, rule);
}
