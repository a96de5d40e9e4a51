export { Credentials, type CredentialsOptions, type CredentialsProps } from "./credentials";
export { type TimesOptions } from "./database-times";
export { DatabaseEngine, type DatabaseEngineOptions, type EngineName } from "./engine";
export { type DatabaseEndpoint, type IDatabase } from "./idatabase";
export { MonitoringRole } from "./monitoring-role";
export * from "./pair";
