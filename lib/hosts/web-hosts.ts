import { ITerraformDependable, dependable } from "cdktf";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { IDatabase } from "../database/idatabase";
import { numberText } from "../expressions";
import { Connections, Firewall, Port } from "../firewall";
import { ILoadBalancerTarget, ProtocolVersion, TargetGroupRoute, TargetProtocol } from "../load-balancer";
import { IWatchable, Watchlist } from "../monitoring";
import { pathInStack, pathName } from "../naming";
import { INetwork } from "../network";
import { routesIn } from "../network/inetwork";
import { IGrantable, PolicyStatement, policyDocument } from "../policy";
import { PropChecks } from "../validation";
import { checkClasses, checkHosts } from "./check-hosts";
import { Failover, createReadyHook } from "./group/active-passive";
import { createAutoScalingGroup, groupNamePrefix } from "./group/auto-scaling-group";
import { createHostLogGroup, logGroupName } from "./group/host-log-group";
import { reportMetrics, sayReady, writeLogs } from "./group/host-permissions";
import { createHostRole, createInstanceProfile } from "./group/host-role";
import { ownTags } from "./group/host-tags";
import { createLaunchTemplate } from "./group/launch-template";
import { endpointsBefore, letOut, missingEndpoints } from "./host-egress";
import { HostUserData } from "./host-user-data";
import { ReadProps, readProps } from "./read-props";
import { Scaling } from "./scaling/scaling";
import { HostsThresholds, watchHosts } from "./watching";
import { UseDatabaseOptions, WebHostsProps } from "./web-hosts-props";

/**
 * Two or more hosts in the application subnets, in an Auto Scaling group: a host that fails is replaced, and
 * a change of image or application replaces hosts one after the other, each successor before its predecessor
 * goes. With `setup: "activePassive"` one host works and another one sleeps.
 *
 * On each host nginx stands before the application and a health service beside it; their logs go to CloudWatch,
 * and security updates are installed daily.
 *
 * Hosts reach the internet over HTTPS only (Debian and Ubuntu also over HTTP, for packages), or AWS's services only
 * (`egress: "endpoints"`); whatever else they need is said:
 * `hosts.connections.allowTo(Peer.ipv4("192.0.2.0/24"), Port.tcp(6379))`.
 *
 * Hosts have no key for SSH; people reach them through Session Manager. Their metadata service answers only
 * version 2, their volumes are encrypted, and they have no public address.
 *
 * @example
 * const hosts = new WebHosts(stack, "Hosts", {
 *   network,
 *   application: HostApplication.container("public.ecr.aws/nginx/nginx:1.29", { port: 80 }),
 * });
 * balancer.forwardTo(hosts);
 *
 * @throws InvalidPropError for fewer than two hosts, a type that can't run the image, user data that is too long,
 * settings that exclude each other, and whatever is wrong with the application.
 */
export class WebHosts
  extends Construct
  implements ILoadBalancerTarget, IGrantable, IWatchable<HostsThresholds>
{
  public readonly firewall: Firewall;
  public readonly role: IamRole;
  public readonly instanceProfile: IamInstanceProfile;
  public readonly launchTemplate: LaunchTemplate;
  public readonly autoScalingGroup: AutoscalingGroup;
  /** Group of the hosts' logs, unless they are off. */
  public readonly logGroup?: CloudwatchLogGroup;
  /** Policies and schedules, with `activeActive`. */
  public readonly scaling?: Scaling;
  /** What holds hosts back until they are ready, with `activePassive`. */
  public readonly readyHook?: AutoscalingLifecycleHook;
  public readonly watchlist: Watchlist<HostsThresholds>;
  /** TCP port that requests are sent to: nginx's, or the application's where there is none before it. */
  public readonly port: number;
  /** What requests are sent over. */
  public readonly protocol: TargetProtocol;
  public readonly healthCheckPath: string;
  /** Versions of HTTP that hosts speak; whatever the application does where there is no nginx. */
  public readonly protocolVersions?: readonly ProtocolVersion[];

  private readonly props: WebHostsProps;
  private readonly read: ReadProps;
  private readonly hostUserData: HostUserData;
  private readonly databases = new Set<IDatabase>();
  private readonly databasesByRdsName = new Set<IDatabase>();
  private failoverAlarms?: Failover;

  public constructor(scope: Construct, id: string, props: WebHostsProps) {
    super(scope, id);
    checkClasses(new PropChecks(this), props);
    this.props = props;
    const { application, reverseProxy } = (this.read = readProps(props));
    this.port = reverseProxy?.port ?? application.port;
    this.protocol = reverseProxy?.protocol ?? "HTTP";
    this.protocolVersions = reverseProxy && ["HTTP1"];
    this.healthCheckPath = reverseProxy?.healthPath ?? application.healthCheckPath;
    checkHosts(new PropChecks(this), props, this.read);
    this.hostUserData = new HostUserData(this, props, this.read, {
      hostGroup: pathName(this),
      logGroupName: logGroupName(this, props.logs),
      url: `${this.protocol.toLowerCase()}://127.0.0.1:${numberText(this.port)}${this.healthCheckPath}`,
    });

    this.firewall = this.createFirewall();
    this.role = createHostRole(this, props.network, application.pullsFromEcr);
    this.instanceProfile = createInstanceProfile(this, this.role);
    this.launchTemplate = this.createLaunchTemplate();
    this.autoScalingGroup = createAutoScalingGroup(this, {
      ...props,
      ...this.read,
      launchTemplate: this.launchTemplate,
    });
    this.logGroup = this.createLogGroup();
    if (props.metrics !== false) this.addPolicy("Metrics", reportMetrics());
    this.watchlist = watchHosts(this, {
      region: props.network.region,
      autoScalingGroupName: this.autoScalingGroup.name,
      detailedMonitoring: props.detailedMonitoring ?? true,
      hostGroup: (props.metrics ?? true) ? pathName(this) : undefined,
      logGroup: this.logGroup,
    });
    if (this.isActivePassive) this.readyHook = this.holdBackUntilReady();
    else this.scaling = new Scaling(this, "Scaling", this.autoScalingGroup, props.scaling ?? {});
    this.letManagedPoliciesComeFirst(props.network);
    this.node.addValidation({
      validate: () => [
        ...this.missingBalancer(),
        ...missingEndpoints(props, this.read, this.databases.size > 0),
      ],
    });
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** The alarms that wake the sleeping host and put it to sleep, with `activePassive` behind a balancer. */
  public get failover(): Failover | undefined {
    return this.failoverAlarms;
  }

  /** User data of the hosts, as cloud-init reads it; parts of it may be tokens. */
  public get userData(): string {
    return this.hostUserData.text;
  }

  /**
   * Adds environment variables for the application. Changing them later replaces the hosts, one after the
   * other.
   */
  public addEnvironment(environment: Readonly<Record<string, string>>): void {
    this.hostUserData.addEnvironment(environment);
  }

  /**
   * Lets the hosts use a database: the connection, leave to read its secret, and these environment variables:
   * `DATABASE_ENGINE`, `DATABASE_WRITER_HOST`, `DATABASE_READER_HOST`, `DATABASE_PORT`, `DATABASE_NAME` and
   * `DATABASE_SECRET_ARN`; from the secret, which hosts fetch when they start, `DATABASE_USERNAME` and
   * `DATABASE_PASSWORD`. The secret is in no user data, and on hosts in memory only.
   */
  public useDatabase(database: IDatabase, options: UseDatabaseOptions = {}): void {
    const isNew = !this.databases.has(database);
    if (isNew) {
      this.databases.add(database);
      this.connections.allowToDefaultPort(database);
      database.grantReadSecret(this);
      this.addEnvironment({
        DATABASE_ENGINE: database.engineName,
        DATABASE_WRITER_HOST: database.writer.host,
        DATABASE_READER_HOST: database.reader.host,
        DATABASE_PORT: numberText(database.port),
        DATABASE_NAME: database.databaseName,
        DATABASE_SECRET_ARN: database.secretArn,
      });
    }
    const canFetch = this.read.application.unit !== undefined;
    if (options.fetchSecret ?? (isNew && canFetch)) this.hostUserData.fetchSecret();
    if (options.rdsNames && !this.databasesByRdsName.has(database)) {
      this.databasesByRdsName.add(database);
      this.addEnvironment({
        DATABASE_WRITER_RDS_HOST: database.writer.rdsHost,
        DATABASE_READER_RDS_HOST: database.reader.rdsHost,
      });
    }
  }

  /** Adds a policy to the hosts' role; hosts start only when it is there. */
  public addPolicy(id: string, ...statements: readonly PolicyStatement[]): void {
    const policy = new IamRolePolicy(this, `Policy-${id}`, {
      role: this.role.name,
      policy: policyDocument(...statements),
    });
    this.startAfter(policy);
  }

  /**
   * Registers the hosts in a target group, from now on and as they come and go. `LoadBalancer.forwardTo` does
   * it, and opens the hosts' port to the balancer; behind a balancer of your own, open it as well:
   * `hosts.connections.allowDefaultPortFrom(Peer.securityGroup(id, "balancer"))`. Hosts that the balancer finds
   * unhealthy are replaced.
   *
   * @param route what sends requests to the target group; needed to scale by requests, and for `activePassive`
   */
  public attachToTargetGroup(targetGroup: LbTargetGroup, route?: TargetGroupRoute): void {
    this.autoScalingGroup.targetGroupArns = [
      ...(this.autoScalingGroup.targetGroupArnsInput ?? []),
      targetGroup.arn,
    ];
    // A host whose application fails is replaced, not only one whose machine fails.
    this.autoScalingGroup.healthCheckType = "ELB";
    if (route === undefined) return;
    this.scaling?.countRequests({
      key: pathInStack(targetGroup.node.scope ?? targetGroup),
      resourceLabel: `${route.loadBalancerArnSuffix}/${targetGroup.arnSuffix}`,
      routedBy: route.routedBy,
    });
    if (this.isActivePassive && this.failoverAlarms === undefined) {
      const dimensions = { TargetGroup: targetGroup.arnSuffix, LoadBalancer: route.loadBalancerArnSuffix };
      const { passiveHost = {} } = this.props;
      this.failoverAlarms = new Failover(this, "Failover", this.autoScalingGroup, dimensions, passiveHost);
    }
  }

  private get isActivePassive(): boolean {
    return this.props.setup === "activePassive";
  }

  /** What can't work without a balancer has to be before synthesis ends. */
  private missingBalancer(): string[] {
    const wants = this.isActivePassive
      ? this.failoverAlarms === undefined && 'setup: "activePassive"'
      : this.unmetRequests;
    if (!wants) return [];
    return [
      `${wants} needs a balancer before the hosts, to know of its requests and of healthy hosts. ` +
        "Call balancer.forwardTo(hosts), or hosts.attachToTargetGroup(targetGroup, { loadBalancerArnSuffix }).",
    ];
  }

  private get unmetRequests(): string | undefined {
    return this.scaling?.countsRequests ? undefined : this.scaling?.needsRequests;
  }

  private createFirewall(): Firewall {
    const firewall = new Firewall(this, "Firewall", {
      network: this.props.network,
      description: "Web hosts",
      defaultPort: Port.tcp(this.port),
    });
    letOut(firewall.connections, this.props, this.read);
    return firewall;
  }

  private createLaunchTemplate(): LaunchTemplate {
    return createLaunchTemplate(this, {
      image: this.read.image,
      instanceType: this.read.instanceTypes[0]!,
      userData: this.hostUserData.encoded,
      instanceProfileArn: this.instanceProfile.arn,
      securityGroupIds: this.firewall.securityGroupIds,
      rootVolumeSize: this.read.rootVolumeSize,
      volumeKmsKeyArn: this.props.volumeKmsKeyArn,
      detailedMonitoring: this.props.detailedMonitoring ?? true,
      hibernate: this.isActivePassive && (this.props.passiveHost?.hibernate ?? false),
      tags: ownTags(this, this.props.tags),
    });
  }

  private createLogGroup(): CloudwatchLogGroup | undefined {
    const { logs = {} } = this.props;
    if (logs === false) return undefined;
    const group = createHostLogGroup(this, logs);
    this.addPolicy("Logs", writeLogs(group.arn));
    return group;
  }

  /** The hook, and leave for hosts to answer it. */
  private holdBackUntilReady(): AutoscalingLifecycleHook {
    this.addPolicy("Ready", ...sayReady(this.props.network.partition, groupNamePrefix(this)));
    return createReadyHook(this, this.autoScalingGroup, this.read.healthCheckGracePeriod);
  }

  /** A host needs its permissions and its way out of the subnet when it first starts. */
  private letManagedPoliciesComeFirst(network: INetwork): void {
    const attachments = this.node.children.filter((child) => child instanceof IamRolePolicyAttachment);
    const ways = [...routesIn(this, network.applicationSubnets), ...endpointsBefore(this, this.props)];
    for (const first of [...attachments, ...ways]) this.startAfter(first);
  }

  private startAfter(first: ITerraformDependable): void {
    this.autoScalingGroup.dependsOn = [...(this.autoScalingGroup.dependsOn ?? []), dependable(first)];
  }
}
