export { allEvents, databaseEvents } from "./database-events";
export { type DatabaseThresholds, DATABASE_THRESHOLDS } from "./database-thresholds";
export { rdsMetric } from "./rds-metric";
export { watchInstance } from "./watch-instance";
export { watchReplica } from "./watch-replica";
export { watchTransactionIds } from "./watch-transaction-ids";
