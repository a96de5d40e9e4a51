export { memoryOf } from "./instance-memory";
