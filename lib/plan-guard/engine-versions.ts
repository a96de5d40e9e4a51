/** The numbers of a version, as in `8.4.3` or `8.0.mysql_aurora.3.08.2`; undefined for what is none. */
export function versionNumbers(version: unknown): number[] | undefined {
  if (typeof version !== "string" || !/^\d/.test(version)) return undefined;
  return version.split(".").map(Number).filter(Number.isInteger);
}

/** Below zero if the first is older; a version that is only shorter is the same. */
export function compareVersions(one: readonly number[], other: readonly number[]): number {
  const length = Math.min(one.length, other.length);
  const index = Array.from({ length }, (_, at) => at).find((at) => one[at] !== other[at]);
  return index === undefined ? 0 : one[index]! - other[index]!;
}
