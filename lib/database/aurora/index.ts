export { AuroraCluster } from "./aurora-cluster";
export {
  type AuroraClusterOptions,
  type AuroraClusterProps,
  type AuroraSlotOptions,
  type AuroraStorageType,
} from "./aurora-cluster-props";
export { AuroraEngine, type AuroraEngineName, type AuroraEngineOptions } from "./aurora-engine";
export { type RestoreFrom, type RestoreFromCluster, type RestoreFromSnapshot } from "./restore";
export { type ServerlessCapacity } from "./serverless-capacity";
