import { Token } from "cdktf";
import { shorten } from "./description";
import { InfrastructureAssertionError } from "./infrastructure-assertion-error";
import { Matcher, isAsymmetricMatcher } from "./matcher";
import { ArrayMatcher } from "./matchers/array";
import { ForeignMatcher } from "./matchers/foreign";
import { LiteralMatcher } from "./matchers/literal";
import { ObjectMatcher } from "./matchers/object";
import { isPlainObject, isUnset } from "./values";

/** How objects written as literals match: in part, whole, or whole and without matchers in them. */
export type LiteralObjects = "partial" | "whole" | "exact";

/**
 * A pattern as a matcher: matchers as they are, literals by what is in them.
 *
 * @throws {InfrastructureAssertionError} for what no resource can have, as a comparison would always fail
 */
export function toMatcher(pattern: unknown, objects: LiteralObjects): Matcher {
  if (pattern instanceof Matcher || isAsymmetricMatcher(pattern)) {
    if (objects === "exact") {
      throw new InfrastructureAssertionError("Match.exact takes a value without matchers in it.");
    }
    return pattern instanceof Matcher ? pattern : new ForeignMatcher(pattern);
  }
  if (Array.isArray(pattern)) return arrayMatcher(pattern, objects);
  if (isPlainObject(pattern)) return objectMatcher(pattern, objects);
  return literalMatcher(pattern);
}

/** Matchers of an array's elements. */
export function toMatchers(patterns: readonly unknown[], objects: LiteralObjects): Matcher[] {
  return patterns.map((pattern) => toMatcher(pattern, objects));
}

export function arrayMatcher(patterns: readonly unknown[], objects: LiteralObjects): Matcher {
  return new ArrayMatcher(toMatchers(patterns, objects));
}

export function objectMatcher(pattern: Readonly<Record<string, unknown>>, objects: LiteralObjects): Matcher {
  return new ObjectMatcher(
    Object.entries(pattern).map(([key, value]) => [key, toMatcher(value, objects)]),
    objects === "partial",
  );
}

function literalMatcher(value: unknown): Matcher {
  if (Token.isUnresolved(value)) {
    throw new InfrastructureAssertionError(
      "A pattern has a token of CDKTF in it, which equals nothing that was synthesized. " +
        'Write the reference as Terraform has it, such as "${aws_vpc.Main.id}", or use Match.stringLikeRegexp.',
    );
  }
  if (
    isUnset(value) ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  ) {
    return new LiteralMatcher(value);
  }
  const remedy = value instanceof RegExp ? ` Write Match.stringLikeRegexp(${String(value)}).` : "";
  throw new InfrastructureAssertionError(
    `A pattern has ${shorten(nameOf(value))} in it, which no attribute can be.${remedy}`,
  );
}

function nameOf(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name}`;
  return typeof value === "object" ? `a ${value!.constructor.name}` : `a ${typeof value}`;
}
