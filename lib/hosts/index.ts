export {
  type BakedImageOptions,
  type CommandsOptions,
  type ContainerOptions,
  HostApplication,
  type HostApplicationOptions,
} from "./host-application";
export { type Packages } from "./applications/commands";
export { type HostContent } from "./user-data/host-content";
export { type HostFile } from "./user-data/host-file";
export {
  type Architecture,
  type Distribution as LinuxDistribution,
  type DistributionFacts as LinuxDistributionFacts,
  type Installation,
  type Software,
} from "./distributions";
export { type AmiOptions, MachineImage, type MachineImageOptions } from "./machine-image";
export { WebHosts } from "./web-hosts";
export {
  type HostEgress,
  type UseDatabaseOptions,
  type WebHostsOptions,
  type WebHostsProps,
} from "./web-hosts-props";

export { Failover, type HostSetup, type PassiveHostOptions } from "./group/active-passive";
export { type RollingReplacementOptions } from "./group/rolling-replacement";
export { Scaling } from "./scaling/scaling";
export {
  type MetricStatistic,
  type MetricTarget,
  type PredictiveScaling,
  type ScalingOptions,
  type ScalingSchedule,
} from "./scaling/scaling-options";
export { type HostLogsOptions } from "./services/host-logs";
export { type ReverseProxyOptions } from "./services/reverse-proxy";
export { type HostsThresholds } from "./watching";
