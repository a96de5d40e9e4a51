import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import type { EventSource, WatchPlace, WatchedItems } from "../../monitoring";
import { nameTag, pathName } from "../../naming";

/** Whose events there are, and which of them people want to hear of. Backups, for example, happen daily. */
const CATEGORIES = {
  "db-instance": [
    "availability",
    "configuration change",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "maintenance",
    "notification",
    "read replica",
    "recovery",
  ],
  "db-cluster": ["configuration change", "deletion", "failover", "failure", "maintenance", "notification"],
  "db-parameter-group": ["configuration change"],
  // Of those there are none outside EC2-Classic, which is gone.
  "db-security-group": ["configuration change", "failure"],
} as const;

/** Longest prefix of a subscription's name, of 255 characters in all. */
const PREFIX_LENGTH = 200;

/**
 * Tells of what happens to a database without anybody's doing: a failover, a failure, maintenance.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 *
 * @param id part of the subscription's address
 * @param sourceIds identifiers or names of what is meant
 */
export function databaseEvents(
  id: string,
  sourceType: keyof typeof CATEGORIES,
  sourceIds: readonly string[],
  place?: WatchPlace,
): WatchedItems<object> {
  return { place, events: subscription(id, sourceType, sourceIds, place) };
}

/**
 * Tells of what happens to all of a kind in the account. Few want to hear that; checks ask for it (RDS.21, RDS.22). AWS
 * has room for twenty subscriptions in a region.
 */
export function allEvents(
  id: string,
  sourceType: keyof typeof CATEGORIES,
  place?: WatchPlace,
): WatchedItems<object> {
  return { place, routineEvents: subscription(id, sourceType, [], place) };
}

function subscription(
  id: string,
  sourceType: keyof typeof CATEGORIES,
  sourceIds: readonly string[],
  place: WatchPlace | undefined,
): EventSource {
  return (scope, snsTopic) =>
    new DbEventSubscription(scope, id, {
      namePrefix: `${pathName(scope).slice(0, PREFIX_LENGTH - id.length)}-${id}-`.toLowerCase(),
      snsTopic,
      sourceType,
      sourceIds: sourceIds.length === 0 ? undefined : [...sourceIds],
      eventCategories: [...CATEGORIES[sourceType]],
      tags: nameTag(scope),
      provider: place?.provider,
    });
}
