import { LbAccessLogs, LbConfig } from "@cdktf/provider-aws/lib/lb";
import type { WatchedItems } from "../monitoring";
import { PropChecks } from "../validation";
import {
  AccessLogBucketProps,
  AccessLogsOptions,
  DEFAULT_RETENTION_DAYS,
  checkAccessLogs,
} from "./access-logs";

/** Which kinds of logs a balancer writes, and where to. The balancer's own bucket costs what S3 charges. */
export interface BalancerLogs {
  /**
   * Access logs, one line for each request; or `false` for none.
   *
   * @default - into a bucket of the balancer's own, kept for 365 days
   */
  readonly accessLogs?: AccessLogsOptions | false;

  /**
   * Connection logs, one line for each connection, with TLS version, cipher, and why a handshake failed; or
   * `false` for none. What is left out of bucket and folder is as for access logs; each kind has file names of its
   * own.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
   *
   * @default - beside the access logs; where those are `false`, in a bucket of the balancer's own
   */
  readonly connectionLogs?: AccessLogsOptions | false;

  /**
   * Health check logs, one line for each check of a target, with the reason of a failure; `{}` puts them beside
   * the access logs. Needs an AWS provider that knows `health_check_logs`: 6.x, of December 2025 or newer.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html
   *
   * @default - none
   */
  readonly healthCheckLogs?: AccessLogsOptions | false;
}

const TITLES = {
  accessLogs: "Requests to the load balancer",
  connectionLogs: "Connections to the load balancer",
  healthCheckLogs: "Health checks of the load balancer",
};
type Kind = keyof typeof TITLES;
const KINDS = Object.keys(TITLES) as Kind[];

export function checkBalancerLogs(checks: PropChecks, props: BalancerLogs): void {
  for (const kind of KINDS) {
    const options = props[kind];
    if (!options) continue;
    checks.group(kind, options, 'As in { bucketName: "central-logs" }, or false for none.');
    checks.known(kind, options, ["bucketName", "prefix", "retentionDays"]);
    checkAccessLogs(checks, options, kind);
    checks.require(options.retentionDays === undefined || !destinationOf(props, kind)?.bucketName, {
      prop: `${kind}.retentionDays`,
      value: options.retentionDays,
      allowed: `nothing beside ${options.bucketName === undefined ? "accessLogs" : kind}.bucketName`,
      remedy: "Whoever owns the bucket decides how long objects stay in it.",
    });
  }
  const [first, ...others] = KINDS.filter((kind) => retentionOf(props, kind) !== undefined);
  for (const other of others) {
    checks.require(retentionOf(props, other) === retentionOf(props, first!), {
      prop: `${other}.retentionDays`,
      value: retentionOf(props, other),
      allowed: `${retentionOf(props, first!)}, as ${first}.retentionDays`,
      remedy: "All kinds of logs in the balancer's own bucket are kept for the same time: say it once.",
    });
  }
}

/** What the balancer's own bucket is for; undefined where every kind of log goes elsewhere, or nowhere. */
export function ownBucketFor(
  props: BalancerLogs,
): Pick<AccessLogBucketProps, "prefixes" | "retentionDays"> | undefined {
  const own = KINDS.map((kind) => destinationOf(props, kind)).filter(
    (logs) => logs !== undefined && logs.bucketName === undefined,
  );
  if (own.length === 0) return undefined;
  return {
    prefixes: [...new Set(own.map((logs) => logs!.prefix))],
    retentionDays: KINDS.map((kind) => retentionOf(props, kind)).find((days) => days !== undefined),
  };
}

/** The arguments of the balancer. */
export function balancerLogs(
  props: BalancerLogs,
  ownBucket: string | undefined,
): Pick<LbConfig, "accessLogs" | "connectionLogs" | "healthCheckLogs"> {
  const block = (kind: Kind): LbAccessLogs | undefined => {
    const logs = destinationOf(props, kind);
    return logs && { enabled: true, bucket: logs.bucketName ?? ownBucket!, prefix: logs.prefix };
  };
  return {
    accessLogs: block("accessLogs"),
    connectionLogs: block("connectionLogs"),
    healthCheckLogs: block("healthCheckLogs"),
  };
}

/** The logs as those who look for them need to know them. */
export function logsOfBalancer(
  props: BalancerLogs,
  ownBucket: string | undefined,
  region: string,
): WatchedItems<object>[] {
  return KINDS.flatMap((kind) => {
    const logs = destinationOf(props, kind);
    if (logs === undefined) return [];
    const ownRetention = ownBucketFor(props)?.retentionDays ?? DEFAULT_RETENTION_DAYS;
    return {
      logs: {
        title: TITLES[kind],
        kind: "bucket",
        name: logs.bucketName ?? ownBucket!,
        retentionDays: logs.bucketName === undefined ? ownRetention : undefined,
        region,
      },
    } as const;
  });
}

function destinationOf(props: BalancerLogs, kind: Kind): AccessLogsOptions | undefined {
  const options = props[kind] ?? (kind === "healthCheckLogs" ? false : {});
  if (options === false) return undefined;
  if (options.bucketName !== undefined) return options;
  const { bucketName, prefix } = props.accessLogs || {};
  return { bucketName, prefix: options.prefix ?? prefix };
}

function retentionOf(props: BalancerLogs, kind: Kind): number | undefined {
  return (props[kind] || {}).retentionDays;
}
