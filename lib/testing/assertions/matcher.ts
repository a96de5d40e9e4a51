import { MatchResult } from "./match-result";

/** A pattern that decides for itself what it matches; `Match` has those of the library. */
export abstract class Matcher {
  /** What the matcher wants, as the end of the sentence "expected …". */
  public abstract readonly description: string;

  /**
   * Holds a value against the pattern.
   *
   * @param actual the value; `undefined` if there is none
   * @param path where it stands, as in `tags.Name`
   */
  public abstract test(actual: unknown, path: string): MatchResult;
}

/** A matcher of a test framework, such as Jest's `expect.stringContaining("web")`. */
export interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

/** Whether a pattern is a matcher of a test framework. */
export function isAsymmetricMatcher(pattern: unknown): pattern is AsymmetricMatcher {
  return (
    typeof pattern === "object" &&
    pattern !== null &&
    "asymmetricMatch" in pattern &&
    typeof pattern.asymmetricMatch === "function"
  );
}
