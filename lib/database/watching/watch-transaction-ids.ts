import type { WatchPlace, WatchedItems } from "../../monitoring";
import { DatabaseThresholds } from "./database-thresholds";
import { RdsDimensions, rdsMetric } from "./rds-metric";

/** What tells whether a PostgreSQL database runs out of transaction ids. */
export function watchTransactionIds(
  dimensions: RdsDimensions,
  place?: WatchPlace,
): WatchedItems<DatabaseThresholds> {
  return {
    place,
    alarm: {
      kind: "transaction-ids-high",
      meaning:
        "The database runs out of transaction ids, as vacuuming does not keep up: at last it takes no writes.",
      severity: "critical",
      metric: rdsMetric("MaximumUsedTransactionIDs", "Maximum", dimensions),
      alarmWhen: "above",
      threshold: { name: "transactionIds", default: 1_000_000_000 },
      periods: 5,
      missingData: "good",
    },
  };
}
