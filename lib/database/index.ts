export { Credentials, type CredentialsOptions, type CredentialsProps } from "./credentials";
export { DatabasePair, type DatabasePairOptions, type DatabasePairProps } from "./database-pair";
export { Endpoints, type EndpointsProps, type PrivateZone } from "./endpoints";
export { DatabaseEngine, type DatabaseEngineOptions, type EngineName } from "./engine";
export { type DatabaseEndpoint, type IDatabase } from "./idatabase";
export { MonitoringRole } from "./monitoring-role";
export { type StorageOptions, type StorageType } from "./storage";
