export { DEFAULT_LOG_RETENTION_DAYS, checkLogRetention } from "./log-retention";
