import { CheckRow, failing, judged } from "./check-row";
import { PENDING, Pending } from "./pending";
import { ROWS } from "./rows";
import { TopologyName, topology } from "./topologies";
import { Topology } from "./topology";
import { UNMET, Unmet } from "./unmet";

/** What a list says of a row on a stack. */
function listed<T extends Unmet | Pending>(
  list: readonly T[],
  row: CheckRow,
  name: TopologyName,
): T | undefined {
  return list.find(({ ids, on }) => on.includes(name) && ids.some((id) => row.ids.includes(id)));
}

export function unmetOn(row: CheckRow, name: TopologyName): Unmet | undefined {
  return listed(UNMET, row, name);
}

export function pendingOn(row: CheckRow, name: TopologyName): Pending | undefined {
  return listed(PENDING, row, name);
}

/** The stack as it will be for a row that is pending, else as it is. */
export function prepared(row: CheckRow, name: TopologyName): Topology {
  const copy = topology(name).copy();
  pendingOn(row, name)?.adds(copy);
  return copy;
}

/** Rows that a stack fails, by their first ids, with the addresses that fail. */
export function failures(name: TopologyName): Record<string, readonly string[]> {
  const all = ROWS.map((row) => [row.ids[0]!, failing(row, topology(name))] as const);
  return Object.fromEntries(all.filter(([, addresses]) => addresses.length > 0));
}

export function passes(row: CheckRow, stack: Topology): boolean {
  return judged(row, stack).length > 0 && failing(row, stack).length === 0;
}
