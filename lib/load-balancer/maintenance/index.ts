export {
  Maintenance,
  type MaintenanceOptions,
  type MaintenanceProps,
  RULES_AFTER,
  checkMaintenance,
} from "./maintenance";
export { MaintenancePage, type MaintenancePageOptions } from "./maintenance-page";
