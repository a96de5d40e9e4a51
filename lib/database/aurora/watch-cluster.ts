import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { IConstruct } from "constructs";
import { WatchedItems, Watchlist, logsIn } from "../../monitoring";
import { isKnown } from "../../validation";
import { MonitoringRole, monitoringLogs } from "../instance-monitoring";
import { maxConnections, memoryOfClass } from "../max-connections";
import {
  DATABASE_THRESHOLDS,
  DatabaseThresholds,
  allEvents,
  databaseEvents,
  rdsMetric,
  watchInstance,
  watchTransactionIds,
} from "../watching";
import { AuroraClusterProps } from "./aurora-cluster-props";
import { slotsOf } from "./instance-slots";
import { SERVERLESS_CLASS } from "./serverless-capacity";

/** GiB of memory that one unit of capacity stands for. */
const GIB_OF_UNIT = 2;
const LOCAL_STORAGE_LEFT = 2;
const MILLISECONDS = 1000;
/**
 * An instance of PostgreSQL that may shrink this far takes no more connections than these.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
const SMALL = { units: 0.5, connections: 2000 };

export interface WatchedCluster {
  readonly props: AuroraClusterProps;
  readonly cluster: RdsCluster;
  /** By their slots. */
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly logGroups: Readonly<Record<string, CloudwatchLogGroup>>;
  readonly monitoringRole?: MonitoringRole;
}

/**
 * What tells whether a cluster is well. Which instance writes is up to Aurora, so that none is the site's only one, and
 * each is watched alike.
 */
export function watchCluster(owner: IConstruct, watched: WatchedCluster): Watchlist<DatabaseThresholds> {
  const { props, cluster, instances, logGroups } = watched;
  const { region } = props.network;
  const watchlist = new Watchlist<DatabaseThresholds>(owner, {
    tier: "database",
    region,
    thresholds: DATABASE_THRESHOLDS,
  });
  const { name, engineName } = props.engine;
  const pauses = props.serverlessCapacity?.min === 0;
  for (const { letter, instanceClass } of slotsOf(props)) {
    const { identifier } = instances[letter]!;
    const isServerless = instanceClass === SERVERLESS_CLASS;
    const memory = isServerless ? serverlessMemory(props) : memoryOfClass(instanceClass);
    watchlist.add(
      ...watchInstance({
        key: letter,
        identifier,
        memory,
        maxConnections: isServerless
          ? serverlessConnections(props)
          : maxConnections(name, memory, props.parameters),
        // What a serverless instance has beside its volume grows with it.
        storage: isServerless ? undefined : { metricName: "FreeLocalStorage", free: LOCAL_STORAGE_LEFT },
        isWriter: false,
        pauses: isServerless && pauses,
      }),
      ...(isServerless ? [capacity(letter, identifier)] : []),
    );
  }
  const dimensions = { DBClusterIdentifier: cluster.clusterIdentifier };
  watchlist.add(
    ...(pauses ? [] : [silentWriter(dimensions, owner.node.path)]),
    lag(dimensions),
    ...(engineName === "postgres" ? [watchTransactionIds(dimensions)] : []),
    databaseEvents("ClusterEvents", "db-cluster", [cluster.clusterIdentifier]),
    allEvents("ParameterEvents", "db-parameter-group"),
    allEvents("SecurityGroupEvents", "db-security-group"),
    databaseEvents(
      "InstanceEvents",
      "db-instance",
      Object.values(instances).map(({ identifier }) => identifier),
    ),
    ...monitoringLogs(watched.monitoringRole, region),
    ...Object.entries(logGroups).map(([key, group]) => ({
      logs: logsIn(group, `Database ${key}`, region),
    })),
  );
  return watchlist;
}

function serverlessMemory({ serverlessCapacity }: AuroraClusterProps): number | undefined {
  const { max } = serverlessCapacity!;
  return isKnown(max) ? max * GIB_OF_UNIT : undefined;
}

function serverlessConnections(props: AuroraClusterProps): number | undefined {
  const { engine, parameters, serverlessCapacity } = props;
  const most = maxConnections(engine.name, serverlessMemory(props), parameters);
  const { min } = serverlessCapacity!;
  const isSmall = engine.engineName === "postgres" && isKnown(min) && min <= SMALL.units;
  return most && isSmall ? Math.min(most, SMALL.connections) : most;
}

type Dimensions = Readonly<Record<"DBClusterIdentifier", string>>;

/** Whichever instance writes, it reports each minute. */
function silentWriter(dimensions: Dimensions, cluster: string): WatchedItems<DatabaseThresholds> {
  return {
    alarm: {
      kind: "writer-silent",
      meaning: "No instance of the cluster takes writes: the database is down, or fails over for too long.",
      severity: "critical",
      metric: rdsMetric("DatabaseConnections", "SampleCount", { ...dimensions, Role: "WRITER" }),
      alarmWhen: "below",
      threshold: 1,
      periods: 5,
      missingData: "bad",
      siteDown: `writer of ${cluster}`,
    },
  };
}

/** Readers share the writer's storage, so that they lag by milliseconds, in which Aurora measures it. */
function lag(dimensions: Dimensions): WatchedItems<DatabaseThresholds> {
  const metric = rdsMetric("AuroraReplicaLag", "Maximum", dimensions);
  return {
    alarm: {
      kind: "replica-lag",
      meaning: "A reader is far behind the writer: it gives old data.",
      severity: "warning",
      metric,
      alarmWhen: "above",
      threshold: { name: "replicaLag", default: 30, times: MILLISECONDS },
      periods: 5,
      missingData: "good",
    },
    chart: {
      title: "Lag behind the writer",
      unit: "milliseconds",
      lines: [{ label: "slowest reader", metric }],
      alarms: ["replica-lag"],
    },
  };
}

function capacity(letter: string, DBInstanceIdentifier: string): WatchedItems<DatabaseThresholds> {
  return {
    alarm: {
      kind: "capacity-exhausted",
      key: letter,
      meaning: "A serverless instance has nearly all the capacity that it may have: queries become slow.",
      severity: "warning",
      metric: rdsMetric("ACUUtilization", "Average", { DBInstanceIdentifier }),
      alarmWhen: "above",
      threshold: { name: "serverlessUtilization", default: 90 },
      periods: 15,
      missingData: "good",
    },
  };
}
