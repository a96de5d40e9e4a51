import { ITerraformDependable } from "cdktf";
import { DbInstance, DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { INetwork } from "../../network";
import { Credentials } from "../credentials";
import { DEFAULT_BACKUP_RETENTION, TIMEOUTS } from "../database-options";
import { finalSnapshotIdentifier } from "../final-snapshot";
import { supportsPerformanceInsights } from "../instance-class";
import { MonitoringRole, monitoringConfig } from "../instance-monitoring";
import { DatabaseRoles, RetiredNode } from "../roles";
import { SLOTS, slotOf } from "../roles/node-name";
import { RestoreSource, isSnapshot } from "../roles/restore-source";
import { DatabasePairProps } from "./database-pair-props";
import { Placement } from "./placement";
import { SlotOptions } from "./slot-options";
import { Storage } from "./storage";

const DEFAULT_INSTANCE_CLASS = "db.t4g.medium";

/** Chosen or found when an instance is made: a later change of mind would replace it, data and all. */
const KEPT_FOR_EVER = [
  "availability_zone",
  "snapshot_identifier",
  "restore_to_point_in_time",
  // Of a backup that was not encrypted neither the instance is, nor are its replicas.
  "storage_encrypted",
  "kms_key_id",
  // RDS refuses another one.
  "performance_insights_kms_key_id",
];
/** What a restored instance has from its backup. */
const KEPT_FROM_BACKUP = ["allocated_storage", "db_subnet_group_name", "engine", "username"];
/** A node that is out of service is left as it is but for what its deletion needs: it may be broken. */
const KEPT_WHEN_RETIRED = [
  "allocated_storage",
  "allow_major_version_upgrade",
  "apply_immediately",
  "auto_minor_version_upgrade",
  "backup_retention_period",
  "backup_window",
  "enabled_cloudwatch_logs_exports",
  "engine_version",
  "iam_database_authentication_enabled",
  "instance_class",
  "iops",
  "maintenance_window",
  "max_allocated_storage",
  "monitoring_interval",
  "monitoring_role_arn",
  "multi_az",
  "parameter_group_name",
  "password_wo",
  "password_wo_version",
  "performance_insights_enabled",
  "performance_insights_retention_period",
  "port",
  "replicate_source_db",
  "storage_type",
  "vpc_security_group_ids",
];

/** What may still change: the class, if it is too small to serve alone, and what has to fit secret and firewall. */
const CHANGING_AT_FIRST = [
  "instance_class",
  "password_wo",
  "password_wo_version",
  "port",
  "replicate_source_db",
];
/** A node that has just taken over is left as it is until the rebuild. */
const KEPT_AT_FIRST = KEPT_WHEN_RETIRED.filter((name) => !CHANGING_AT_FIRST.includes(name));

/** Everything that one instance is configured from. */
export interface InstanceInputs {
  readonly props: DatabasePairProps;
  readonly identifier: string;
  readonly port: number;
  readonly storage: Storage;
  readonly credentials: Credentials;
  readonly monitoringRole?: MonitoringRole;
  readonly one: RetiredNode;
  readonly roles: DatabaseRoles;
  readonly placement: Placement;
  /** What it replicates: an instance, or the identifier of one that is not there any more. */
  readonly source?: { readonly instance: DbInstance; readonly placement: Placement } | string;
  readonly name: string;
  readonly dependsOn: ITerraformDependable[];
}

/** The configuration of one instance, by its role and by how it came to be. */
export function instanceConfig(inputs: InstanceInputs): DbInstanceConfig {
  const isReplica = inputs.one.replicates !== undefined;
  return {
    ...commonConfig(inputs),
    ...(isReplica ? replicaConfig(inputs) : standaloneConfig(inputs)),
    provider: inputs.placement.provider,
    lifecycle: { ignoreChanges: keptArguments(inputs) },
  };
}

/** Arguments that stay as they are on the instance, whatever the configuration says by now. */
function keptArguments(inputs: InstanceInputs): string[] {
  const { one } = inputs;
  // RDS wants replicas upgraded first, so a replica's version is its slot's.
  const isReplica = one.replicates !== undefined && slotOptions(inputs).engineVersion === undefined;
  const kept = [
    ...KEPT_FOR_EVER,
    ...(one.restoredFrom ? KEPT_FROM_BACKUP : []),
    ...(isReplica ? ["engine_version"] : []),
    ...(isRetired(inputs) ? KEPT_WHEN_RETIRED : []),
    ...(hasJustTakenOver(inputs) ? KEPT_AT_FIRST : []),
  ];
  return [...new Set(kept)];
}

/** Until the rebuild: the writer's name waits for all that happens to the instance in the apply that promotes it. */
function hasJustTakenOver({ one, roles }: InstanceInputs): boolean {
  const isFirst = one.promotedFrom === undefined && one.restoredFrom === undefined;
  return one === roles.primary && !isFirst && roles.replicas.length === 0 && roles.replicaCount > 0;
}

function isRetired({ one, roles }: InstanceInputs): boolean {
  return roles.retired.includes(one);
}

export function instanceClassOf({ instanceClass }: DatabasePairProps, slot: SlotOptions = {}): string {
  return slot.instanceClass ?? instanceClass ?? DEFAULT_INSTANCE_CLASS;
}

/** Whether instances of a slot have standbys. */
export function isMultiAz({ multiAz = true }: DatabasePairProps, slot: SlotOptions = {}): boolean {
  return slot.multiAz ?? multiAz;
}

/** The zone of a slot that has no standby, by name: slots take turns. */
export function zoneOfSlot(network: INetwork, slot: string, options: SlotOptions = {}): string | undefined {
  const { dataSubnets } = network;
  return options.availabilityZone ?? dataSubnets[SLOTS.indexOf(slot) % dataSubnets.length]?.availabilityZone;
}

/** A database of its own. */
function standaloneConfig(inputs: InstanceInputs): Partial<DbInstanceConfig> {
  return {
    ...(inputs.one.promotedFrom === undefined ? originConfig(inputs) : promotedConfig(inputs)),
    ...finalSnapshotConfig(inputs),
  };
}

function finalSnapshotConfig({ one, placement, identifier }: InstanceInputs): Partial<DbInstanceConfig> {
  const name = `${identifier}-${one.node}`;
  return {
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: finalSnapshotIdentifier(name, placement.subnetGroup, placement.groupPrefix),
  };
}

/** An instance that RDS makes empty or from a backup. */
function originConfig(inputs: InstanceInputs): Partial<DbInstanceConfig> {
  const { props, one, placement, credentials } = inputs;
  const { engineVersion = one.restoredFrom ? undefined : props.engine.version } = slotOptions(inputs);
  return {
    engine: props.engine.name,
    // A backup is restored in the version that it was made with.
    engineVersion,
    // A backup brings its databases along.
    dbName: one.restoredFrom ? undefined : props.databaseName,
    username: credentials.username,
    ...passwordConfig(credentials),
    dbSubnetGroupName: placement.subnetGroup.name,
    kmsKeyId: placement.kmsKeyArn,
    ...(one.restoredFrom && restoreConfig(one.restoredFrom)),
  };
}

/**
 * An instance that was a replica. What it has from its source is not said again: if it is missing, nothing is made
 * in its place, since the provider makes no instance without an engine, where an empty one would take the writes.
 */
function promotedConfig(inputs: InstanceInputs): Partial<DbInstanceConfig> {
  const { props, credentials } = inputs;
  return {
    engineVersion: slotOptions(inputs).engineVersion ?? props.engine.version,
    // It has its source's password. To set that once more takes a minute in which nobody can write.
    ...(credentials.passwordVersion === 1 ? {} : passwordConfig(credentials)),
  };
}

function passwordConfig(credentials: Credentials): Partial<DbInstanceConfig> {
  return { passwordWo: credentials.passwordWriteOnly, passwordWoVersion: credentials.passwordVersion };
}

/** A replica takes engine, user, database and, in its region, subnets and key from its source. */
function replicaConfig(inputs: InstanceInputs): Partial<DbInstanceConfig> {
  const { props, source, placement } = inputs;
  const common = {
    engineVersion: slotOptions(inputs).engineVersion ?? props.engine.version,
    // RDS makes no final snapshot of a replica.
    skipFinalSnapshot: true,
  };
  if (typeof source === "string") {
    // RDS makes what replicated a deleted instance of its region a database of its own.
    const isReleased = placement.provider === undefined;
    return { ...common, replicateSourceDb: source, ...(isReleased && finalSnapshotConfig(inputs)) };
  }
  if (source === undefined) return common;
  if (source.placement === placement) return { ...common, replicateSourceDb: source.instance.identifier };
  return {
    ...common,
    replicateSourceDb: source.instance.arn,
    dbSubnetGroupName: placement.subnetGroup.name,
    kmsKeyId: placement.kmsKeyArn,
  };
}

function restoreConfig(from: RestoreSource): Partial<DbInstanceConfig> {
  if (isSnapshot(from)) return { snapshotIdentifier: from.snapshot };
  return {
    restoreToPointInTime: {
      sourceDbInstanceIdentifier: from.instance,
      sourceDbiResourceId: from.resourceId,
      sourceDbInstanceAutomatedBackupsArn: from.automatedBackupsArn,
      restoreTime: from.time,
      useLatestRestorableTime: from.time === undefined ? true : undefined,
    },
  };
}

function commonConfig(inputs: InstanceInputs): DbInstanceConfig {
  const { props, identifier, storage, one, placement, name } = inputs;
  const slot = slotOptions(inputs);
  const instanceClass = instanceClassOf(props, slot);
  const insights = props.performanceInsights ?? supportsPerformanceInsights(props.engine.name, instanceClass);
  return {
    identifier: `${identifier}-${one.node}`,
    instanceClass,
    // RDS restores as much as there was, and takes no less.
    allocatedStorage: one.restoredFrom ? undefined : storage.allocatedStorage,
    storageType: storage.storageType,
    iops: storage.iops,
    maxAllocatedStorage: storage.maxAllocatedStorage,
    storageEncrypted: true,
    multiAz: isMultiAz(props, slot),
    // RDS chooses the zones of an instance with a standby.
    availabilityZone: isMultiAz(props, slot)
      ? undefined
      : zoneOfSlot(placement.network, slotOf(one.node), slot),
    port: inputs.port,
    publiclyAccessible: false,
    vpcSecurityGroupIds: placement.firewall.securityGroupIds,
    parameterGroupName: placement.parameterGroup.name,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: props.backupRetention ?? DEFAULT_BACKUP_RETENTION,
    backupWindow: props.backupWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    maintenanceWindow: props.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade ?? false,
    applyImmediately: props.applyImmediately ?? false,
    deletionProtection: isRetired(inputs) ? false : (props.deletionProtection ?? true),
    enabledCloudwatchLogsExports: [...props.engine.facts.logExports],
    ...monitoringConfig(insights, { ...props, kmsKeyArn: placement.kmsKeyArn }, inputs.monitoringRole),
    tags: { Name: `${name}/${one.node}` },
    dependsOn: inputs.dependsOn,
    timeouts: TIMEOUTS,
  };
}

function slotOptions({ props, one }: InstanceInputs): SlotOptions {
  return props.slots?.[slotOf(one.node)] ?? {};
}
