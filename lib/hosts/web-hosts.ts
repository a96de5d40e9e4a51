import { Fn, ITerraformDependable, Lazy, Token, dependable } from "cdktf";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { IDatabase } from "../database/idatabase";
import { base64, numberText } from "../expressions";
import { Connections, Firewall, Peer, Port } from "../firewall";
import { ILoadBalancerTarget } from "../load-balancer";
import { namePrefix, nameTag, pathName } from "../naming";
import { INetwork } from "../network";
import { routesIn } from "../network/inetwork";
import { checkTwoZones } from "../network/two-zones";
import { IGrantable, PolicyStatement, assumeRolePolicy, policyDocument } from "../policy";
import { InvalidPropError, PropChecks, describeValue, isKnown } from "../validation";
import { CloudConfig, cloudConfig } from "./cloud-config";
import { HostApplication, checkEnvironment } from "./host-application";
import { checkInstanceType } from "./instance-type";
import { MachineImage } from "./machine-image";
import { UseDatabaseOptions, WebHostsProps } from "./web-hosts-props";

const DEFAULT_INSTANCE_TYPES = { x86_64: "t3.small", arm64: "t4g.small" } as const;
const DEFAULT_MIN_HOSTS = 2;
/** A typing error more likely than a wish. */
const MAX_HOSTS = 10_000;
const DEFAULT_ROOT_VOLUME_SIZE = 20;
const DEFAULT_GRACE_PERIOD = 300;

/** User data before Base64: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const MAX_USER_DATA = 16 * 1024;
/** Longest prefix of a role's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE_NAME_LENGTH = 64;

const GROUP_METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

/**
 * Two or more hosts in the application subnets, in an Auto Scaling group: a host that fails is replaced, and
 * a change of image or application replaces hosts one after the other, each successor before its predecessor
 * goes.
 *
 * Hosts reach the internet over HTTPS only (Debian and Ubuntu also over HTTP, for packages); whatever else they
 * need is said: `hosts.connections.allowTo(Peer.ipv4("192.0.2.0/24"), Port.tcp(6379))`.
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
 * @throws InvalidPropError for fewer than two hosts, a type that can't run the image, user data beyond 16 KB,
 * and whatever is wrong with the application.
 */
export class WebHosts extends Construct implements ILoadBalancerTarget, IGrantable {
  public readonly firewall: Firewall;
  public readonly role: IamRole;
  public readonly instanceProfile: IamInstanceProfile;
  public readonly launchTemplate: LaunchTemplate;
  public readonly autoScalingGroup: AutoscalingGroup;
  /** TCP port of the application. */
  public readonly port: number;
  public readonly healthCheckPath: string;

  private readonly application: HostApplication;
  private readonly image: MachineImage;
  private readonly environment: Record<string, string>;
  private readonly databases = new Set<IDatabase>();
  private readonly databasesByRdsName = new Set<IDatabase>();
  private renderedUserData?: CloudConfig;
  private encodedUserData?: string;

  public constructor(scope: Construct, id: string, props: WebHostsProps) {
    super(scope, id);
    this.application = props.application ?? HostApplication.statusPage();
    this.image = props.image ?? MachineImage.amazonLinux2023();
    this.port = this.application.port;
    this.healthCheckPath = this.application.healthCheckPath;
    this.environment = {
      PORT: numberText(this.port),
      ...this.application.environment,
      ...props.environment,
    };
    this.check(props);

    this.firewall = this.createFirewall(props.network);
    this.role = this.createRole(props.network);
    this.instanceProfile = new IamInstanceProfile(this, "InstanceProfile", {
      namePrefix: namePrefix(this, ROLE_NAME_LENGTH),
      role: this.role.name,
      tags: nameTag(this),
    });
    this.launchTemplate = this.createLaunchTemplate(props);
    this.autoScalingGroup = this.createGroup(props);
    this.letManagedPoliciesComeFirst(props.network);
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** User data of the hosts, as cloud-init reads it; parts of it may be tokens. */
  public get userData(): string {
    return this.renderUserData().text;
  }

  /**
   * Adds environment variables for the application. Changing them later replaces the hosts, one after the
   * other.
   */
  public addEnvironment(environment: Readonly<Record<string, string>>): void {
    const checks = new PropChecks(this);
    checkEnvironment(checks, "environment", environment);
    for (const [name, value] of Object.entries(environment)) {
      checks.require(this.environment[name] === undefined || this.environment[name] === value, {
        prop: `environment.${name}`,
        value,
        allowed: `one value; it is ${describeValue(this.environment[name])} already`,
        remedy: "Leave it out in one of the two places, or rename the variable.",
      });
    }
    Object.assign(this.environment, environment);
    this.renderedUserData = undefined;
    this.encodedUserData = undefined;
    this.checkUserData();
  }

  /**
   * Lets the hosts use a database: the connection, leave to read its secret, and these environment variables:
   * `DATABASE_ENGINE`, `DATABASE_WRITER_HOST`, `DATABASE_READER_HOST`, `DATABASE_PORT`, `DATABASE_NAME` and
   * `DATABASE_SECRET_ARN`. The secret itself is for the application to fetch, with its host's role.
   */
  public useDatabase(database: IDatabase, options: UseDatabaseOptions = {}): void {
    if (!this.databases.has(database)) {
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
   */
  public attachToTargetGroup(targetGroup: LbTargetGroup): void {
    this.autoScalingGroup.targetGroupArns = [
      ...(this.autoScalingGroup.targetGroupArnsInput ?? []),
      targetGroup.arn,
    ];
    // A host whose application fails is replaced, not only one whose machine fails.
    this.autoScalingGroup.healthCheckType = "ELB";
  }

  private check(props: WebHostsProps): void {
    const checks = new PropChecks(this);
    const { minHosts = DEFAULT_MIN_HOSTS, maxHosts } = props;
    const hosts = { min: 2, max: MAX_HOSTS, unit: "hosts" };
    const remedy = "Two hosts in two zones are the least that survives the loss of one.";
    checks.integer("minHosts", minHosts, hosts, remedy);
    checks.integer("maxHosts", maxHosts, hosts, remedy);
    checks.require(!isKnown(maxHosts) || !isKnown(minHosts) || maxHosts >= minHosts, {
      prop: "maxHosts",
      value: maxHosts,
      allowed: `at least minHosts, ${minHosts}`,
      remedy: "Raise maxHosts, or lower minHosts.",
    });
    const sizes = { min: 8, max: 16_384, unit: "GiB" };
    checks.integer("rootVolumeSize", props.rootVolumeSize, sizes, "20 suits most applications.");
    const periods = { min: 0, max: 7200, unit: "seconds" };
    checks.integer("healthCheckGracePeriod", props.healthCheckGracePeriod, periods, "300 suits most.");
    checkTwoZones(checks, props.network, "application");
    this.image.check(checks);
    checkInstanceType(checks, props.instanceType, this.image.architecture);
    checkEnvironment(checks, "environment", props.environment);
    const port = props.environment?.PORT ?? this.application.environment.PORT;
    checks.require(!isKnown(port) || !isKnown(this.port) || port === String(this.port), {
      prop: "environment.PORT",
      value: port,
      allowed: `the application's port, ${this.port}, which requests are sent to`,
      remedy: "Leave it out, or give the application that port.",
    });
    this.application.check(checks, this.image);
    this.checkUserData();
  }

  private renderUserData(): CloudConfig {
    return (this.renderedUserData ??= cloudConfig(
      this.image,
      this.application.content(this.image, Object.keys(this.environment)),
      this.environment,
    ));
  }

  private checkUserData(): void {
    const length = this.renderUserData().knownLength;
    if (length <= MAX_USER_DATA) return;
    throw new InvalidPropError(this, {
      prop: "application",
      value: `user data of ${length} bytes`,
      allowed: `up to ${MAX_USER_DATA} bytes, with all files and environment variables`,
      remedy: "Fetch large files in a setup command, from S3 for example, or bake them into an image.",
    });
  }

  private createFirewall(network: INetwork): Firewall {
    const firewall = new Firewall(this, "Firewall", {
      network,
      description: "Web hosts",
      defaultPort: Port.tcp(this.port),
    });
    // AWS's services, registries and package repositories.
    firewall.connections.allowTo(Peer.anywhere(network), Port.HTTPS);
    // Debian's and Ubuntu's archives are signed, and served over HTTP.
    if (this.image.usesApt) firewall.connections.allowTo(Peer.anywhere(network), Port.HTTP);
    return firewall;
  }

  private createRole(network: INetwork): IamRole {
    const role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, ROLE_NAME_LENGTH),
      assumeRolePolicy: assumeRolePolicy("ec2.amazonaws.com"),
      tags: nameTag(this),
    });
    const policies = [
      "AmazonSSMManagedInstanceCore",
      ...(this.application.pullsFromEcr ? ["AmazonEC2ContainerRegistryReadOnly"] : []),
    ];
    for (const policy of policies) {
      new IamRolePolicyAttachment(this, policy, {
        role: role.name,
        policyArn: `arn:${network.partition}:iam::aws:policy/${policy}`,
      });
    }
    return role;
  }

  private createLaunchTemplate(props: WebHostsProps): LaunchTemplate {
    const tags = nameTag(this);
    return new LaunchTemplate(this, "LaunchTemplate", {
      namePrefix: `${pathName(this).slice(0, 100)}-`,
      updateDefaultVersion: true,
      imageId: this.image.imageId,
      instanceType: props.instanceType ?? DEFAULT_INSTANCE_TYPES[this.image.architecture],
      userData: Lazy.stringValue({ produce: () => (this.encodedUserData ??= base64(this.userData)) }),
      iamInstanceProfile: { arn: this.instanceProfile.arn },
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      monitoring: { enabled: props.detailedMonitoring ?? true },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: this.firewall.securityGroupIds,
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: this.image.rootDeviceName,
          ebs: {
            encrypted: "true",
            volumeType: "gp3",
            volumeSize: props.rootVolumeSize ?? DEFAULT_ROOT_VOLUME_SIZE,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags,
      })),
      tags,
    });
  }

  private createGroup(props: WebHostsProps): AutoscalingGroup {
    const { network, minHosts = DEFAULT_MIN_HOSTS } = props;
    return new AutoscalingGroup(this, "AutoScalingGroup", {
      namePrefix: `${pathName(this).slice(0, 200)}-`,
      minSize: minHosts,
      maxSize: props.maxHosts ?? twice(minHosts),
      vpcZoneIdentifier: network.applicationSubnets.map((subnet) => subnet.subnetId),
      launchTemplate: {
        id: this.launchTemplate.id,
        // "$Latest" would never start a refresh.
        version: Token.asString(this.launchTemplate.latestVersion),
      },
      healthCheckType: "EC2",
      healthCheckGracePeriod: props.healthCheckGracePeriod ?? DEFAULT_GRACE_PERIOD,
      // A successor is healthy before its predecessor goes.
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      },
      enabledMetrics: GROUP_METRICS,
      metricsGranularity: "1Minute",
      tag: [{ key: "Name", value: nameTag(this).Name, propagateAtLaunch: true }],
    });
  }

  /** A host needs its permissions and its way out of the subnet when it first starts. */
  private letManagedPoliciesComeFirst(network: INetwork): void {
    const attachments = this.node.children.filter((child) => child instanceof IamRolePolicyAttachment);
    for (const first of [...attachments, ...routesIn(this, network.applicationSubnets)])
      this.startAfter(first);
  }

  private startAfter(first: ITerraformDependable): void {
    this.autoScalingGroup.dependsOn = [...(this.autoScalingGroup.dependsOn ?? []), dependable(first)];
  }
}

function twice(count: number): number {
  return Token.isUnresolved(count) ? Fn.sum([count, count]) : 2 * count;
}
