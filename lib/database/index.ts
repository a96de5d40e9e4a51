export { Credentials, type CredentialsOptions, type CredentialsProps } from "./credentials";
export { DatabasePair } from "./database-pair";
export { type DatabasePairOptions, type DatabasePairProps } from "./database-pair-props";
export { Endpoints, type EndpointsProps, type PrivateZone } from "./endpoints";
export { DatabaseEngine, type DatabaseEngineOptions, type EngineName } from "./engine";
export { type DatabaseEndpoint, type IDatabase } from "./idatabase";
export { MonitoringRole } from "./monitoring-role";
export { type StorageOptions, type StorageType } from "./storage";
