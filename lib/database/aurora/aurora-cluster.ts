import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { Connections, Firewall, Port } from "../../firewall";
import { IWatchable, Watchlist } from "../../monitoring";
import { nameTag, pathName } from "../../naming";
import { IGrantable } from "../../policy";
import { PropChecks } from "../../validation";
import { Credentials } from "../credentials";
import { identifierFrom } from "../database-names";
import { DEFAULT_BACKUP_RETENTION, DEFAULT_USERNAME, TIMEOUTS } from "../database-options";
import { EngineLog, createLogGroups } from "../engine-logs";
import { finalSnapshotIdentifier } from "../final-snapshot";
import { DatabaseEndpoint, IDatabase } from "../idatabase";
import { MonitoringRole, createMonitoringRole, monitoringConfig } from "../instance-monitoring";
import { groupParameters } from "../parameter-group";
import { createSubnetGroup, groupPrefix } from "../subnet-group";
import { DatabaseThresholds } from "../watching";
import { AuroraClusterProps } from "./aurora-cluster-props";
import { checkCluster, checkEngineOfCluster } from "./check-cluster";
import { Slot, clusterZones, slotsOf, supportsPerformanceInsights } from "./instance-slots";
import { RESTORED_ARGUMENTS, RESTORE_ARGUMENTS, restoreConfig } from "./restore";
import { watchCluster } from "./watch-cluster";

/**
 * An Aurora cluster: a writer, and readers in other zones that share its storage and take over by themselves. All
 * of it is encrypted, backed up, and reached over TLS only, from where `connections` says.
 *
 * Failover and return need nobody: Aurora promotes a reader, usually in less than 60 and often in less than 30
 * seconds, without losing a write that it confirmed; what was the writer comes back as a reader. The names of the
 * writer and of the reader follow the roles, so that Terraform has nothing to do. Which slot writes is up to
 * Aurora. With a single instance left, the reader's name leads to the writer.
 *
 * Against a `DatabasePair`: two instances in place of its four (each of the pair's has a standby), each at a higher
 * price, storage that is kept six times in three zones and paid for once, and, unless `storageType` says
 * otherwise, every operation on storage paid for.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html,
 * https://aws.amazon.com/rds/aurora/pricing/
 *
 * Needs Terraform or OpenTofu 1.11 or newer, for the password.
 *
 * @example
 * const database = new AuroraCluster(stack, "Database", {
 *   network,
 *   engine: AuroraEngine.postgres("17"),
 *   databaseName: "shop",
 * });
 * hosts.useDatabase(database);
 *
 * @throws InvalidPropError for names, versions, sizes and times that RDS would refuse.
 */
export class AuroraCluster extends Construct implements IDatabase, IWatchable<DatabaseThresholds> {
  public readonly firewall: Firewall;
  public readonly credentials: Credentials;
  public readonly subnetGroup: DbSubnetGroup;
  public readonly parameterGroup: RdsClusterParameterGroup;
  /** What lets RDS write Enhanced Monitoring's metrics, unless that is off. */
  public readonly monitoringRole?: MonitoringRole;
  /** Log groups of the engine's logs, keyed by log: `postgresql`. */
  public readonly logGroups: Readonly<Record<string, CloudwatchLogGroup>>;
  public readonly cluster: RdsCluster;
  /** The instances, keyed by slot: `a`, `b`. */
  public readonly instances: Readonly<Record<string, RdsClusterInstance>>;

  public readonly watchlist: Watchlist<DatabaseThresholds>;

  public readonly port: number;
  public readonly databaseName: string;
  /** What applications speak, `postgres` or `mysql`; RDS's own names are `aurora-postgresql` and `aurora-mysql`. */
  public readonly engineName: "postgres" | "mysql";
  /** Identifier of the cluster, which those of the instances start with. */
  public readonly identifier: string;

  public constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id);
    checkEngineOfCluster(new PropChecks(this), props);
    const username = props.credentials?.username ?? DEFAULT_USERNAME;
    this.port = props.port ?? props.engine.facts.port;
    this.databaseName = props.databaseName;
    this.engineName = props.engine.engineName;
    this.identifier = props.identifier ?? identifierFrom(pathName(this));
    checkCluster(new PropChecks(this), props, { username, identifier: this.identifier });

    this.firewall = new Firewall(this, "Firewall", {
      network: props.network,
      description: "Database",
      defaultPort: Port.tcp(this.port),
    });
    this.credentials = new Credentials(this, "Credentials", {
      ...props.credentials,
      username,
      // The writer's name is not known yet: the cluster is made with the secret's password.
      connection: {
        engine: props.engine.name,
        databaseName: this.databaseName,
        port: this.port,
        clusterIdentifier: this.identifier,
      },
    });
    this.subnetGroup = createSubnetGroup(this, props.network);
    this.parameterGroup = this.createParameterGroup(props);
    this.monitoringRole = createMonitoringRole(this, props);
    this.logGroups = createLogGroups(this, this.engineLogs(props), props.logRetentionDays);
    this.cluster = this.createCluster(props);
    this.instances = Object.fromEntries(
      slotsOf(props).map((slot) => [slot.letter, this.createInstance(slot, props)]),
    );
    const { cluster, instances, logGroups, monitoringRole } = this;
    this.watchlist = watchCluster(this, { props, cluster, instances, logGroups, monitoringRole });
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** Whichever instance writes. The server's certificate carries the name, for clients that know SANs. */
  public get writer(): DatabaseEndpoint {
    return this.endpoint(this.cluster.endpoint);
  }

  /** The readers, in turn; the writer while it is alone. */
  public get reader(): DatabaseEndpoint {
    return this.endpoint(this.cluster.readerEndpoint);
  }

  public get secretArn(): string {
    return this.credentials.secret.arn;
  }

  public grantReadSecret(grantee: IGrantable): void {
    this.credentials.grantRead(`ReadSecret-${this.firewall.connections.name}`, grantee);
  }

  /** Aurora's names follow the roles by themselves, so that no others are needed. */
  private endpoint(host: string): DatabaseEndpoint {
    return { host, rdsHost: host, port: this.port };
  }

  private createParameterGroup({ engine, parameters = {} }: AuroraClusterProps): RdsClusterParameterGroup {
    return new RdsClusterParameterGroup(this, "ParameterGroup", {
      namePrefix: groupPrefix(this),
      family: engine.parameterGroupFamily,
      parameter: groupParameters(engine, parameters),
      tags: nameTag(this),
      // A group in use can't be deleted, and a new major version needs a new group.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private engineLogs({ engine, logKmsKeyArn }: AuroraClusterProps): EngineLog[] {
    return engine.facts.logExports.map((log) => ({
      id: log,
      name: `/aws/rds/cluster/${this.identifier}/${log}`,
      kmsKeyArn: logKmsKeyArn,
    }));
  }

  private createCluster(props: AuroraClusterProps): RdsCluster {
    const { engine, serverlessCapacity, restoreFrom } = props;
    return new RdsCluster(this, "Cluster", {
      clusterIdentifier: this.identifier,
      engine: engine.name,
      engineVersion: engine.version,
      databaseName: props.databaseName,
      masterUsername: this.credentials.username,
      masterPasswordWo: this.credentials.passwordWriteOnly,
      masterPasswordWoVersion: this.credentials.passwordVersion,
      port: this.port,
      availabilityZones: clusterZones(props.network),
      dbSubnetGroupName: this.subnetGroup.name,
      vpcSecurityGroupIds: this.firewall.securityGroupIds,
      dbClusterParameterGroupName: this.parameterGroup.name,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      kmsKeyId: props.kmsKeyArn,
      storageType: props.storageType,
      serverlessv2ScalingConfiguration: serverlessCapacity && {
        minCapacity: serverlessCapacity.min,
        maxCapacity: serverlessCapacity.max,
      },
      ...restoreConfig(restoreFrom),
      backtrackWindow: props.backtrackWindow,
      backupRetentionPeriod: props.backupRetention ?? DEFAULT_BACKUP_RETENTION,
      preferredBackupWindow: props.backupWindow,
      preferredMaintenanceWindow: props.maintenanceWindow,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshotIdentifier(this.identifier, this.subnetGroup, groupPrefix(this)),
      allowMajorVersionUpgrade: props.allowMajorVersionUpgrade ?? false,
      applyImmediately: props.applyImmediately ?? false,
      deletionProtection: props.deletionProtection ?? true,
      enabledCloudwatchLogsExports: [...engine.facts.logExports],
      tags: nameTag(this),
      dependsOn: Object.values(this.logGroups),
      timeouts: TIMEOUTS,
      lifecycle: {
        ignoreChanges: [
          // Aurora completes them to three, and none can change.
          "availability_zones",
          // Data can't be encrypted anew; another key would replace the cluster.
          "kms_key_id",
          ...RESTORE_ARGUMENTS,
          ...(restoreFrom ? RESTORED_ARGUMENTS : []),
        ],
      },
    });
  }

  private createInstance(slot: Slot, props: AuroraClusterProps): RdsClusterInstance {
    const { name } = props.engine;
    const insights = props.performanceInsights ?? supportsPerformanceInsights(name, slot.instanceClass);
    return new RdsClusterInstance(this, slot.letter, {
      identifier: `${this.identifier}-${slot.letter}`,
      clusterIdentifier: this.cluster.id,
      // The version is the cluster's, which upgrades all of its instances.
      engine: name,
      instanceClass: slot.instanceClass,
      promotionTier: slot.promotionTier,
      availabilityZone: slot.availabilityZone,
      dbSubnetGroupName: this.subnetGroup.name,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      applyImmediately: props.applyImmediately ?? false,
      preferredMaintenanceWindow: props.maintenanceWindow,
      ...monitoringConfig(insights, props, this.monitoringRole),
      tags: { Name: `${nameTag(this).Name}/${slot.letter}` },
      dependsOn: this.monitoringRole ? [this.monitoringRole.attachment] : [],
      timeouts: TIMEOUTS,
      // Chosen when an instance is made: another zone would replace it, another key RDS refuses.
      lifecycle: { ignoreChanges: ["availability_zone", "performance_insights_kms_key_id"] },
    });
  }
}
