import { ITerraformDependable } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { Connections, Firewall } from "../../firewall";
import { IWatchable, Watchlist } from "../../monitoring";
import { nameTag, pathName } from "../../naming";
import { IGrantable } from "../../policy";
import { PropChecks } from "../../validation";
import { Credentials } from "../credentials";
import { identifierFrom } from "../database-names";
import { DEFAULT_USERNAME } from "../database-options";
import { EngineLog, createLogGroups } from "../engine-logs";
import { DatabaseEndpoint, IDatabase } from "../idatabase";
import { MonitoringRole, createMonitoringRole } from "../instance-monitoring";
import { DatabaseRoles, RetiredNode, initialRoles, nodesOf, usedNames } from "../roles";
import { slotOf } from "../roles/node-name";
import { DatabaseThresholds } from "../watching";
import { checkEngineOfPair, checkPair } from "./check-pair";
import { DatabasePairProps } from "./database-pair-props";
import { Endpoints, ReaderTarget, endpointName } from "./endpoints";
import { InstanceInputs, instanceConfig } from "./instance-config";
import { PairReaders } from "./pair-readers";
import { Placement, RegionalPlacement, homePlacement } from "./placement";
import { ReplicaHealth } from "./replica-health";
import { Storage } from "./storage";
import { watchPair } from "./watch-pair";

/**
 * Two RDS instances: a primary that takes writes, and a read replica of it, a read-only copy for reads,
 * backup and failover; or more replicas. All are encrypted, backed up, and reached over TLS only, from where
 * `connections` says.
 *
 * Who is primary and who replicates it is part of the configuration: `roles`. With other roles the names of writer
 * and reader lead to other instances, so that an application that knows the names needs no change.
 *
 * Needs Terraform or OpenTofu 1.11 or newer, for the password.
 *
 * @example
 * const database = new DatabasePair(stack, "Database", {
 *   network,
 *   engine: DatabaseEngine.postgres("17"),
 *   databaseName: "shop",
 *   roles: readRoles("database-roles.json"),
 * });
 * hosts.useDatabase(database);
 *
 * @throws InvalidPropError for names, versions, sizes and times that RDS would refuse, for a replica without
 * backups, and for roles that no pair can have.
 */
export class DatabasePair extends Construct implements IDatabase, IWatchable<DatabaseThresholds> {
  public readonly firewall: Firewall;
  public readonly credentials: Credentials;
  public readonly subnetGroup: DbSubnetGroup;
  public readonly parameterGroup: DbParameterGroup;
  /** What lets RDS write Enhanced Monitoring's metrics, unless that is off. */
  public readonly monitoringRole?: MonitoringRole;
  /** Who is primary, who replicates it, who is retired. */
  public readonly roles: DatabaseRoles;
  /** The instances, keyed by slot and generation: `a1`, `b1`. */
  public readonly instances: Readonly<Record<string, DbInstance>>;
  /**
   * Log groups of the engine's logs, keyed by instance and log: `a1-postgresql`. Those of an instance that was
   * deleted stay, for what led to its end.
   */
  public readonly logGroups: Readonly<Record<string, CloudwatchLogGroup>>;
  /** What stands in another region, by slot: its firewall and groups. */
  public readonly regions: Readonly<Record<string, Placement>>;
  /** What decides whether a replica is given to readers, by slot and generation, where `readerHealth` is on. */
  public readonly replicaHealth: Readonly<Record<string, ReplicaHealth>>;
  public readonly endpoints: Endpoints;
  public readonly watchlist: Watchlist<DatabaseThresholds>;

  public readonly port: number;
  public readonly databaseName: string;
  public readonly engineName: string;
  /** What the identifiers of all instances start with. */
  public readonly identifier: string;

  private readonly home: Placement;
  private readonly readers: PairReaders;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabasePairProps,
  ) {
    super(scope, id);
    checkEngineOfPair(new PropChecks(this), props);
    this.port = props.port ?? props.engine.facts.port;
    this.databaseName = props.databaseName;
    this.engineName = props.engine.name;
    this.identifier = props.identifier ?? identifierFrom(pathName(this));
    this.roles = props.roles ?? initialRoles();
    const storage = checkPair(this, props, this);
    this.readers = new PairReaders(this.roles, props.slots);

    this.home = homePlacement(this, props, this.port);
    ({
      firewall: this.firewall,
      subnetGroup: this.subnetGroup,
      parameterGroup: this.parameterGroup,
    } = this.home);
    this.regions = this.createRegions();
    this.credentials = this.createCredentials();
    this.monitoringRole = createMonitoringRole(this, props);
    this.logGroups = createLogGroups(this, this.engineLogs(), props.logRetentionDays);
    this.instances = this.createInstances(storage);
    this.replicaHealth = this.createReplicaHealth();
    this.endpoints = this.createEndpoints();
    this.watchlist = this.createWatchlist(storage);
  }

  public get connections(): Connections {
    return this.firewall.connections;
  }

  /** The instance that takes writes. */
  public get primary(): DbInstance {
    return this.instances[this.roles.primary.node]!;
  }

  /** The first of the instances that copy the primary, while there is one. */
  public get replica(): DbInstance | undefined {
    return this.replicas[0];
  }

  /** The instances that copy the primary. */
  public get replicas(): readonly DbInstance[] {
    return this.roles.replicas.map(({ node }) => this.instances[node]!);
  }

  public get writer(): DatabaseEndpoint {
    return { host: this.endpoints.writerRecord.fqdn, rdsHost: this.primary.address, port: this.port };
  }

  public get reader(): DatabaseEndpoint {
    const { address } = this.instances[this.readers.sharers[0] ?? this.roles.primary.node]!;
    // The name itself: the records behind it come and go with the roles, and hosts must not be replaced for that.
    return { host: this.endpoints.readerName, rdsHost: address, port: this.port };
  }

  public get secretArn(): string {
    return this.credentials.secret.arn;
  }

  public grantReadSecret(grantee: IGrantable): void {
    this.credentials.grantRead(`ReadSecret-${this.firewall.connections.name}`, grantee);
  }

  private createRegions(): Record<string, Placement> {
    const abroad = Object.entries(this.props.slots ?? {}).flatMap(([slot, { region }]) =>
      region ? [[slot, region] as const] : [],
    );
    return Object.fromEntries(
      abroad.map(([slot, region]) => {
        const inputs = { ...this.props, port: this.port, region };
        return [slot, new RegionalPlacement(this, `Region-${slot}`, inputs).placement];
      }),
    );
  }

  private placementOf(node: string): Placement {
    return this.regions[slotOf(node)] ?? this.home;
  }

  private createCredentials(): Credentials {
    return new Credentials(this, "Credentials", {
      ...this.props.credentials,
      replicas: Object.values(this.regions).map(({ network, kmsKeyArn }) => ({
        region: network.region,
        kmsKeyArn,
      })),
      username: this.props.credentials?.username ?? DEFAULT_USERNAME,
      connection: {
        engine: this.engineName,
        databaseName: this.databaseName,
        port: this.port,
        host: endpointName({ zone: this.props.privateZone, identifier: this.identifier }, "writer"),
      },
    });
  }

  private engineLogs(): EngineLog[] {
    return usedNames(this.roles).flatMap((node) => {
      const { provider, logKmsKeyArn } = this.placementOf(node);
      return this.props.engine.facts.logExports.map((log) => ({
        id: `${node}-${log}`,
        name: `/aws/rds/instance/${this.identifier}-${node}/${log}`,
        provider,
        kmsKeyArn: logKmsKeyArn,
      }));
    });
  }

  private createInstances(storage: Storage): Record<string, DbInstance> {
    const nodes = new Map(nodesOf(this.roles).map((one) => [one.node, one]));
    const made: Record<string, DbInstance> = {};
    const make = (one: RetiredNode): DbInstance =>
      (made[one.node] ??= new DbInstance(
        this,
        one.node,
        instanceConfig(this.inputsFor(one, storage, sourceOf(one))),
      ));
    const sourceOf = ({ replicates }: RetiredNode): InstanceInputs["source"] => {
      if (replicates === undefined) return undefined;
      const source = nodes.get(replicates);
      return source
        ? { instance: make(source), placement: this.placementOf(replicates) }
        : `${this.identifier}-${replicates}`;
    };
    for (const one of nodes.values()) make(one);
    return made;
  }

  private inputsFor(one: RetiredNode, storage: Storage, source: InstanceInputs["source"]): InstanceInputs {
    return {
      props: this.props,
      identifier: this.identifier,
      port: this.port,
      storage,
      credentials: this.credentials,
      monitoringRole: this.monitoringRole,
      one,
      roles: this.roles,
      placement: this.placementOf(one.node),
      source,
      name: nameTag(this).Name,
      dependsOn: this.prerequisites(one.node),
    };
  }

  private prerequisites(node: string): ITerraformDependable[] {
    const logs = Object.entries(this.logGroups).filter(([name]) => name.startsWith(`${node}-`));
    return [
      ...logs.map(([, group]) => group),
      ...(this.monitoringRole ? [this.monitoringRole.attachment] : []),
    ];
  }

  private createReplicaHealth(): Record<string, ReplicaHealth> {
    const { sharers } = this.readers;
    const { readerHealth = sharers.length > 1 } = this.props;
    if (readerHealth === false) return {};
    const options = readerHealth === true ? {} : readerHealth;
    const place = new Construct(this, "ReplicaHealth");
    return Object.fromEntries(
      sharers.map((node) => {
        const { network, provider } = this.placementOf(node);
        // The instance's own, so that its alarms are made after it.
        const { identifier } = this.instances[node]!;
        return [
          node,
          new ReplicaHealth(place, node, { ...options, identifier, region: network.region, provider }),
        ];
      }),
    );
  }

  private createWatchlist(storage: Storage): Watchlist<DatabaseThresholds> {
    const { props, roles, instances, logGroups, monitoringRole } = this;
    const placementOf = (node: string) => this.placementOf(node);
    return watchPair(this, { props, storage, roles, instances, logGroups, monitoringRole, placementOf });
  }

  private createEndpoints(): Endpoints {
    const targets = this.readers.nodes.map((node): [string, ReaderTarget] => [
      node,
      {
        address: this.instances[node]!.address,
        weight: this.readers.weightOf(node),
        healthCheckId: this.replicaHealth[node]?.healthCheck.id,
      },
    ]);
    return new Endpoints(this, "Endpoints", {
      identifier: this.identifier,
      zone: this.props.privateZone,
      vpcs: [this.home, ...Object.values(this.regions)].map(({ network, provider }) => ({
        vpcId: network.vpcId,
        vpcRegion: provider && network.region,
      })),
      writer: this.primary.address,
      readers: Object.fromEntries(targets),
    });
  }
}
