import { Annotations } from "cdktf";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { Connections, Firewall, Peer, Port } from "../firewall";
import { nameTag } from "../naming";
import { INetwork } from "../network";
import { routesIn } from "../network/inetwork";
import { checkTwoZones } from "../network/two-zones";
import { PropChecks, isKnown } from "../validation";
import { AccessLogBucket, checkAccessLogs } from "./access-logs";
import { actionsOf } from "./authentication";
import { Certificate, DomainOptions, checkDomain } from "./certificate";
import { ILoadBalancer } from "./iload-balancer";
import { ImportedLoadBalancer, LoadBalancerAttributes } from "./imported-load-balancer";
import { LoadBalancerBase } from "./load-balancer-base";
import { LoadBalancerProps } from "./load-balancer-props";
import { letOutToIdentityProvider } from "./rules/listener-rule";
import { Action } from "./rules/listener-rules";
import { ListenerPort } from "./rules/redirect";
import { ILoadBalancerTarget, TargetGroup, checkTargetGroupOptions } from "./target-group";
import { DEFAULT_TLS_POLICY, checkTlsPolicy } from "./tls-policy";
import { ForwardOptions, WeightedTargets, checkWeightedTargets } from "./weighted-targets";

const DEFAULT_IDLE_TIMEOUT = 60;

/**
 * An application load balancer in the public subnets: takes requests over HTTPS, sends those over HTTP there,
 * and spreads them over the healthy hosts of a target, by round robin unless told otherwise.
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
  /** Bucket for access logs, unless one was given or logs are off. */
  public readonly accessLogBucket?: AccessLogBucket;
  /** Certificate that was issued, with `domain`. */
  public readonly certificate?: Certificate;
  /** Listener that answers requests: HTTPS, or HTTP with `plainHttp`. */
  public readonly listener: LbListener;
  /** Listener on port 80 that sends clients to HTTPS; none with `plainHttp`, where `listener` has that port. */
  public readonly redirectListener?: LbListener;

  public readonly network: INetwork;
  public readonly listens: ListenerPort;

  protected readonly targetDefaults: LoadBalancerProps;
  private readonly defaultTargets: WeightedTargets;
  private domainUrl?: string;

  public constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.check(props);
    this.network = props.network;
    this.targetDefaults = props;
    this.listens = props.plainHttp ? { port: 80, protocol: "HTTP" } : { port: 443, protocol: "HTTPS" };

    this.firewall = this.createFirewall(props);
    this.accessLogBucket = this.createAccessLogBucket(props);
    this.loadBalancer = this.createLoadBalancer(props);
    this.certificate = props.domain && new Certificate(this, "Certificate", props.domain);
    this.listener = this.createListener(props);
    this.act(nothingHere());
    this.redirectListener = props.plainHttp ? undefined : this.createRedirect();
    if (props.domain) this.createAliases(props.domain);
    this.defaultTargets = new WeightedTargets(this, {
      listener: this,
      defaults: props,
      targetGroupStickiness: props.targetGroupStickiness,
      route: (forward) => this.act(forward),
    });
    if (props.authenticate) letOutToIdentityProvider(this);
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

  /** Where the site is: the domain's URL, else that of the name AWS gave. */
  public get url(): string {
    return this.domainUrl ?? `${this.redirectListener ? "https" : "http"}://${this.dnsName}`;
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

  /** Does this with requests that no rule is for, from now on. */
  private act(action: Action): LbListener {
    const actions = actionsOf(this.targetDefaults.authenticate, action);
    this.listener.putDefaultAction(actions);
    this.rules.tell({ actions });
    return this.listener;
  }

  private check(props: LoadBalancerProps): void {
    const checks = new PropChecks(this);
    this.checkProtocol(checks, props);
    checkTargetGroupOptions(checks, props);
    checkWeightedTargets(checks, props);
    props.authenticate?.check(checks, !props.plainHttp);
    if (props.accessLogs) checkAccessLogs(checks, props.accessLogs);
    checkTlsPolicy(checks, props.tlsPolicy);
    checks.matches("name", props.name, /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/, {
      allowed: "1 to 32 letters, digits and hyphens, no hyphen at either end, not starting with internal-",
      remedy: "Shorten it, or leave it out for a name made by Terraform.",
    });
    const range = { min: 1, max: 4000, unit: "seconds" };
    checks.integer("idleTimeout", props.idleTimeout, range, "60 suits most applications.");
    checkTwoZones(checks, props.network, "public");
  }

  private checkProtocol(checks: PropChecks, props: LoadBalancerProps): void {
    const { domain, certificateArn, plainHttp } = props;
    checks.require(domain === undefined || certificateArn === undefined, {
      prop: "certificateArn",
      value: certificateArn,
      allowed: "nothing beside domain, which issues a certificate of its own",
      remedy: `Leave out one. To use your certificate: leave out domain and call addAlias("${domain?.name}", zone).`,
    });
    const https = domain !== undefined || certificateArn !== undefined;
    checks.require(https || plainHttp === true, {
      prop: "domain",
      value: domain,
      allowed: "a domain, or certificateArn in its place",
      remedy: "HTTPS needs one of them. To try things out without TLS, ask for it by name: plainHttp: true.",
    });
    checks.require(!(https && plainHttp), {
      prop: "plainHttp",
      value: plainHttp,
      allowed: "false beside domain or certificateArn",
      remedy: "Leave it out: requests over HTTP are sent to HTTPS.",
    });
    if (domain) checkDomain(checks, domain);
    checks.arn("certificateArn", certificateArn, "acm", "certificate");
    const [region, own] = [certificateArn?.split(":")[3], props.network.region];
    checks.require(!isKnown(certificateArn) || !isKnown(own) || region === own, {
      prop: "certificateArn",
      value: certificateArn,
      allowed: `a certificate of the balancer's region, ${own}`,
      remedy: "Request one there: certificates don't leave their region.",
    });
  }

  private createFirewall(props: LoadBalancerProps): Firewall {
    const firewall = new Firewall(this, "Firewall", {
      network: props.network,
      description: "Load balancer",
      defaultPort: props.plainHttp ? Port.HTTP : Port.HTTPS,
    });
    const clients = props.clients ?? [Peer.anywhere(props.network)];
    for (const client of clients) {
      if (!props.plainHttp) firewall.connections.allowFrom(client, Port.HTTPS);
      firewall.connections.allowFrom(client, Port.HTTP);
    }
    return firewall;
  }

  private createAccessLogBucket(props: LoadBalancerProps): AccessLogBucket | undefined {
    const { accessLogs = {} } = props;
    if (accessLogs === false || accessLogs.bucketName !== undefined) return undefined;
    return new AccessLogBucket(this, "AccessLogs", {
      ...accessLogs,
      // The group belongs to the balancer's account: known without a data source.
      accountId: this.firewall.securityGroup.ownerId,
    });
  }

  private createLoadBalancer(props: LoadBalancerProps): Lb {
    const { network, accessLogs = {} } = props;
    const logs = accessLogs === false ? undefined : accessLogs;
    return new Lb(this, "LoadBalancer", {
      loadBalancerType: "application",
      ...(props.name === undefined ? { namePrefix: "web-" } : { name: props.name }),
      internal: false,
      ipAddressType: network.ipv6 ? "dualstack" : "ipv4",
      subnets: network.publicSubnets.map((subnet) => subnet.subnetId),
      securityGroups: this.firewall.securityGroupIds,
      idleTimeout: props.idleTimeout ?? DEFAULT_IDLE_TIMEOUT,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: props.deletionProtection ?? true,
      accessLogs: logs && {
        enabled: true,
        bucket: logs.bucketName ?? this.accessLogBucket!.bucket.id,
        prefix: logs.prefix,
      },
      tags: nameTag(this),
      // A public balancer needs the way to the internet, and AWS tries at once to write into the bucket.
      dependsOn: [
        ...routesIn(this, network.publicSubnets),
        ...(this.accessLogBucket ? [this.accessLogBucket.policy] : []),
      ],
    });
  }

  private createListener(props: LoadBalancerProps): LbListener {
    const common = {
      loadBalancerArn: this.loadBalancer.arn,
      defaultAction: [],
      tags: nameTag(this),
    };
    if (props.plainHttp) return new LbListener(this, "Http", { ...common, port: 80, protocol: "HTTP" });
    return new LbListener(this, "Https", {
      ...common,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: props.tlsPolicy ?? DEFAULT_TLS_POLICY,
      certificateArn: this.certificate?.arn ?? props.certificateArn,
    });
  }

  private createRedirect(): LbListener {
    return new LbListener(this, "Http", {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
      ],
      tags: nameTag(this),
      // Nobody is sent to HTTPS before somebody answers there.
      dependsOn: [this.listener],
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
