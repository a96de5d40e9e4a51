import { describeList, pathTo } from "../description";
import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";

/** An array that has certain elements in order, with any others between them. */
export class ArrayWithMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly elements: readonly Matcher[]) {
    super();
    this.description = `a list with ${describeList(elements.map((element) => element.description))}`;
  }

  public test(actual: unknown, path: string): MatchResult {
    if (!Array.isArray(actual)) return MatchResult.differing(path, this.description, actual);
    const given: readonly unknown[] = actual;
    // The first place that fits leaves the most room for the elements after it.
    let next = 0;
    return MatchResult.all(
      this.elements.map((element) => {
        const results = given.map((value, index) => element.test(value, pathTo(path, index)));
        const found = results.findIndex((result, index) => index >= next && result.isMatch);
        if (found < 0) return this.notFound(element, results, next, given, path);
        next = found + 1;
        return results[found]!;
      }),
    );
  }

  private notFound(
    element: Matcher,
    results: readonly MatchResult[],
    next: number,
    given: readonly unknown[],
    path: string,
  ): MatchResult {
    const earlier = results.slice(0, next).findLastIndex((result) => result.isMatch);
    if (earlier >= 0) {
      const place = `${element.description} after ${pathTo("", next - 1)}`;
      return MatchResult.differing(path, place, given, `it is at ${pathTo("", earlier)}`);
    }
    const nearest = results.slice(next).sort((one, other) => one.compareTo(other))[0];
    return nearest?.isPartial
      ? nearest
      : MatchResult.differing(path, `a list with ${element.description}`, given);
  }
}
