import type { AlarmRule, WatchPlace, WatchedItems } from "../../monitoring";
import { DatabaseThresholds } from "./database-thresholds";
import { RdsDimensions, rdsMetric } from "./rds-metric";

const GIB = 2 ** 30;
const MEMORY_LEFT = 0.05;
const CONNECTIONS_IN_USE = 0.8;

export interface WatchedInstance {
  /** Tells instances of a database apart, in addresses: `a1`, or `a`. */
  readonly key: string;
  readonly identifier: string;
  /** Memory in GiB; undefined where it is not known. */
  readonly memory: number | undefined;
  /** Connections that the engine takes; undefined where that is not known. */
  readonly maxConnections: number | undefined;
  /** Which metric says how full the storage is that the instance has for itself; undefined where none does. */
  readonly storage?: {
    readonly metricName: "FreeStorageSpace" | "FreeLocalStorage";
    /** GiB that are to be free, unless told otherwise. */
    readonly free: number | undefined;
  };
  /** Whether it may pause while nobody uses it, and then reports nothing. @default false */
  readonly pauses?: boolean;
  /** Whether writes go to it, without which a site is down. */
  readonly isWriter: boolean;
  /** Where it is, if not where the database is. */
  readonly place?: WatchPlace;
}

type Rule = AlarmRule<DatabaseThresholds>;

/** What tells whether an instance is well, of a pair or of a cluster. */
export function watchInstance(instance: WatchedInstance): WatchedItems<DatabaseThresholds>[] {
  const dimensions = { DBInstanceIdentifier: instance.identifier };
  const { key, place } = instance;
  const rules = [
    ...saturation(instance, dimensions),
    ...(instance.storage ? [fullStorage(instance.storage, dimensions)] : []),
  ];
  return [
    ...rules.map((rule) => ({ alarm: { ...rule, key }, place })),
    ...(instance.pauses ? [] : [{ alarm: silence(instance, dimensions), place }]),
    ...charts(instance, dimensions),
  ];
}

function saturation(instance: WatchedInstance, dimensions: RdsDimensions): Rule[] {
  const { memory, maxConnections: most } = instance;
  return [
    {
      kind: "database-busy",
      meaning: "The database's processors are busy: queries become slow.",
      severity: "warning",
      metric: rdsMetric("CPUUtilization", "Average", dimensions),
      alarmWhen: "above",
      threshold: { name: "cpuUtilization", default: 80 },
      periods: 15,
      missingData: "good",
    },
    {
      kind: "database-memory-low",
      meaning: "The database has little memory left: it may be restarted.",
      severity: "warning",
      metric: rdsMetric("FreeableMemory", "Average", dimensions),
      alarmWhen: "below",
      threshold: { name: "freeMemory", default: memory && memory * MEMORY_LEFT, times: GIB },
      periods: 15,
      missingData: "good",
    },
    {
      kind: "database-connections-high",
      meaning: "The database has nearly as many connections as it takes: further ones are refused.",
      severity: "warning",
      metric: rdsMetric("DatabaseConnections", "Maximum", dimensions),
      alarmWhen: "above",
      threshold: { name: "connections", default: most && Math.floor(most * CONNECTIONS_IN_USE) },
      periods: 5,
      missingData: "good",
    },
    {
      kind: "disk-queue-long",
      meaning: "Operations of the database wait for its disk: queries become slow.",
      severity: "warning",
      metric: rdsMetric("DiskQueueDepth", "Average", dimensions),
      alarmWhen: "above",
      threshold: { name: "diskQueueDepth", default: 64 },
      periods: 15,
      missingData: "good",
    },
  ];
}

function fullStorage(
  { metricName, free }: NonNullable<WatchedInstance["storage"]>,
  dimensions: RdsDimensions,
): Rule {
  return {
    kind: "database-storage-low",
    meaning: "The database's storage is nearly full; when it is, the database stops.",
    severity: "critical",
    metric: rdsMetric(metricName, "Minimum", dimensions),
    alarmWhen: "below",
    threshold: { name: "freeStorage", default: free, times: GIB },
    periods: 5,
    missingData: "good",
  };
}

/**
 * A database that runs reports each minute; one that is away reports nothing. The writer's alarm is that of whichever
 * instance writes, so that it stays through a failover; in another region it is another alarm.
 */
function silence(instance: WatchedInstance, dimensions: RdsDimensions): Rule {
  const { key, identifier, isWriter, place } = instance;
  const rule = {
    metric: rdsMetric("DatabaseConnections", "SampleCount", dimensions),
    alarmWhen: "below",
    threshold: 1,
    periods: 5,
    missingData: "bad",
  } as const;
  if (!isWriter) {
    return {
      kind: "database-silent",
      key,
      meaning: "A copy of the database reports nothing: it is down, or about to be.",
      severity: "warning",
      ...rule,
    };
  }
  return {
    kind: "writer-silent",
    key: place?.provider && key,
    meaning: "The database that takes the writes reports nothing: it is down, or about to be.",
    severity: "critical",
    ...rule,
    siteDown: `database ${identifier}`,
  };
}

function charts(instance: WatchedInstance, dimensions: RdsDimensions): WatchedItems<DatabaseThresholds>[] {
  const { key, place, storage } = instance;
  const average = (name: string) => rdsMetric(name, "Average", dimensions);
  return [
    {
      place,
      chart: {
        title: `${key}: processors and connections`,
        unit: "percent",
        lines: [
          { label: "processors", metric: average("CPUUtilization") },
          {
            label: "connections",
            metric: rdsMetric("DatabaseConnections", "Maximum", dimensions),
            right: true,
          },
        ],
        alarms: [`database-busy-${key}`],
      },
    },
    {
      place,
      chart: {
        title: `${key}: memory and storage left`,
        unit: "bytes",
        lines: [
          { label: "memory", metric: average("FreeableMemory") },
          ...(storage
            ? [
                {
                  label: "storage",
                  metric: rdsMetric(storage.metricName, "Minimum", dimensions),
                  right: true,
                },
              ]
            : []),
        ],
        alarms: [`database-memory-low-${key}`],
      },
    },
    {
      place,
      chart: {
        title: `${key}: disk`,
        unit: "seconds",
        lines: [
          { label: "a read", metric: average("ReadLatency") },
          { label: "a write", metric: average("WriteLatency") },
          { label: "operations that wait", metric: average("DiskQueueDepth"), right: true },
        ],
      },
    },
  ];
}
