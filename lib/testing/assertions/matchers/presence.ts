import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";
import { isUnset } from "../values";

/** Something, or nothing at all. */
export class PresenceMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly present: boolean) {
    super();
    this.description = present ? "any value" : "nothing";
  }

  public test(actual: unknown, path: string): MatchResult {
    return isUnset(actual) !== this.present
      ? MatchResult.matching()
      : MatchResult.differing(path, this.description, actual);
  }
}
