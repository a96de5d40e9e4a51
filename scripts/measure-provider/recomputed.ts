import { type Value, type Values, isAbsent, isUnknown } from "../../lib/testing/offline-provider/values";
import { elementsOf } from "./configurations";
import { type Block, isSingle } from "./schema";

/** The entry for every change that has none of its own. */
const ANY_CHANGE = "*";

/**
 * Attributes that the configuration leaves to the provider, that were known, and that a plan makes unknown.
 * Elements of sets have no identity that a plan keeps, so only lists and single blocks are looked into.
 */
export function becomingUnknown(block: Block, prior: Values, config: Values, planned: Values): string[] {
  const names = block.attributes
    .filter(({ name, computed }) => computed && name !== "tags_all" && isAbsent(config[name]))
    .filter(({ name }) => !isAbsent(prior[name]) && hasUnknown(planned[name]))
    .map(({ name }) => name);
  const inner = block.blocks
    .filter((nested) => isSingle(nested) || nested.nesting === "list")
    .flatMap((nested) => {
      const [before, wanted, after] = [prior, config, planned].map((values) =>
        elementsOf(nested, values[nested.name]),
      );
      if (before!.length !== 1 || wanted!.length !== 1 || after!.length !== 1) return [];
      return becomingUnknown(nested.block, before![0]!, wanted![0]!, after![0]!).map(
        (name) => `${nested.name}.${name}`,
      );
    });
  return [...names, ...inner].sort();
}

export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  return Array.isArray(value) && value.some(hasUnknown);
}

/**
 * The shortest table that says which attributes become unknown when which is changed. Most specific first:
 * the changed path itself, the blocks around it, then "*"; an empty list is an exception to "*".
 */
export function recomputedTable(byChange: ReadonlyMap<string, string[]>): Record<string, string[]> {
  const changes = [...byChange].filter(([, names]) => names !== undefined);
  const usual = mostCommon(changes.map(([, names]) => names));
  const table: Record<string, string[]> = usual.length > 0 ? { [ANY_CHANGE]: usual } : {};
  const parents = (path: string) => path.split(".").map((_, index, names) => names.slice(0, index).join("."));
  const inherited = (path: string) =>
    parents(path)
      .filter((parent) => parent in table)
      .map((parent) => table[parent])
      .at(-1) ?? usual;
  for (const [path, names] of changes.sort(([left], [right]) => (left < right ? -1 : 1)))
    if (names.join() !== inherited(path).join()) table[path] = names;
  return table;
}

/** What more than half of the changes, and at least two, have in common exactly. */
function mostCommon(lists: string[][]): string[] {
  const counts = new Map<string, number>();
  for (const list of lists) counts.set(list.join(), (counts.get(list.join()) ?? 0) + 1);
  const [usual, count] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? ["", 0];
  if (usual === "" || count < 2 || count * 2 <= lists.length) return [];
  return usual.split(",");
}
