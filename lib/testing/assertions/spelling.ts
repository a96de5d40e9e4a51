/** A camelCase name as Terraform writes it: `cidrBlock` is `cidr_block`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** Those of some names that a misspelt one was probably meant to be, in order of the alphabet. */
export function namesLike(name: string, names: readonly string[]): string[] {
  const snake = snakeCase(name);
  const near = names
    .map((candidate) => ({ candidate, distance: editDistance(snake, candidate) }))
    .filter(({ candidate, distance }) => distance <= allowedTypos(Math.max(snake.length, candidate.length)));
  const least = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance === least)
    .map(({ candidate }) => candidate)
    .sort();
}

/** One typo in every four characters, four at most: beyond that, names have nothing to do with each other. */
function allowedTypos(length: number): number {
  return Math.min(4, Math.floor(length / 4));
}

/** Characters to insert, delete, replace or swap with their neighbour to get from one name to the other. */
function editDistance(from: string, to: string): number {
  let [before, row] = [[] as number[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = swap ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(replaced, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[to.length]!;
}
