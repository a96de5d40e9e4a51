export { AccessLogBucket, type AccessLogBucketProps, type AccessLogsOptions } from "./access-logs";
export {
  Authentication,
  type AuthenticationOptions,
  type CognitoOptions,
  type OidcOptions,
  type OnUnauthenticatedRequest,
} from "./authentication";
export { Certificate, type DomainOptions } from "./certificate";
export { type Distribution, type DistributionOptions, type Stickiness } from "./distribution";
export {
  type ExistingAddressesOptions,
  ExistingTargets,
  type ExistingTargetsOptions,
} from "./existing-targets";
export { type HealthCheckOptions } from "./health-check";
export {
  type FixedResponseRuleOptions,
  type ILoadBalancer,
  type RedirectRuleOptions,
} from "./iload-balancer";
export { type LoadBalancerAttributes } from "./imported-load-balancer";
export { LoadBalancer } from "./load-balancer";
export { type LoadBalancerOptions, type LoadBalancerProps } from "./load-balancer-props";
export { type NamedTargets } from "./named-targets";
export { type QueryStringCondition, type RuleConditions } from "./rules/conditions";
export { type ContentType, type FixedResponseOptions } from "./rules/fixed-response";
export { type ListenerRule, type RuleOptions } from "./rules/listener-rule";
export { type RedirectOptions } from "./rules/redirect";
export { type TargetRule, type TargetRuleOptions } from "./rules/target-rule";
export {
  type ILoadBalancerTarget,
  type TargetAddressType,
  TargetGroup,
  type TargetGroupOptions,
  type TargetGroupProps,
  type TargetGroupRoute,
  type TargetProtocol,
  type TargetType,
} from "./target-group";
export { type TlsPolicy } from "./tls-policy";
export { type ForwardOptions, type WeightedTargetsOptions } from "./weighted-targets";
