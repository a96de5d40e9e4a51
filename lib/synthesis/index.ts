export { deferStackTraces } from "./stack-traces";
export { useProvider } from "./use-provider";
