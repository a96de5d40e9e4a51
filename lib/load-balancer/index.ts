export { AccessLogBucket, type AccessLogBucketProps, type AccessLogsOptions } from "./access-logs";
export { Certificate, type DomainOptions } from "./certificate";
export { type Distribution, type DistributionOptions, type Stickiness } from "./distribution";
export { type HealthCheckOptions } from "./health-check";
export { LoadBalancer } from "./load-balancer";
export { type LoadBalancerOptions, type LoadBalancerProps } from "./load-balancer-props";
export {
  type ILoadBalancerTarget,
  TargetGroup,
  type TargetGroupOptions,
  type TargetGroupProps,
  type TargetGroupRoute,
  type TargetProtocol,
  type TargetType,
} from "./target-group";
export { type TlsPolicy } from "./tls-policy";
