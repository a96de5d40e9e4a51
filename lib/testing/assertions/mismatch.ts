import { describeActual, shorten, shortenBoth } from "./description";

/** One place where a value differs from a pattern. */
export interface Mismatch {
  /** Where, as in `tags.Name` or `ingress[0].from_port`; empty for the whole value. */
  readonly path: string;
  /** What the pattern wants, in words. */
  readonly expected: string;
  /** The value that is there; `undefined` if there is none. */
  readonly actual: unknown;
  /** Both, as the end of a line that begins with the path. */
  readonly message: string;
}

/** A mismatch, with its message. */
export function mismatch(path: string, expected: string, actual: unknown, hint?: string): Mismatch {
  // Only two texts are cut where they differ; a matcher's own words are read from their beginning.
  const found = describeActual(actual);
  const [wanted, there] = expected.startsWith('"')
    ? shortenBoth(expected, found)
    : [shorten(expected), shorten(found)];
  const message = `expected ${wanted}, found ${there}${hint ? ` (${hint})` : ""}`;
  return { path, expected, actual, message };
}

/** A mismatch as a line of an error. */
export function mismatchLine({ path, message }: Mismatch): string {
  return path === "" ? message : `${path}: ${message}`;
}
