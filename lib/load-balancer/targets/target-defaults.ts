import { said } from "../../options";
import { HealthCheckOptions } from "./health-check";
import { TargetGroupOptions } from "./target-group";

/** Options of a target group over those of all: each one that says something counts, of the health check too. */
export function withDefaults<T extends TargetGroupOptions>(options: T, defaults: TargetGroupOptions): T {
  const healthCheck = { ...said(defaults.healthCheck), ...said(options.healthCheck) };
  return { ...said(defaults), ...said(options), healthCheck } as T;
}

/** Defaults without the page for health checks, which is one of an application. */
export function withoutPath(defaults: TargetGroupOptions): TargetGroupOptions {
  const healthCheck: HealthCheckOptions = { ...defaults.healthCheck, path: undefined };
  return { ...defaults, healthCheck };
}
