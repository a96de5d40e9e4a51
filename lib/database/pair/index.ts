export { DatabasePair } from "./database-pair";
export { type DatabasePairOptions, type DatabasePairProps } from "./database-pair-props";
export { Endpoints, type EndpointsProps, type PrivateZone, type ReaderTarget } from "./endpoints";
export { type Placement } from "./placement";
export { type ReaderHealthOptions, ReplicaHealth, type ReplicaHealthProps } from "./replica-health";
export { type OtherRegion, type SlotOptions, type Slots } from "./slot-options";
export { type StorageOptions, type StorageType } from "./storage";
