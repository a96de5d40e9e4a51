import type { GuardRule } from "../guard-rule";
import { backupsOff } from "./backups-off";
import { bothNodesChanged } from "./both-nodes-changed";
import { clusterWithoutInstances } from "./cluster-without-instances";
import { crowdedPromotion } from "./crowded-promotion";
import { deletedKey } from "./deleted-key";
import { deletedSnapshot } from "./deleted-snapshot";
import { deletionWithPromotion } from "./deletion-with-promotion";
import { downgradedEngine } from "./downgraded-engine";
import { forgottenDatabase } from "./forgotten-database";
import { incompletePlan } from "./incomplete-plan";
import { lastInstance } from "./last-instance";
import { managedPassword } from "./managed-password";
import { movedReplica } from "./moved-replica";
import { noEngine } from "./no-engine";
import { noFinalSnapshot } from "./no-final-snapshot";
import { orphanedReplica } from "./orphaned-replica";
import { protectedDeletion } from "./protected-deletion";
import { reattachedReplica } from "./reattached-replica";
import { replacedDatabase } from "./replaced-database";
import { shrunkStorage } from "./shrunk-storage";
import { twoPromotions } from "./two-promotions";
import { upgradedBeforeReplica } from "./upgraded-before-replica";
import { vanishedDatabase } from "./vanished-database";

/** Every rule, the gravest first. */
export const GUARD_RULES: readonly GuardRule[] = [
  incompletePlan,
  vanishedDatabase,
  replacedDatabase,
  deletionWithPromotion,
  orphanedReplica,
  noFinalSnapshot,
  deletedKey,
  backupsOff,
  noEngine,
  reattachedReplica,
  movedReplica,
  twoPromotions,
  protectedDeletion,
  clusterWithoutInstances,
  crowdedPromotion,
  bothNodesChanged,
  upgradedBeforeReplica,
  downgradedEngine,
  shrunkStorage,
  managedPassword,
  lastInstance,
  deletedSnapshot,
  forgottenDatabase,
];
