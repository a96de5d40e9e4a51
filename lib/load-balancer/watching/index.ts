export { type LoadBalancerThresholds, LOAD_BALANCER_THRESHOLDS } from "./load-balancer-thresholds";
export { watchBalancer } from "./watch-balancer";
export { watchCertificate } from "./watch-certificate";
export { watchTargets } from "./watch-targets";
