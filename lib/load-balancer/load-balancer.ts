import { Annotations } from "cdktf";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbTrustStore } from "@cdktf/provider-aws/lib/lb-trust-store";
import { Construct } from "constructs";
import { Connections, Firewall } from "../firewall";
import { nameTag } from "../naming";
import { Watchlist, logsIn } from "../monitoring";
import { INetwork } from "../network";
import { checkNetwork } from "../network/two-zones";
import { PropChecks, isKnown } from "../validation";
import { AccessLogBucket } from "./access-logs";
import { actionsOf } from "./authentication";
import { balancerAttributes } from "./balancer-attributes";
import { createFirewall, redirectsHttp } from "./balancer-firewall";
import { balancerLogs, logsOfBalancer, ownBucketFor } from "./balancer-logs";
import { Certificate, DomainOptions } from "./certificate";
import { checkLoadBalancer } from "./check-load-balancer";
import { FurtherCertificates } from "./further-certificates";
import { ILoadBalancer } from "./iload-balancer";
import { ImportedLoadBalancer, LoadBalancerAttributes } from "./imported-load-balancer";
import { createListener, createRedirect, listenerPort } from "./listeners";
import { LoadBalancerBase } from "./load-balancer-base";
import { LoadBalancerProps } from "./load-balancer-props";
import { Maintenance, RULES_AFTER } from "./maintenance";
import { IpAddressType, Placement, RecordType, recordTypes } from "./placement";
import { letOutToIdentityProvider } from "./rules/listener-rule";
import { Action, ListenerRules } from "./rules/listener-rules";
import { ListenerPort } from "./rules/redirect";
import { ILoadBalancerTarget, TargetGroup } from "./targets/target-group";
import { ForwardOptions, WeightedTargets } from "./targets/weighted-targets";
import { LoadBalancerThresholds, watchCertificate } from "./watching";

const DEFAULT_IDLE_TIMEOUT = 60;

/**
 * An application load balancer in the public subnets, or an internal one in the application subnets: takes
 * requests over HTTPS, sends those over HTTP there, and spreads them over the healthy hosts of a target, by round
 * robin unless told otherwise.
 *
 * @example
 * const balancer = new LoadBalancer(stack, "LoadBalancer", {
 *   network,
 *   domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
 * });
 * balancer.forwardTo(hosts);
 *
 * @throws InvalidPropError for a certificate and a domain both, or neither without `plainHttp`; for settings
 * that exclude each other, and numbers and names beyond AWS's limits.
 */
export class LoadBalancer extends LoadBalancerBase {
  /**
   * A balancer that exists, and somebody else looks after: its listener gets rules. What the listener does with
   * requests that no rule is for stays as it is.
   *
   * @throws InvalidPropError for ARNs and ids of another form.
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: LoadBalancerAttributes,
  ): ILoadBalancer {
    return new ImportedLoadBalancer(scope, id, attributes);
  }

  public readonly firewall: Firewall;
  public readonly loadBalancer: Lb;
  /** Bucket for logs, unless others were given or all are off. */
  public readonly accessLogBucket?: AccessLogBucket;
  /** Certificate that was issued, with `domain`. */
  public readonly certificate?: Certificate;
  /** Listener that answers requests: HTTPS, or HTTP with `plainHttp`. */
  public readonly listener: LbListener;
  /**
   * Listener on port 80 that sends clients to HTTPS, unless `httpRedirect` is off; none with `plainHttp`, where
   * `listener` has that port.
   */
  public readonly redirectListener?: LbListener;
  /** Trust store that was made, with `mutualTls` and certificates of authorities. */
  public readonly trustStore?: LbTrustStore;
  /** The maintenance page and what shows it, with `maintenance`. */
  public readonly maintenance?: Maintenance;

  public readonly network: INetwork;
  public readonly listens: ListenerPort;
  public readonly watchlist: Watchlist<LoadBalancerThresholds>;

  protected readonly targetDefaults: LoadBalancerProps;
  protected readonly rules = new ListenerRules({ after: RULES_AFTER });
  private readonly placement: Placement;
  private readonly defaultTargets: WeightedTargets;
  private readonly certificates: FurtherCertificates;
  private domainUrl?: string;

  public constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    checkNetwork(new PropChecks(this), props?.network);
    this.placement = new Placement(props.network, props);
    checkLoadBalancer(new PropChecks(this), props, this.placement);
    this.network = props.network;
    this.targetDefaults = props;
    this.listens = listenerPort(props);

    this.firewall = createFirewall(this, props, this.placement);
    this.accessLogBucket = this.createAccessLogBucket(props);
    this.loadBalancer = this.createLoadBalancer(props);
    this.watchlist = this.createWatchlist(this.node.path);
    this.watchlist.add(...logsOfBalancer(props, this.accessLogBucket?.bucket.id, this.network.region));
    this.certificate = props.domain && new Certificate(this, "Certificate", props.domain);
    const mutualTls = props.mutualTls?.bind(this);
    this.trustStore = mutualTls?.trustStore;
    const { arn: loadBalancerArn } = this.loadBalancer;
    this.listener = createListener(this, props, {
      loadBalancerArn,
      certificateArn: this.certificate?.arn ?? props.certificateArn,
      mutualAuthentication: mutualTls?.arguments,
    });
    const certificateArn = this.certificate?.certificate.arn ?? props.certificateArn;
    if (certificateArn !== undefined) this.watchlist.add(watchCertificate(certificateArn));
    this.act(nothingHere());
    this.redirectListener = redirectsHttp(props)
      ? createRedirect(this, loadBalancerArn, this.listener)
      : undefined;
    this.certificates = new FurtherCertificates(this, this, props.certificateArn);
    for (const [key, arn] of Object.entries(props.additionalCertificates ?? {}))
      this.addCertificate(key, arn);
    if (props.domain) this.createAliases(props.domain);
    this.defaultTargets = new WeightedTargets(this, {
      listener: this,
      defaults: props,
      targetGroupStickiness: props.targetGroupStickiness,
      authenticates: props.authenticate !== undefined,
      siteDown: this.node.path,
      route: (forward) => this.act(forward),
    });
    if (props.authenticate) letOutToIdentityProvider(this);
    if (props.maintenance) {
      this.maintenance = new Maintenance(this, "Maintenance", {
        ...props.maintenance,
        listener: this.listener,
        rules: this.rules,
      });
      const { logGroup } = this.maintenance.page;
      this.watchlist.add({ logs: logsIn(logGroup, "The maintenance page's function", this.network.region) });
    }
    if (props.plainHttp) this.warnOfPlainHttp();
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** DNS name that AWS gave the balancer. */
  public get dnsName(): string {
    return this.loadBalancer.dnsName;
  }

  public get zoneId(): string {
    return this.loadBalancer.zoneId;
  }

  public get listenerArn(): string {
    return this.listener.arn;
  }

  public get loadBalancerArnSuffix(): string {
    return this.loadBalancer.arnSuffix;
  }

  public get ipAddressType(): IpAddressType {
    return this.placement.ipAddressType;
  }

  public get http2(): boolean | undefined {
    return this.targetDefaults.http2;
  }

  protected get recordTypes(): readonly RecordType[] {
    return recordTypes(this.ipAddressType);
  }

  /** Where the site is: the domain's URL, else that of the name AWS gave. */
  public get url(): string {
    return this.domainUrl ?? `${this.listens.protocol.toLowerCase()}://${this.dnsName}`;
  }

  /** The first group of hosts that requests go to; undefined until `forwardTo`. */
  public get targetGroup(): TargetGroup | undefined {
    return this.targetGroups[0];
  }

  /** All groups that share the requests. */
  public get targetGroups(): readonly TargetGroup[] {
    return this.defaultTargets.targetGroups;
  }

  /**
   * Sends requests that no rule is for to hosts, or to another target, and lets the balancer reach their port.
   * Until then the balancer answers 503.
   *
   * A further target, with a key and a weight, gets a share of them, as a canary or the other colour does:
   *
   *     balancer.forwardTo(hosts, { weight: 90 });
   *     balancer.forwardTo(canary, { key: "Canary", weight: 10 });
   *
   * Deploy it with weight 0 first: its hosts are then registered and healthy before requests come. It is taken
   * away in the same two steps.
   *
   * @param options what differs from the balancer's own options
   */
  public forwardTo(target: ILoadBalancerTarget, options: ForwardOptions = {}): TargetGroup {
    return this.defaultTargets.forwardTo(target, options);
  }

  /**
   * Adds a certificate, for clients that ask for one of its names (SNI). Moves no other. Another ARN under the same
   * key leaves a moment without either: add it under a key of its own, deploy, then remove the old one.
   *
   * @param key part of the certificate's address, as in "blog"
   * @param certificateArn of a certificate in ACM, in the same region
   * @throws InvalidPropError with `plainHttp`, and for a certificate of another region, or one that it has already
   */
  public addCertificate(key: string, certificateArn: string): LbListenerCertificate {
    return this.certificates.add(key, certificateArn);
  }

  /** Does this with requests that no rule is for, from now on. */
  private act(action: Action): LbListener {
    const actions = actionsOf(this.targetDefaults.authenticate, action);
    this.listener.putDefaultAction(actions);
    this.rules.tell({ actions });
    return this.listener;
  }

  private createAccessLogBucket(props: LoadBalancerProps): AccessLogBucket | undefined {
    const uses = ownBucketFor(props);
    // The group belongs to the balancer's account: known without a data source.
    const accountId = this.firewall.securityGroup.ownerId;
    return uses && new AccessLogBucket(this, "AccessLogs", { ...uses, accountId });
  }

  private createLoadBalancer(props: LoadBalancerProps): Lb {
    return new Lb(this, "LoadBalancer", {
      loadBalancerType: "application",
      ...(props.name === undefined ? { namePrefix: "web-" } : { name: props.name }),
      internal: this.placement.internal,
      ipAddressType: this.placement.ipAddressType,
      subnets: this.placement.subnets.map((subnet) => subnet.subnetId),
      securityGroups: this.firewall.securityGroupIds,
      idleTimeout: props.idleTimeout ?? DEFAULT_IDLE_TIMEOUT,
      enableDeletionProtection: props.deletionProtection ?? true,
      ...balancerAttributes(props),
      ...balancerLogs(props, this.accessLogBucket?.bucket.id),
      tags: nameTag(this),
      // A public balancer needs the way to the internet, and AWS tries at once to write into the bucket.
      dependsOn: [
        ...this.placement.routes(this),
        ...(this.accessLogBucket ? [this.accessLogBucket.policy] : []),
      ],
    });
  }

  private createAliases(domain: DomainOptions): void {
    this.domainUrl = `https://${domain.name}`;
    for (const [index, name] of [domain.name, ...(domain.alternativeNames ?? [])].entries()) {
      this.addAlias(name, domain.hostedZoneId, isKnown(name) ? name : `domain-${index}`);
    }
  }

  private warnOfPlainHttp(): void {
    Annotations.of(this).addWarning(
      "No domain and no certificate: the site is served over plain HTTP, readable by anyone on the way. " +
        "Give domain or certificateArn before real users come.",
    );
  }
}

/** What a balancer answers that has no target yet. */
function nothingHere(): Action {
  return {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "No hosts yet", statusCode: "503" },
  };
}
