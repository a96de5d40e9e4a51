/**
 * Names of a pair's instances: a slot, which is a letter, and a generation, as in `b2`. A slot keeps its place in
 * the network; an instance that is built anew in it is the slot's next generation.
 */

/** The slot that a pair's first primary stands in, and that `switchBack` returns to. */
export const HOME_SLOT = "a";

/** The first primary: the one node that is made of nothing. */
export const FIRST_NODE = `${HOME_SLOT}1`;

export const SLOTS: readonly string[] = [..."abcdefghijklmnopqrstuvwxyz"];

/** Identifiers have room for two digits. */
const MAX_GENERATION = 99;
const NODE_NAME = /^([a-z])([1-9]\d?)$/;

export const NODE_NAME_RULE = `a slot from a to z and a generation from 1 to ${MAX_GENERATION}, as in "b2"`;

export function isNodeName(name: unknown): name is string {
  return typeof name === "string" && NODE_NAME.test(name);
}

/** The slot of a node: `b` of `b2`. */
export function slotOf(node: string): string {
  return node.slice(0, 1);
}

/** The generation of a node: `2` of `b2`. */
export function generationOf(node: string): number {
  return Number(node.slice(1));
}

/** The slot's next node, after all that were ever in it; undefined if the generations are used up. */
export function nextIn(slot: string, used: readonly string[]): string | undefined {
  const generations = used.filter((node) => slotOf(node) === slot).map(generationOf);
  const next = Math.max(0, ...generations) + 1;
  return next > MAX_GENERATION ? undefined : `${slot}${next}`;
}
