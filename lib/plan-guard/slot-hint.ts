import type { DatabaseChange } from "./database-change";

/** How to change one instance of a pair or cluster of this library, whose identifiers end in their slots. */
export function slotHint({ identifier = "" }: DatabaseChange, what = "instanceClass"): string {
  const slot = /-([a-z])\d*$/.exec(identifier)?.[1];
  return slot === undefined ? "" : `. In this library: slots: { ${slot}: { ${what}: … } }`;
}
