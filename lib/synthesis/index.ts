export { awsProvidersOf } from "./aws-providers";
export { deferStackTraces } from "./stack-traces";
export { useProvider } from "./use-provider";
