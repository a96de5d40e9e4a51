/**
 * Whether a value isn't set.
 *
 * Terraform makes no difference between `null` and an attribute left out, so neither do patterns.
 */
export function isUnset(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Whether a value is a map of names to values, and no instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Object.prototype may be another realm's: test runners load modules in a context of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
