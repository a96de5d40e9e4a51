import { DatabaseRoles } from "./database-roles";

/**
 * How a node answers to the reader's name: `share` takes its share of those who ask; `alone` takes all of them;
 * `fallback` takes none while anybody else can.
 */
export type ReaderPart = "share" | "alone" | "fallback";

/**
 * Who answers to the reader's name: the replicas, and the primary while there is none. At every moment of a step
 * somebody does, though Terraform deletes records before it makes others.
 *
 * @param isSilent whether a replica takes no reads
 */
export function readersOf(
  roles: DatabaseRoles,
  isSilent: (node: string) => boolean = () => false,
): ReadonlyMap<string, ReaderPart> {
  const { primary, replicas, retired } = roles;
  const hadNoRecord = primary.restoredFrom !== undefined || isSilent(primary.node);
  // Then the old records stay beside the new one until the rebuild.
  const isOverlapping = hadNoRecord && replicas.length === 0 && retired.length > 0;
  return new Map<string, ReaderPart>([
    [primary.node, isOverlapping ? "alone" : "fallback"],
    ...replicas.filter(({ node }) => !isSilent(node)).map(({ node }) => [node, "share"] as const),
    ...(isOverlapping ? retired.map(({ node }) => [node, "fallback"] as const) : []),
  ]);
}
