import { ITerraformDependable } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance, DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { Connections, Firewall, Port } from "../../firewall";
import { DEFAULT_LOG_RETENTION_DAYS, checkLogRetention } from "../../logs";
import { nameTag, pathName } from "../../naming";
import { INetwork } from "../../network";
import { checkTwoZones } from "../../network/two-zones";
import { IGrantable } from "../../policy";
import { PropChecks, isKnown } from "../../validation";
import { Credentials, checkCredentials } from "../credentials";
import { checkDatabaseNames, identifierFrom } from "../database-names";
import { Endpoints, checkPrivateZone } from "./endpoints";
import { DatabasePairProps } from "./database-pair-props";
import { checkTimes } from "../database-times";
import { DatabaseEndpoint, IDatabase } from "../idatabase";
import { checkInstanceClass, supportsPerformanceInsights } from "../instance-class";
import { MonitoringRole } from "../monitoring-role";
import { checkParameters, createParameterGroup } from "../parameter-group";
import { Storage, readStorage } from "./storage";

const DEFAULT_INSTANCE_CLASS = "db.t4g.medium";
const DEFAULT_USERNAME = "tandem";
const DEFAULT_BACKUP_RETENTION = 7;
const DEFAULT_MONITORING_INTERVAL = 60;
const MONITORING_INTERVALS = [0, 1, 5, 10, 15, 30, 60];
const INSIGHTS_RETENTION_DAYS = 7;

/** Slot and generation of the instances: a new instance in a slot is a new generation, `a2`. */
const PRIMARY = "a1";
const REPLICA = "b1";

/**
 * Two RDS instances: a primary that takes writes, and a read replica of it, a read-only copy for reads,
 * backup and failover. Both are encrypted, backed up, and reached over TLS only, from where `connections`
 * says.
 *
 * Needs Terraform or OpenTofu 1.11 or newer, for the password.
 *
 * @example
 * const database = new DatabasePair(stack, "Database", {
 *   network,
 *   engine: DatabaseEngine.postgres("17"),
 *   databaseName: "shop",
 * });
 * hosts.useDatabase(database);
 *
 * @throws InvalidPropError for names, versions, sizes and times that RDS would refuse, and for a replica
 * without backups.
 */
export class DatabasePair extends Construct implements IDatabase {
  public readonly firewall: Firewall;
  public readonly credentials: Credentials;
  public readonly subnetGroup: DbSubnetGroup;
  public readonly parameterGroup: DbParameterGroup;
  /** What lets RDS write Enhanced Monitoring's metrics, unless that is off. */
  public readonly monitoringRole?: MonitoringRole;
  /** The instances, keyed by slot and generation: `a1`, `b1`. */
  public readonly instances: Readonly<Record<string, DbInstance>>;
  /** Log groups of the engine's logs, keyed by instance and log: `a1-postgresql`. */
  public readonly logGroups: Readonly<Record<string, CloudwatchLogGroup>>;
  public readonly endpoints: Endpoints;

  public readonly port: number;
  public readonly databaseName: string;
  public readonly engineName: string;
  /** What the identifiers of both instances start with. */
  public readonly identifier: string;

  public constructor(scope: Construct, id: string, props: DatabasePairProps) {
    super(scope, id);
    this.port = props.port ?? props.engine.facts.port;
    this.databaseName = props.databaseName;
    this.engineName = props.engine.name;
    this.identifier = props.identifier ?? identifierFrom(pathName(this));
    const storage = this.check(props);

    this.firewall = new Firewall(this, "Firewall", {
      network: props.network,
      description: "Database",
      defaultPort: Port.tcp(this.port),
    });
    this.credentials = this.createCredentials(props);
    this.subnetGroup = this.createSubnetGroup(props.network);
    this.parameterGroup = createParameterGroup(this, props.engine, this.groupPrefix, props.parameters ?? {});
    this.monitoringRole = this.createMonitoringRole(props);
    this.logGroups = this.createLogGroups(props);
    const primary = this.createPrimary(props, storage);
    this.instances = { [PRIMARY]: primary, [REPLICA]: this.createReplica(primary, props, storage) };
    this.endpoints = this.createEndpoints(props);
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** The instance that takes writes. */
  public get primary(): DbInstance {
    return this.instances[PRIMARY]!;
  }

  /** The instance that copies the primary, while there is one. */
  public get replica(): DbInstance | undefined {
    return this.instances[REPLICA];
  }

  public get writer(): DatabaseEndpoint {
    return { host: this.endpoints.writerRecord.fqdn, rdsHost: this.primary.address, port: this.port };
  }

  public get reader(): DatabaseEndpoint {
    const { address } = this.replica ?? this.primary;
    return { host: this.endpoints.readerRecord.fqdn, rdsHost: address, port: this.port };
  }

  public get secretArn(): string {
    return this.credentials.secret.arn;
  }

  public grantReadSecret(grantee: IGrantable): void {
    this.credentials.grantRead(`ReadSecret-${this.firewall.connections.name}`, grantee);
  }

  private check(props: DatabasePairProps): Storage {
    const checks = new PropChecks(this);
    const { engine, parameters = {} } = props;
    engine.check(checks);
    checkDatabaseNames(checks, engine, {
      databaseName: props.databaseName,
      username: props.credentials?.username ?? DEFAULT_USERNAME,
      identifier: this.identifier,
    });
    checkCredentials(checks, props.credentials ?? {});
    checkInstanceClass(checks, props.instanceClass);
    checkParameters(checks, engine, parameters);
    checkTimes(checks, props);
    checks.integer("port", props.port, { min: 1150, max: 65535 }, "Leave it out for the engine's own port.");
    checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "key");
    checkLogRetention(checks, "logRetentionDays", props.logRetentionDays);
    if (props.privateZone) checkPrivateZone(checks, props.privateZone);
    this.checkInsights(checks, props);
    this.checkZones(checks, props);
    return readStorage(checks, engine, props);
  }

  private checkInsights(checks: PropChecks, props: DatabasePairProps): void {
    const { performanceInsights, engine, instanceClass = DEFAULT_INSTANCE_CLASS } = props;
    checks.require(!performanceInsights || supportsPerformanceInsights(engine.name, instanceClass), {
      prop: "performanceInsights",
      value: performanceInsights,
      allowed: `false for ${engine.facts.title} on ${instanceClass}`,
      remedy: "Leave it out, or take a class from medium on.",
    });
    checks.require(
      !isKnown(props.monitoringInterval) || MONITORING_INTERVALS.includes(props.monitoringInterval),
      {
        prop: "monitoringInterval",
        value: props.monitoringInterval,
        allowed: `${MONITORING_INTERVALS.join(", ")} seconds; 0 switches it off`,
        remedy: "60 is enough for alarms.",
      },
    );
  }

  private checkZones(checks: PropChecks, props: DatabasePairProps): void {
    checkTwoZones(checks, props.network, "data");
    const named = props.network.dataSubnets
      .slice(0, 2)
      .every((subnet) => subnet.availabilityZone !== undefined);
    checks.require((props.multiAz ?? true) || named, {
      prop: "multiAz",
      value: props.multiAz,
      allowed: "true where the network's zones are known by keys only",
      remedy:
        "Key the network's dataSubnetIds by names of zones, so that primary and replica can be kept apart.",
    });
  }

  private createCredentials(props: DatabasePairProps): Credentials {
    return new Credentials(this, "Credentials", {
      ...props.credentials,
      username: props.credentials?.username ?? DEFAULT_USERNAME,
    });
  }

  private createSubnetGroup(network: INetwork): DbSubnetGroup {
    return new DbSubnetGroup(this, "SubnetGroup", {
      // By the path and not by the identifier: an instance can't move to another subnet group.
      namePrefix: this.groupPrefix,
      subnetIds: network.dataSubnets.map((subnet) => subnet.subnetId),
      tags: nameTag(this),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createMonitoringRole(props: DatabasePairProps): MonitoringRole | undefined {
    if (props.monitoringInterval === 0) return undefined;
    return new MonitoringRole(this, "Monitoring", { partition: props.network.partition });
  }

  /** Made before the instances: RDS would make them without an end to their retention. */
  private createLogGroups(props: DatabasePairProps): Record<string, CloudwatchLogGroup> {
    const place = new Construct(this, "Logs");
    const groups = [PRIMARY, REPLICA].flatMap((node) =>
      props.engine.facts.logExports.map((log) => {
        const group = new CloudwatchLogGroup(place, `${node}-${log}`, {
          name: `/aws/rds/instance/${this.identifier}-${node}/${log}`,
          retentionInDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
          tags: nameTag(this),
        });
        return [`${node}-${log}`, group] as const;
      }),
    );
    return Object.fromEntries(groups);
  }

  private createPrimary(props: DatabasePairProps, storage: Storage): DbInstance {
    const { username, passwordWriteOnly, passwordVersion } = this.credentials;
    return new DbInstance(this, PRIMARY, {
      ...this.commonSettings(PRIMARY, props, storage),
      engine: props.engine.name,
      engineVersion: props.engine.version,
      dbName: props.databaseName,
      username,
      passwordWo: passwordWriteOnly,
      passwordWoVersion: passwordVersion,
      port: this.port,
      dbSubnetGroupName: this.subnetGroup.name,
      kmsKeyId: props.kmsKeyArn,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${this.identifier}-${PRIMARY}-final`,
    });
  }

  /** A replica takes engine, user, database and subnets from its source; the rest is said again. */
  private createReplica(source: DbInstance, props: DatabasePairProps, storage: Storage): DbInstance {
    return new DbInstance(this, REPLICA, {
      ...this.commonSettings(REPLICA, props, storage),
      replicateSourceDb: source.identifier,
      // RDS makes no final snapshot of a replica.
      skipFinalSnapshot: true,
    });
  }

  private commonSettings(node: string, props: DatabasePairProps, storage: Storage): DbInstanceConfig {
    const instanceClass = props.instanceClass ?? DEFAULT_INSTANCE_CLASS;
    const insights =
      props.performanceInsights ?? supportsPerformanceInsights(props.engine.name, instanceClass);
    return {
      identifier: `${this.identifier}-${node}`,
      instanceClass,
      allocatedStorage: storage.allocatedStorage,
      storageType: storage.storageType,
      iops: storage.iops,
      maxAllocatedStorage: storage.maxAllocatedStorage,
      storageEncrypted: true,
      multiAz: props.multiAz ?? true,
      availabilityZone: fixedZone(node, props),
      publiclyAccessible: false,
      vpcSecurityGroupIds: this.firewall.securityGroupIds,
      parameterGroupName: this.parameterGroup.name,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: props.backupRetention ?? DEFAULT_BACKUP_RETENTION,
      backupWindow: props.backupWindow,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      maintenanceWindow: props.maintenanceWindow,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: props.allowMajorVersionUpgrade ?? false,
      applyImmediately: props.applyImmediately ?? false,
      deletionProtection: props.deletionProtection ?? true,
      enabledCloudwatchLogsExports: [...props.engine.facts.logExports],
      performanceInsightsEnabled: insights,
      performanceInsightsRetentionPeriod: insights ? INSIGHTS_RETENTION_DAYS : undefined,
      performanceInsightsKmsKeyId: insights ? props.kmsKeyArn : undefined,
      monitoringInterval: props.monitoringInterval ?? DEFAULT_MONITORING_INTERVAL,
      monitoringRoleArn: this.monitoringRole?.role.arn,
      tags: { Name: `${nameTag(this).Name}/${node}` },
      dependsOn: this.prerequisites(node),
      // Zones are chosen when an instance is made; a later change of mind would replace it, data and all.
      lifecycle: { ignoreChanges: ["availability_zone"] },
    };
  }

  private prerequisites(node: string): ITerraformDependable[] {
    const logs = Object.entries(this.logGroups).filter(([name]) => name.startsWith(`${node}-`));
    return [
      ...logs.map(([, group]) => group),
      ...(this.monitoringRole ? [this.monitoringRole.attachment] : []),
    ];
  }

  /** What the names of the groups start with that Terraform completes. */
  private get groupPrefix(): string {
    return `${identifierFrom(pathName(this))}-`;
  }

  private createEndpoints(props: DatabasePairProps): Endpoints {
    return new Endpoints(this, "Endpoints", {
      identifier: this.identifier,
      zone: props.privateZone,
      vpcId: props.network.vpcId,
      writer: this.primary.address,
      readers: { [REPLICA]: this.instances[REPLICA]!.address },
    });
  }
}

/**
 * The zone that an instance is made in: RDS chooses those of an instance with a standby; the others are kept
 * apart, by slot.
 */
function fixedZone(node: string, props: DatabasePairProps): string | undefined {
  const slot = node.charCodeAt(0) - PRIMARY.charCodeAt(0);
  return (props.multiAz ?? true) ? undefined : props.network.dataSubnets[slot]!.availabilityZone;
}
