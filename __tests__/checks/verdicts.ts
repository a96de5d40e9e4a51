import { CheckRow, failing, judged } from "./check-row";
import { ROWS } from "./rows";
import { TopologyName, topology } from "./topologies";
import { Topology } from "./topology";
import { UNMET, Unmet } from "./unmet";

/** Why a row is not met on a stack; undefined where it has to be. */
export function unmetOn(row: CheckRow, name: TopologyName): Unmet | undefined {
  return UNMET.find(({ ids, on }) => on.includes(name) && ids.some((id) => row.ids.includes(id)));
}

/** Rows that a stack fails, by their first ids, with the addresses that fail. */
export function failures(name: TopologyName): Record<string, readonly string[]> {
  const all = ROWS.map((row) => [row.ids[0]!, failing(row, topology(name))] as const);
  return Object.fromEntries(all.filter(([, addresses]) => addresses.length > 0));
}

export function passes(row: CheckRow, stack: Topology): boolean {
  return judged(row, stack).length > 0 && failing(row, stack).length === 0;
}
