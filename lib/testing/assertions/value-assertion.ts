import { InfrastructureAssertionError } from "./infrastructure-assertion-error";
import { mismatchLine } from "./mismatch";
import { toMatcher } from "./pattern";

/**
 * Asserts that a value is as a pattern wants it; for outputs, settings of providers and the like.
 *
 * Objects are matched in part and arrays whole, as in `hasResource`.
 *
 * @param what the value's name in the error, such as `output url of stack shop`
 * @throws {InfrastructureAssertionError} with every place that differs
 * @example
 * expectMatch("output url", outputs.url, Match.stringLikeRegexp("^https://"));
 */
export function expectMatch(what: string, actual: unknown, pattern: unknown): void {
  const result = toMatcher(pattern, "partial").test(actual, "");
  if (!result.isMatch) {
    const lines = result.mismatches.map((one) => `  ${mismatchLine(one)}`);
    throw new InfrastructureAssertionError([`${what} isn't as wanted:`, ...lines].join("\n"));
  }
  result.keepCaptures();
}
