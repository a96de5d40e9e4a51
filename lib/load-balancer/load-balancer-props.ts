import { INetwork } from "../network";
import { Authentication } from "./authentication";
import { BalancerAttributes } from "./balancer-attributes";
import { BalancerLogs } from "./balancer-logs";
import { DomainOptions } from "./certificate";
import { CloudFrontOptions } from "./cloud-front";
import { MaintenanceOptions } from "./maintenance";
import { MutualTls } from "./mutual-tls";
import { PlacementOptions } from "./placement";
import { ResponseHeadersOptions } from "./response-headers";
import { TargetGroupOptions } from "./targets/target-group";
import { WeightedTargetsOptions } from "./targets/weighted-targets";
import { TlsPolicy } from "./tls-policy";

/** What can be chosen about a load balancer besides its network. */
export interface LoadBalancerOptions
  extends
    TargetGroupOptions,
    WeightedTargetsOptions,
    PlacementOptions,
    CloudFrontOptions,
    BalancerAttributes,
    BalancerLogs {
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
   * ARNs of further certificates of the same region, by keys of your own that are part of their addresses. Clients
   * get the one that knows the name they ask for (SNI). `addCertificate` adds one later.
   *
   * Another ARN under the same key leaves a moment without either: add it under a key of its own, deploy, then
   * remove the old one.
   *
   * @default - none
   */
  readonly additionalCertificates?: Readonly<Record<string, string>>;

  /**
   * Whether clients have to show certificates of their own. To end it, deploy `MutualTls.off()` first.
   *
   * @default - no
   */
  readonly mutualTls?: MutualTls;

  /**
   * Whether the site is served without TLS, for trying things out where there is no domain yet. Everything
   * crosses the internet readable by anyone on the way; synthesis warns of it.
   *
   * Going on to HTTPS replaces the balancer's rules, since another listener answers from then on; for a moment their
   * requests go where `forwardTo` says.
   *
   * @default false
   */
  readonly plainHttp?: boolean;

  /**
   * Whether there is a listener on port 80 that sends clients to HTTPS. `false` lets nobody in there, as some checks
   * want (ELB.18, CKV_AWS_260): then people who type the site's name get no answer from browsers that try HTTP first,
   * unless they have seen HSTS. Not with `plainHttp`.
   *
   * @default true; false with cloudFrontOnly
   */
  readonly httpRedirect?: boolean;

  /**
   * TLS versions and ciphers that the balancer speaks; none speaks anything older than TLS 1.2.
   *
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
   */
  readonly tlsPolicy?: TlsPolicy;

  /**
   * Name of the balancer in AWS: up to 32 letters, digits and hyphens. Changing it replaces the balancer: deploy
   * with `deletionProtection: false` first, and expect an outage until DNS names the new one.
   *
   * @default - a name made by Terraform, which lets two environments live in one account
   */
  readonly name?: string;

  /** Headers that are added to every answer, and taken out: safe ones by default. */
  readonly responseHeaders?: ResponseHeadersOptions;

  /**
   * Who may get to what `forwardTo` says: users sign in first. Needs HTTPS. Rules have their own.
   *
   * @default - everyone
   */
  readonly authenticate?: Authentication;

  /**
   * A maintenance page, ready to be switched on by `active: true`.
   *
   * @default - none is made
   */
  readonly maintenance?: MaintenanceOptions;

  /**
   * Seconds after which an idle connection is closed, 1 to 4000. Applications should keep theirs open longer.
   *
   * @default 60
   */
  readonly idleTimeout?: number;

  /**
   * Whether AWS refuses to delete the balancer. To destroy or replace it, deploy with `false` first: otherwise AWS
   * refuses when the listeners are gone already. `tandem check-plan` finds such a plan.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

export interface LoadBalancerProps extends LoadBalancerOptions {
  /** Where it stands; needs public subnets in at least two zones, or application subnets with `internal`. */
  readonly network: INetwork;
}
