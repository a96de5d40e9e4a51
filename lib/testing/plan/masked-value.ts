import { KNOWN_AFTER_APPLY, SENSITIVE_VALUE } from "../assertions";
import { isPlainObject, isUnset } from "../assertions/values";
import { mapValues } from "../records";
import type { Marks } from "../../terraform-plan";

/** What stands for a secret. */
type Mask = (secret: unknown) => string;

const hidden: Mask = () => SENSITIVE_VALUE;

/** Tells different secrets apart; to be taken off again before anybody sees it. */
export const comparable: Mask = (secret) => `${SENSITIVE_VALUE}\0${JSON.stringify(secret)}`;

/** The same, with nothing left of secrets. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith(`${SENSITIVE_VALUE}\0`) ? SENSITIVE_VALUE : value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isPlainObject(value)) return value;
  return mapValues(value, withoutSecrets);
}

/** A value with Terraform's own words in place of what is unknown and of what it keeps from being shown. */
export function maskedValue(
  value: unknown,
  sensitive: Marks | undefined,
  unknown: Marks | undefined,
  mask: Mask = hidden,
): unknown {
  if (sensitive === true) return isUnset(value) && unknown !== true ? value : mask(value);
  if (unknown === true) return KNOWN_AFTER_APPLY;
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const list = Array.isArray(value) ? value : [];
    const length = Math.max(list.length, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, index) =>
      maskedValue(list[index], part(sensitive, index), part(unknown, index), mask),
    );
  }
  if (!isPlainObject(value) && !isPlainObject(unknown)) return value;
  // What is wholly unknown is left out of the value, and only marked.
  const names = new Set([...Object.keys(value ?? {}), ...Object.keys(isPlainObject(unknown) ? unknown : {})]);
  return Object.fromEntries(
    [...names]
      .sort()
      .map((name) => [
        name,
        maskedValue(
          (value as Record<string, unknown> | null)?.[name],
          part(sensitive, name),
          part(unknown, name),
          mask,
        ),
      ])
      .filter(([, one]) => one !== undefined),
  );
}

function part(marks: Marks | undefined, key: string | number): Marks | undefined {
  return marks !== null && typeof marks === "object"
    ? (marks as Record<string | number, Marks>)[key]
    : undefined;
}
