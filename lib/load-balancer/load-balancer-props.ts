import { Peer } from "../firewall";
import { INetwork } from "../network";
import { AccessLogsOptions } from "./access-logs";
import { Authentication } from "./authentication";
import { DomainOptions } from "./certificate";
import { TargetGroupOptions } from "./target-group";
import { TlsPolicy } from "./tls-policy";
import { WeightedTargetsOptions } from "./weighted-targets";

/** What can be chosen about a load balancer besides its network. */
export interface LoadBalancerOptions extends TargetGroupOptions, WeightedTargetsOptions {
  /**
   * Name that the site is reached by, over HTTPS: a certificate is issued for it, and the name points at the
   * balancer. Exactly one of `domain`, `certificateArn` and `plainHttp` is needed.
   */
  readonly domain?: DomainOptions;

  /**
   * ARN of a certificate that exists in ACM, in the same region, for HTTPS. Names are pointed at the balancer
   * by `addAlias`, or by your own records.
   */
  readonly certificateArn?: string;

  /**
   * Whether the site is served without TLS, for trying things out where there is no domain yet. Everything
   * crosses the internet readable by anyone on the way; synthesis warns of it.
   *
   * @default false
   */
  readonly plainHttp?: boolean;

  /**
   * TLS versions and ciphers that the balancer speaks; none speaks anything older than TLS 1.2.
   *
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
   */
  readonly tlsPolicy?: TlsPolicy;

  /**
   * Name of the balancer in AWS: up to 32 letters, digits and hyphens. Changing it replaces the balancer.
   *
   * @default - a name made by Terraform, which lets two environments live in one account
   */
  readonly name?: string;

  /**
   * Who may reach the balancer.
   *
   * @default - everyone
   */
  readonly clients?: readonly Peer[];

  /**
   * Who may get to what `forwardTo` says: users sign in first. Needs HTTPS. Rules have their own.
   *
   * @default - everyone
   */
  readonly authenticate?: Authentication;

  /**
   * Access logs, or `false` for none. The balancer's own bucket costs what S3 charges for its logs.
   *
   * @default - into a bucket of the balancer's own, kept for 365 days
   */
  readonly accessLogs?: AccessLogsOptions | false;

  /**
   * Seconds after which an idle connection is closed, 1 to 4000. Applications should keep theirs open longer.
   *
   * @default 60
   */
  readonly idleTimeout?: number;

  /**
   * Whether AWS refuses to delete the balancer. To destroy it, deploy with `false` first.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

export interface LoadBalancerProps extends LoadBalancerOptions {
  /** Where it stands; needs public subnets in at least two zones. */
  readonly network: INetwork;
}
