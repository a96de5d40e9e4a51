import { DatabaseRoles, RetiredNode, nodesOf } from "./database-roles";

/** What happens to one node when roles change, as Terraform plans it and as people call it. */
export interface NodeChange {
  readonly node: string;
  /** Terraform's action on the instance. */
  readonly action: "create" | "update" | "delete";
  /**
   * `promote` makes a replica a primary; `retire` lifts deletion protection and names the final snapshot;
   * `reinstate` sets both back.
   */
  readonly kind: "create" | "promote" | "retire" | "reinstate" | "delete";
  /** The node afterwards, or before, if it is deleted. */
  readonly as: RetiredNode;
}

/** What the next plan does to instances when roles change, and nothing else about them does. */
export function nodeChanges(before: DatabaseRoles, after: DatabaseRoles): readonly NodeChange[] {
  const was = new Map(nodesOf(before).map((one) => [one.node, one]));
  const is = new Map(nodesOf(after).map((one) => [one.node, one]));
  const isRetired = (roles: DatabaseRoles, node: string) => roles.retired.some((one) => one.node === node);
  const changes: NodeChange[] = [];
  for (const [node, as] of is) {
    const old = was.get(node);
    if (!old) {
      changes.push({ node, action: "create", kind: "create", as });
    } else if (old.replicates !== undefined && as.replicates === undefined) {
      changes.push({ node, action: "update", kind: "promote", as });
    } else if (isRetired(before, node) !== isRetired(after, node)) {
      const kind = isRetired(after, node) ? "retire" : "reinstate";
      changes.push({ node, action: "update", kind, as });
    }
  }
  for (const [node, as] of was) {
    if (!is.has(node)) changes.push({ node, action: "delete", kind: "delete", as });
  }
  return changes;
}
