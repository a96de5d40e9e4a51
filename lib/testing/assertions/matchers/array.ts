import { describeList, pathTo } from "../description";
import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";

/** An array of certain elements, in order, and no others. */
export class ArrayMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly elements: readonly Matcher[]) {
    super();
    this.description = describeList(elements.map((element) => element.description));
  }

  public test(actual: unknown, path: string): MatchResult {
    if (!Array.isArray(actual)) return MatchResult.differing(path, this.description, actual);
    const given: readonly unknown[] = actual;
    const common = this.elements
      .slice(0, given.length)
      .map((element, index) => element.test(given[index], pathTo(path, index)));
    const missing = this.elements
      .slice(given.length)
      .map((element, index) =>
        MatchResult.differing(pathTo(path, given.length + index), element.description, undefined),
      );
    const others = given
      .slice(this.elements.length)
      .map((value, index) =>
        MatchResult.differing(pathTo(path, this.elements.length + index), "the end of the list", value),
      );
    const results = [...common, ...missing, ...others];
    // An empty list that is wanted and found is a part that was found, too.
    return results.length === 0 ? MatchResult.matching() : MatchResult.all(results);
  }
}
