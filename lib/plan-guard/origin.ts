import { type DatabaseChange } from "./database-change";

/** Arguments that say what a database is made of. */
export const ORIGINS = ["snapshot_identifier", "restore_to_point_in_time", "s3_import"];

/** The backup that a database was made of, as a text to be compared; undefined for none. */
export function originBefore(one: DatabaseChange): string | undefined {
  return originOf((name) => one.before(name));
}

/** The backup that the plan makes a database of, as a text to be compared; undefined for none. */
export function originAfter(one: DatabaseChange): string | undefined {
  return originOf((name) => one.after(name));
}

function originOf(valueOf: (name: string) => unknown): string | undefined {
  // What the provider computes is not known, and was not asked for.
  const given = ORIGINS.map((name) => [name, valueOf(name)] as const).filter(
    ([, value]) => typeof value === "string" || (Array.isArray(value) && value.length > 0),
  );
  return given.length === 0 ? undefined : JSON.stringify(given, withoutEmpty);
}

/** A state has empty texts where a configuration has nothing. */
function withoutEmpty(_: string, value: unknown): unknown {
  return value === "" || value === null ? undefined : value;
}
