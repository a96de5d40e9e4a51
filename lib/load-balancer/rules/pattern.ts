/** Text as a listener rule compares it: `*` stands for any characters, or none, and `?` for exactly one. */
const WILDCARD = /[*?]/;

/** Whether a pattern matches more than one text. */
export function hasWildcard(pattern: string): boolean {
  return WILDCARD.test(pattern);
}

/** How many wildcards a pattern has; AWS limits them. */
export function countWildcards(pattern: string): number {
  return pattern.match(/[*?]/g)?.length ?? 0;
}

/** The part of a pattern before its first wildcard. */
export function literalPrefix(pattern: string): string {
  return pattern.split(WILDCARD, 1)[0]!;
}

/** Whether there is a text that both patterns match. */
export function patternsOverlap(one: string, other: string): boolean {
  // Row by row from the ends: whether what is left of one pattern and of the other can be the same text.
  let below: boolean[] = [];
  for (let i = one.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j--) {
      const [left, right] = [one[i], other[j]];
      if (left === undefined && right === undefined) row[j] = true;
      else if (left === "*") row[j] = below[j]! || (right !== undefined && row[j + 1]!);
      else if (right === "*") row[j] = row[j + 1]! || (left !== undefined && below[j]!);
      else if (left === undefined || right === undefined) row[j] = false;
      else row[j] = (left === right || left === "?" || right === "?") && below[j + 1]!;
    }
    below = row;
  }
  return below[0]!;
}
