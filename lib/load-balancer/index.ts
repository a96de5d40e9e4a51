export { AccessLogBucket, type AccessLogBucketProps, type AccessLogsOptions } from "./access-logs";
export {
  Authentication,
  type AuthenticationOptions,
  type CognitoOptions,
  type OidcOptions,
  type OnUnauthenticatedRequest,
} from "./authentication";
export { type BalancerAttributes } from "./balancer-attributes";
export { type BalancerLogs } from "./balancer-logs";
export { Certificate, type DomainOptions } from "./certificate";
export { type CloudFrontPrefixList } from "./cloud-front";
export { type Distribution, type DistributionOptions, type Stickiness } from "./targets/distribution";
export {
  type ExistingAddressesOptions,
  ExistingTargets,
  type ExistingTargetsOptions,
} from "./targets/existing-targets";
export { type HealthCheckOptions } from "./targets/health-check";
export {
  type FixedResponseRuleOptions,
  type ILoadBalancer,
  type RedirectRuleOptions,
} from "./iload-balancer";
export { type LoadBalancerAttributes } from "./imported-load-balancer";
export { LoadBalancer } from "./load-balancer";
export { type LoadBalancerOptions, type LoadBalancerProps } from "./load-balancer-props";
export { type NamedTargets } from "./targets/named-targets";
export { type QueryStringCondition, type RuleConditions } from "./rules/conditions";
export { type ContentType, type FixedResponseOptions } from "./rules/fixed-response";
export { type ListenerRule, type RuleOptions } from "./rules/listener-rule";
export { type RedirectOptions } from "./rules/redirect";
export { type TargetRule, type TargetRuleOptions } from "./rules/target-rule";
export {
  type Maintenance,
  type MaintenanceOptions,
  MaintenancePage,
  type MaintenancePageOptions,
} from "./maintenance";
export {
  type CaBundleOptions,
  MutualTls,
  type S3File,
  type TrustStoreOptions,
  type VerifyOptions,
} from "./mutual-tls";
export { type IpAddressType, type PlacementOptions } from "./placement";
export { type ProtocolVersion } from "./targets/protocol-version";
export {
  type CorsMethod,
  type CorsOptions,
  type ResponseHeadersOptions,
  type StrictTransportSecurity,
} from "./response-headers";
export {
  type ILoadBalancerTarget,
  type TargetAddressType,
  TargetGroup,
  type TargetGroupOptions,
  type TargetGroupProps,
  type TargetGroupRoute,
  type TargetProtocol,
  type TargetType,
} from "./targets/target-group";
export {
  type HealthThreshold,
  type RoutingThreshold,
  type TargetHealthOptions,
} from "./targets/target-health";
export { type TlsPolicy } from "./tls-policy";
export { type ForwardOptions, type WeightedTargetsOptions } from "./targets/weighted-targets";
export { type LoadBalancerThresholds } from "./watching";
