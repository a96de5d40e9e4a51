import { DatabaseRoles, nodesOf, usedNames } from "./database-roles";
import { refuseStep } from "./invalid-roles-error";
import { SLOTS, nextIn, slotOf } from "./node-name";

/**
 * Where a new replica stands: where one stood before, if it can, and one replica at least in another zone than the
 * primary. Slots take zones in turn, of which a network has two or three as a rule.
 *
 * @param freed slots that become free
 */
export function slotForReplica(roles: DatabaseRoles, freed: readonly string[]): string {
  const distance = (slot: string) => SLOTS.indexOf(slot) - SLOTS.indexOf(slotOf(roles.primary.node));
  const isApart = (slot: string) => distance(slot) % 2 !== 0 && distance(slot) % 3 !== 0;
  const free = freeSlots(roles);
  const inOrder = [...free.filter((slot) => freed.includes(slot)), ...free];
  const hasOneApart = roles.replicas.some(({ node }) => isApart(slotOf(node)));
  return (hasOneApart ? undefined : inOrder.find(isApart)) ?? firstOf(inOrder);
}

export function nextFreeSlot(roles: DatabaseRoles): string {
  return firstOf(freeSlots(roles));
}

/** The next node in a slot. */
export function nodeInSlot(roles: DatabaseRoles, slot: string): string {
  if (!SLOTS.includes(slot)) {
    refuseStep(
      `${JSON.stringify(slot)} is no slot`,
      "a letter from a to z",
      "Leave it out for the next free one.",
    );
  }
  const taken = nodesOf(roles).find(({ node }) => slotOf(node) === slot);
  if (taken) {
    const free = `a free slot, as in ${nextFreeSlot(roles)}`;
    refuseStep(`slot ${slot} is taken by ${taken.node}`, free, "Leave it out for the next free one.");
  }
  return (
    nextIn(slot, usedNames(roles)) ??
    refuseStep(
      `slot ${slot} has used up its generations`,
      "a slot with generations left",
      "Name another slot.",
    )
  );
}

function freeSlots(roles: DatabaseRoles): string[] {
  const taken = nodesOf(roles).map(({ node }) => slotOf(node));
  return SLOTS.filter((slot) => !taken.includes(slot) && nextIn(slot, usedNames(roles)));
}

function firstOf([slot]: readonly string[]): string {
  return (
    slot ??
    refuseStep(
      "every slot is taken, or has used up its generations",
      `up to ${SLOTS.length} nodes`,
      "Rebuild, which deletes what is retired.",
    )
  );
}
