export * from "./aurora";
export { Credentials, type CredentialsOptions, type CredentialsProps } from "./credentials";
export { type DatabaseOptions } from "./database-options";
export { type TimesOptions } from "./database-times";
export { DatabaseEngine, type DatabaseEngineOptions, type EngineName } from "./engine";
export { type DatabaseEndpoint, type IDatabase } from "./idatabase";
export { MonitoringRole } from "./instance-monitoring";
export * from "./pair";
export * from "./roles";
