export { checkRoles } from "./check-roles";
export {
  type DatabaseNode,
  type DatabaseRoles,
  type InitialRolesOptions,
  type ReplicaNode,
  type RestoredNode,
  type RetiredNode,
  initialRoles,
  nodesOf,
  usedNames,
} from "./database-roles";
export { InvalidRolesError, type RolesProblem } from "./invalid-roles-error";
export { type NodeChange, nodeChanges } from "./node-changes";
export { type ReaderPart, readersOf } from "./readers";
export { type PointInTimeSource, type RestoreSource, type SnapshotSource } from "./restore-source";
export { formatRoles, parseRoles, readRoles } from "./roles-file";
export { type Stage, stageOf } from "./stage";
export {
  type FailOverOptions,
  type RebuildOptions,
  type RetireOptions,
  addReplica,
  failOver,
  rebuildReplica,
  restoreFrom,
  retire,
  switchBack,
} from "./transitions";
