export { deferStackTraces } from "./stack-traces";
