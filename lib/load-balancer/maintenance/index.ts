export {
  type LetThroughRule,
  Maintenance,
  type MaintenanceOptions,
  type MaintenanceProps,
  checkMaintenance,
} from "./maintenance";
export { MaintenancePage, type MaintenancePageOptions } from "./maintenance-page";
