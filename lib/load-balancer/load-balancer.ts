import { Annotations } from "cdktf";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { Connections, Firewall, IConnectable, Peer, Port } from "../firewall";
import { nameTag } from "../naming";
import { INetwork } from "../network";
import { routesIn } from "../network/inetwork";
import { checkTwoZones } from "../network/two-zones";
import { PropChecks, isKnown } from "../validation";
import { AccessLogBucket, checkAccessLogs } from "./access-logs";
import { Certificate, DomainOptions, checkDomain } from "./certificate";
import { LoadBalancerProps } from "./load-balancer-props";
import {
  ILoadBalancerTarget,
  TargetGroup,
  TargetGroupOptions,
  checkTargetGroupOptions,
} from "./target-group";
import { DEFAULT_TLS_POLICY, checkTlsPolicy } from "./tls-policy";

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
export class LoadBalancer extends Construct implements IConnectable {
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

  private readonly network: INetwork;
  private readonly targetDefaults: TargetGroupOptions;
  private defaultTargets?: TargetGroup;
  private domainUrl?: string;

  public constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.check(props);
    this.network = props.network;
    this.targetDefaults = props;

    this.firewall = this.createFirewall(props);
    this.accessLogBucket = this.createAccessLogBucket(props);
    this.loadBalancer = this.createLoadBalancer(props);
    this.certificate = props.domain && new Certificate(this, "Certificate", props.domain);
    this.listener = this.createListener(props);
    this.redirectListener = props.plainHttp ? undefined : this.createRedirect();
    if (props.domain) this.createAliases(props.domain);
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
    const targetGroup = new TargetGroup(this, "Targets", {
      network: this.network,
      port: target.port,
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
    this.listener.putDefaultAction([{ type: "forward", targetGroupArn: targetGroup.arn }]);
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
    for (const type of this.network.ipv6 ? ["A", "AAAA"] : ["A"]) {
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

  private check(props: LoadBalancerProps): void {
    const checks = new PropChecks(this);
    this.checkProtocol(checks, props);
    checkTargetGroupOptions(checks, props);
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
      defaultAction: [nothingHere()],
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
function nothingHere(): LbListenerDefaultAction {
  return {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "No hosts yet", statusCode: "503" },
  };
}
