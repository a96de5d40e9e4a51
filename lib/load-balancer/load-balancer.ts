import { Annotations } from "cdktf";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import {
  LbListener,
  LbListenerDefaultAction,
  LbListenerMutualAuthentication,
} from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbTrustStore } from "@cdktf/provider-aws/lib/lb-trust-store";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { Connections, Firewall, IConnectable, Port } from "../firewall";
import { nameTag } from "../naming";
import { INetwork } from "../network";
import { PropChecks, isKnown } from "../validation";
import { AccessLogBucket } from "./access-logs";
import { balancerAttributes, checkBalancerAttributes } from "./balancer-attributes";
import { balancerLogs, checkBalancerLogs, ownBucketFor } from "./balancer-logs";
import { Certificate, DomainOptions, checkCertificateArn, checkDomain } from "./certificate";
import { LoadBalancerProps } from "./load-balancer-props";
import { Maintenance, MaintenanceOptions, checkMaintenance } from "./maintenance";
import { Placement } from "./placement";
import { checkProtocolVersionOfListener } from "./protocol-version";
import { checkResponseHeaders, responseHeaders } from "./response-headers";
import {
  ILoadBalancerTarget,
  TargetGroup,
  TargetGroupOptions,
  checkTargetGroupOptions,
} from "./target-group";
import { DEFAULT_TLS_POLICY, checkTlsPolicy } from "./tls-policy";

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
export class LoadBalancer extends Construct implements IConnectable {
  public readonly firewall: Firewall;
  public readonly loadBalancer: Lb;
  /** Bucket for logs, unless others were given or all are off. */
  public readonly accessLogBucket?: AccessLogBucket;
  /** Certificate that was issued, with `domain`. */
  public readonly certificate?: Certificate;
  /** Listener that answers requests: HTTPS, or HTTP with `plainHttp`. */
  public readonly listener: LbListener;
  /** Listener on port 80 that sends clients to HTTPS; none with `plainHttp`, where `listener` has that port. */
  public readonly redirectListener?: LbListener;
  /** Trust store that was made, with `mutualTls` and certificates of authorities. */
  public readonly trustStore?: LbTrustStore;
  /** The maintenance page and what shows it, with `maintenance`. */
  public readonly maintenance?: Maintenance;

  private readonly network: INetwork;
  private readonly placement: Placement;
  private readonly targetDefaults: TargetGroupOptions;
  private defaultTargets?: TargetGroup;
  private domainUrl?: string;

  public constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.placement = new Placement(props.network, props);
    this.check(props);
    this.network = props.network;
    this.targetDefaults = props;

    this.firewall = this.createFirewall(props);
    this.accessLogBucket = this.createAccessLogBucket(props);
    this.loadBalancer = this.createLoadBalancer(props);
    this.certificate = props.domain && new Certificate(this, "Certificate", props.domain);
    const mutualTls = props.mutualTls?.bind(this);
    this.trustStore = mutualTls?.trustStore;
    this.listener = this.createListener(props, mutualTls?.arguments);
    this.redirectListener = props.plainHttp ? undefined : this.createRedirect();
    for (const [key, arn] of Object.entries(props.additionalCertificates ?? {}))
      this.addCertificate(key, arn);
    if (props.domain) this.createAliases(props.domain);
    if (props.maintenance) this.maintenance = this.createMaintenance(props.maintenance);
    if (props.plainHttp) this.warnOfPlainHttp();
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** DNS name that AWS gave the balancer. */
  public get dnsName(): string {
    return this.loadBalancer.dnsName;
  }

  /** Where the site is: the domain's URL, else that of the name AWS gave. */
  public get url(): string {
    return this.domainUrl ?? `${this.redirectListener ? "https" : "http"}://${this.dnsName}`;
  }

  /** The group of hosts that requests go to; undefined until `forwardTo`. */
  public get targetGroup(): TargetGroup | undefined {
    return this.defaultTargets;
  }

  /**
   * Sends requests to hosts, or to another target, and lets the balancer reach their port. Until then the
   * balancer answers 503.
   *
   * @param options what differs from the balancer's own options
   */
  public forwardTo(target: ILoadBalancerTarget, options: TargetGroupOptions = {}): TargetGroup {
    new PropChecks(this).require(this.defaultTargets === undefined, {
      prop: "forwardTo",
      value: target.connections?.name,
      allowed: "one target",
      remedy: "Put all hosts into one target.",
    });
    const { distribution, anomalyMitigation, slowStart, stickiness, deregistrationDelay } =
      this.targetDefaults;
    const { crossZone, targetHealth, protocolVersion } = this.targetDefaults;
    checkProtocolVersionOfListener(new PropChecks(this), options.protocolVersion, this.speaksTls);
    const targetGroup = new TargetGroup(this, "Targets", {
      network: this.network,
      port: target.port,
      protocol: target.protocol,
      protocolVersion,
      crossZone,
      targetHealth,
      distribution,
      anomalyMitigation,
      slowStart,
      stickiness,
      deregistrationDelay,
      ...options,
      healthCheck: {
        ...(target.healthCheckPath !== undefined && { path: target.healthCheckPath }),
        ...this.targetDefaults.healthCheck,
        ...options.healthCheck,
      },
    });
    this.defaultTargets = targetGroup;
    this.setDefaultActions([{ type: "forward", targetGroupArn: targetGroup.arn }]);
    target.attachToTargetGroup(targetGroup.targetGroup, {
      loadBalancerArnSuffix: this.loadBalancer.arnSuffix,
      routedBy: this.listener,
    });
    const port = Port.tcp(target.port);
    if (target.connections) target.connections.allowFrom(this, port);
    if (target.peer) this.connections.allowTo(target.peer, port);
    return targetGroup;
  }

  /**
   * Points a further name at the balancer. With HTTPS, the certificate has to know the name.
   *
   * @param key part of the record's address. @default - the name; needed where that is known only after deploy
   */
  public addAlias(name: string, hostedZoneId: string, key: string = name): void {
    const checks = new PropChecks(this);
    checkHostedZoneId(checks, "hostedZoneId", hostedZoneId);
    checks.require(isKnown(key), {
      prop: "key",
      value: key,
      allowed: "a word that is known now, since it is part of a Terraform address",
      remedy: 'Give the alias a key: addAlias(name, hostedZoneId, "www").',
    });
    const place = new Construct(this, `Alias-${key}`);
    for (const type of this.placement.recordTypes) {
      new Route53Record(place, type, {
        zoneId: hostedZoneId,
        name,
        type,
        alias: {
          name: this.loadBalancer.dnsName,
          zoneId: this.loadBalancer.zoneId,
          evaluateTargetHealth: true,
        },
      });
    }
  }

  /**
   * Adds a certificate, for clients that ask for one of its names (SNI). Moves no other.
   *
   * @param key part of the certificate's address, as in "blog"
   * @param certificateArn of a certificate in ACM, in the same region
   * @throws InvalidPropError with `plainHttp`, and for a certificate of another region
   */
  public addCertificate(key: string, certificateArn: string): LbListenerCertificate {
    const checks = new PropChecks(this);
    checks.require(this.speaksTls, {
      prop: "additionalCertificates",
      value: certificateArn,
      allowed: "nothing with plainHttp",
      remedy: "Give the balancer a domain or certificateArn.",
    });
    checks.matches("additionalCertificates", key, /^[\w.-]+$/, {
      allowed: "keys of letters, digits, dots, hyphens and underscores",
      remedy: 'Call it by what it is for: { blog: "arn:aws:acm:…" }.',
    });
    checkCertificateArn(checks, `additionalCertificates.${key}`, certificateArn, this.network.region);
    return new LbListenerCertificate(this.certificates, key, {
      listenerArn: this.listener.arn,
      certificateArn,
    });
  }

  private check(props: LoadBalancerProps): void {
    const checks = new PropChecks(this);
    this.checkProtocol(checks, props);
    checkTargetGroupOptions(checks, props);
    checkBalancerLogs(checks, props);
    checkBalancerAttributes(checks, props);
    checkResponseHeaders(checks, props.responseHeaders ?? {}, !props.plainHttp);
    checkProtocolVersionOfListener(checks, props.protocolVersion, !props.plainHttp);
    props.mutualTls?.check(checks, !props.plainHttp);
    if (props.maintenance) checkMaintenance(checks, props.maintenance);
    checkTlsPolicy(checks, props.tlsPolicy);
    checks.matches("name", props.name, /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/, {
      allowed: "1 to 32 letters, digits and hyphens, no hyphen at either end, not starting with internal-",
      remedy: "Shorten it, or leave it out for a name made by Terraform.",
    });
    const range = { min: 1, max: 4000, unit: "seconds" };
    checks.integer("idleTimeout", props.idleTimeout, range, "60 suits most applications.");
    this.placement.check(checks);
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
    checkCertificateArn(checks, "certificateArn", certificateArn, props.network.region);
  }

  private createFirewall(props: LoadBalancerProps): Firewall {
    const firewall = new Firewall(this, "Firewall", {
      network: props.network,
      description: "Load balancer",
      defaultPort: props.plainHttp ? Port.HTTP : Port.HTTPS,
    });
    for (const client of this.placement.clients) {
      if (!props.plainHttp) firewall.connections.allowFrom(client, Port.HTTPS);
      firewall.connections.allowFrom(client, Port.HTTP);
    }
    return firewall;
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

  private createListener(
    props: LoadBalancerProps,
    mutualAuthentication?: LbListenerMutualAuthentication,
  ): LbListener {
    const common = {
      loadBalancerArn: this.loadBalancer.arn,
      defaultAction: [nothingHere()],
      ...responseHeaders(props.responseHeaders ?? {}, !props.plainHttp),
      tags: nameTag(this),
    };
    if (props.plainHttp) return new LbListener(this, "Http", { ...common, port: 80, protocol: "HTTP" });
    return new LbListener(this, "Https", {
      ...common,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: props.tlsPolicy ?? DEFAULT_TLS_POLICY,
      certificateArn: this.certificate?.arn ?? props.certificateArn,
      mutualAuthentication,
    });
  }

  private createMaintenance(options: MaintenanceOptions): Maintenance {
    return new Maintenance(this, "Maintenance", {
      ...options,
      listener: this.listener,
      defaultActions: [nothingHere()],
    });
  }

  private setDefaultActions(actions: LbListenerDefaultAction[]): void {
    this.listener.putDefaultAction(actions);
    this.maintenance?.setDefaultActions(actions);
  }

  private get speaksTls(): boolean {
    return this.redirectListener !== undefined;
  }

  private get certificates(): Construct {
    const id = "Certificates";
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
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
function nothingHere(): LbListenerDefaultAction {
  return {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "No hosts yet", statusCode: "503" },
  };
}
