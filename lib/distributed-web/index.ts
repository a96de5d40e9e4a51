export { DistributedWeb } from "./distributed-web";
export {
  type DistributedWebProps,
  type SiteMonitoringOptions,
  type SiteThresholds,
} from "./distributed-web-props";
