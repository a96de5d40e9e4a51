import { PropChecks, isKnown } from "../validation";

/** How the balancer finds out whether a host can take requests. */
export interface HealthCheckOptions {
  /**
   * Path that is asked for.
   *
   * @default - the application's own, else "/"
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
   * Status codes of a good answer, from 200 to 499: `"200"`, `"200,204"`, `"200-299"`.
   *
   * @default "200"
   */
  readonly matcher?: string;
}

export const HEALTH_CHECK_DEFAULTS = {
  path: "/",
  interval: 10,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  matcher: "200",
} as const;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export function checkHealthCheck(checks: PropChecks, options: HealthCheckOptions): void {
  const { interval, timeout, path, matcher } = { ...HEALTH_CHECK_DEFAULTS, ...options };
  const tenOrSo = { min: 2, max: 10 };
  checks.matches("healthCheck.path", path, /^\/[^\s]{0,1023}$/, {
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
  checks.matches("healthCheck.matcher", matcher, /^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$/, {
    allowed: 'status codes from 200 to 499, as in "200", "200,204" or "200-299"',
    remedy: "List the codes of a healthy host.",
  });
}
