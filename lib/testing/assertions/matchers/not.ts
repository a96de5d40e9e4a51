import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";

/** Whatever another matcher doesn't match. */
export class NotMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly unwanted: Matcher) {
    super();
    this.description = `anything but ${unwanted.description}`;
  }

  public test(actual: unknown, path: string): MatchResult {
    return this.unwanted.test(actual, path).isMatch
      ? MatchResult.differing(path, this.description, actual)
      : MatchResult.matching();
  }
}
