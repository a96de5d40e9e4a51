export {
  type ChangeJson,
  type Marks,
  type ModuleJson,
  type PlanJson,
  type ResourceChangeJson,
} from "./plan-json";
export { type PlannedAction, actionOf } from "./planned-action";
