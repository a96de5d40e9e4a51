import type { WatchPlace, WatchedItems } from "../../monitoring";
import { DatabaseThresholds } from "./database-thresholds";
import { rdsMetric } from "./rds-metric";

/** What tells whether a read replica copies its primary. RDS reports a lag of -1 where it does not. */
export function watchReplica(
  key: string,
  identifier: string,
  place: WatchPlace | undefined,
): WatchedItems<DatabaseThresholds>[] {
  const lag = (statistic: "Maximum" | "Minimum") =>
    rdsMetric("ReplicaLag", statistic, { DBInstanceIdentifier: identifier });
  return [
    {
      place,
      alarm: {
        kind: "replica-lag",
        key,
        meaning:
          "A replica is far behind its primary: readers see old data, and a failover would lose writes.",
        severity: "warning",
        metric: lag("Maximum"),
        alarmWhen: "above",
        threshold: { name: "replicaLag", default: 600 },
        periods: 5,
        missingData: "bad",
      },
      chart: {
        title: `${key}: lag behind the primary`,
        unit: "seconds",
        lines: [{ label: "lag", metric: lag("Maximum") }],
        alarms: [`replica-lag-${key}`],
      },
    },
    {
      place,
      alarm: {
        kind: "replica-broken",
        key,
        meaning: "A replica does not copy its primary any more: a failover would lose all writes since.",
        severity: "critical",
        metric: lag("Minimum"),
        alarmWhen: "below",
        threshold: 0,
        periods: 3,
        missingData: "good",
      },
    },
  ];
}
