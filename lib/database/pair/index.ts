export { DatabasePair } from "./database-pair";
export { type DatabasePairOptions, type DatabasePairProps } from "./database-pair-props";
export { Endpoints, type EndpointsProps, type PrivateZone } from "./endpoints";
export { type StorageOptions, type StorageType } from "./storage";
