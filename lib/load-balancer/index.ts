export { AccessLogBucket, type AccessLogBucketProps, type AccessLogsOptions } from "./access-logs";
export { type BalancerAttributes } from "./balancer-attributes";
export { type BalancerLogs } from "./balancer-logs";
export { Certificate, type DomainOptions } from "./certificate";
export { type Distribution, type DistributionOptions, type Stickiness } from "./distribution";
export { type HealthCheckOptions } from "./health-check";
export { LoadBalancer } from "./load-balancer";
export { type LoadBalancerOptions, type LoadBalancerProps } from "./load-balancer-props";
export {
  type LetThroughRule,
  Maintenance,
  type MaintenanceOptions,
  MaintenancePage,
  type MaintenancePageOptions,
  type MaintenanceProps,
} from "./maintenance";
export {
  type CaBundleOptions,
  MutualTls,
  type S3File,
  type TrustStoreOptions,
  type VerifyOptions,
} from "./mutual-tls";
export { type IpAddressType, type PlacementOptions } from "./placement";
export { type ProtocolVersion } from "./protocol-version";
export {
  type CorsMethod,
  type CorsOptions,
  type ResponseHeadersOptions,
  type StrictTransportSecurity,
} from "./response-headers";
export {
  type ILoadBalancerTarget,
  TargetGroup,
  type TargetGroupOptions,
  type TargetGroupProps,
  type TargetGroupRoute,
  type TargetProtocol,
  type TargetType,
} from "./target-group";
export { type HealthThreshold, type RoutingThreshold, type TargetHealthOptions } from "./target-health";
export { type TlsPolicy } from "./tls-policy";
