import { isPlainObject, isUnset } from "./values";
import { KNOWN_AFTER_APPLY, SENSITIVE_VALUE } from "./unknown";

const LONGEST = 160;
/** Characters shown before the first difference of two long texts. */
const LEAD = 30;
const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** A value as a message shows it, in full. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === KNOWN_AFTER_APPLY || value === SENSITIVE_VALUE) return value;
  if (Array.isArray(value)) return describeList(value.map(describe));
  if (isPlainObject(value)) {
    return describeMap(Object.entries(value).map(([key, one]) => [key, describe(one)]));
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** A list of what is described already. */
export function describeList(elements: readonly string[]): string {
  return `[${elements.join(", ")}]`;
}

/** A map of what is described already. */
export function describeMap(entries: readonly (readonly [string, string])[]): string {
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, text]) => `${describeKey(key)}: ${text}`).join(", ")} }`;
}

/** The value at the place of a mismatch, where `null` is nothing as well. */
export function describeActual(value: unknown): string {
  return isUnset(value) ? "nothing" : describe(value);
}

/** A text short enough for a line. */
export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Two texts short enough for a line, cut so that the first difference is seen. */
export function shortenBoth(one: string, other: string): readonly [string, string] {
  if (Math.max(one.length, other.length) <= LONGEST) return [one, other];
  const same = lengthInCommon(one, other);
  const start = same > LONGEST / 2 ? same - LEAD : 0;
  const cut = (text: string) => (start > 0 ? `…${shorten(text.slice(start))}` : shorten(text));
  return [cut(one), cut(other)];
}

/** How many characters two texts begin with alike. */
export function lengthInCommon(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same;
}

/** The path of what a key or an index leads to: `tags.Name`, `ingress[0]`, `tags["aws:name"]`. */
export function pathTo(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  if (!IDENTIFIER.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
}

function describeKey(key: string): string {
  return IDENTIFIER.test(key) ? key : JSON.stringify(key);
}
