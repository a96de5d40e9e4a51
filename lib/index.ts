import { deferStackTraces } from "./synthesis";

export * from "./database";
export * from "./distributed-web";
export * from "./encryption";
export * from "./firewall";
export * from "./hosts";
export * from "./load-balancer";
export * from "./monitoring";
export * from "./network";
export { GrantableRole, type IGrantable, type PolicyStatement } from "./policy";
export { InvalidPropError, type PropProblem } from "./validation";

deferStackTraces();
