import { LbConfig } from "@cdktf/provider-aws/lib/lb";
import { PropChecks } from "../validation";
import { WEEK } from "./seconds";

/**
 * How the balancer treats connections and requests, whoever its targets are. Header fields that are not valid
 * are dropped always.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
 */
export interface BalancerAttributes {
  /**
   * What happens to requests that two servers could read as different ones (request smuggling): `"defensive"`
   * stops the dangerous ones, `"strictest"` all that RFC 7230 does not allow. AWS's `"monitor"`, which stops
   * none, is not to be had.
   *
   * @default "defensive"
   */
  readonly desyncMitigation?: "defensive" | "strictest";

  /**
   * Whether you, or AWS where zonal autoshift is on, may shift requests away from a zone in trouble.
   *
   * @default true
   */
  readonly zonalShift?: boolean;

  /**
   * What happens to X-Forwarded-For, which tells applications a client's address: `"append"` adds the client's
   * address to what the request says, `"preserve"` leaves it as it is, `"remove"` takes it out. With `"preserve"`
   * anyone can claim any address.
   *
   * @default "append"
   */
  readonly xForwardedFor?: "append" | "preserve" | "remove";

  /**
   * Whether X-Forwarded-For names the client's port beside its address; with `"append"` only.
   *
   * @default false
   */
  readonly clientPort?: boolean;

  /**
   * Whether the Host header reaches applications as it came; otherwise the balancer may add its port.
   *
   * @default false
   */
  readonly preserveHostHeader?: boolean;

  /**
   * Whether applications are told how a client connected, by X-Amzn-Tls-Version and X-Amzn-Tls-Cipher-Suite.
   *
   * @default false
   */
  readonly tlsHeaders?: boolean;

  /**
   * Whether requests go through unchecked while the web application firewall cannot be asked; otherwise they are
   * refused.
   *
   * @default false
   */
  readonly wafFailOpen?: boolean;

  /**
   * Whether clients may use HTTP/2.
   *
   * @default true
   */
  readonly http2?: boolean;

  /**
   * Seconds after which a client's connection is closed even though it is in use, 60 to 604800 (a week). The
   * shorter, the sooner clients notice a zone that DNS names no longer.
   *
   * @default 3600
   */
  readonly clientKeepAlive?: number;

  /**
   * Capacity that is kept ready, in load balancer capacity units (LCU), for a rush that is known beforehand; at
   * least 100. Costs money for each unit and hour, used or not.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/capacity-unit-reservation.html
   *
   * @default - none; the balancer grows with its requests
   */
  readonly minimumCapacityUnits?: number;
}

const DEFAULT_CLIENT_KEEP_ALIVE = 3600;
/** AWS has no limit but the quota of an account; more than this is a typing error. */
const MOST_CAPACITY_UNITS = 1_000_000;

export function checkBalancerAttributes(checks: PropChecks, options: BalancerAttributes): void {
  const { desyncMitigation, xForwardedFor, clientPort, clientKeepAlive, minimumCapacityUnits } = options;
  const modes = ["defensive", "strictest"];
  checks.oneOf("desyncMitigation", desyncMitigation, modes, '"monitor" would let smuggled requests through.');
  const remedy = '"append" lets applications trust the last address.';
  checks.oneOf("xForwardedFor", xForwardedFor, ["append", "preserve", "remove"], remedy);
  checks.require(!clientPort || xForwardedFor === undefined || xForwardedFor === "append", {
    prop: "clientPort",
    value: clientPort,
    allowed: `false with xForwardedFor: "${xForwardedFor}"`,
    remedy: 'Leave it out, or use xForwardedFor: "append".',
  });
  const seconds = { min: 60, max: WEEK, unit: "seconds" };
  checks.integer("clientKeepAlive", clientKeepAlive, seconds, "An hour is 3600.");
  const units = { min: 100, max: MOST_CAPACITY_UNITS, unit: "LCU" };
  const hint = "Leave it out unless you expect a rush: it costs money all the time.";
  checks.integer("minimumCapacityUnits", minimumCapacityUnits, units, hint);
}

/** The arguments of the balancer. */
export function balancerAttributes(options: BalancerAttributes): Partial<LbConfig> {
  return {
    dropInvalidHeaderFields: true,
    desyncMitigationMode: options.desyncMitigation ?? "defensive",
    enableZonalShift: options.zonalShift ?? true,
    xffHeaderProcessingMode: options.xForwardedFor ?? "append",
    enableXffClientPort: options.clientPort ?? false,
    preserveHostHeader: options.preserveHostHeader ?? false,
    enableTlsVersionAndCipherSuiteHeaders: options.tlsHeaders ?? false,
    enableWafFailOpen: options.wafFailOpen ?? false,
    enableHttp2: options.http2 ?? true,
    clientKeepAlive: options.clientKeepAlive ?? DEFAULT_CLIENT_KEEP_ALIVE,
    minimumLoadBalancerCapacity:
      options.minimumCapacityUnits === undefined
        ? undefined
        : { capacityUnits: options.minimumCapacityUnits },
  };
}
