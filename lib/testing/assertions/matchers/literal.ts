import { describe } from "../description";
import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";
import { isUnset } from "../values";

/** One text, number or boolean, or none. */
export class LiteralMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly value: string | number | boolean | null | undefined) {
    super();
    this.description = isUnset(value) ? "nothing" : describe(value);
  }

  public test(actual: unknown, path: string): MatchResult {
    const equal = isUnset(this.value) ? isUnset(actual) : actual === this.value;
    return equal ? MatchResult.matching() : MatchResult.differing(path, this.description, actual);
  }
}
