import { describeMap, pathTo } from "../description";
import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";
import { namesLike } from "../spelling";
import { isPlainObject, isUnset } from "../values";

/** An object with certain entries, and no others unless that is allowed. */
export class ObjectMatcher extends Matcher {
  public readonly description: string;

  public constructor(
    private readonly entries: readonly (readonly [string, Matcher])[],
    private readonly othersAllowed: boolean,
  ) {
    super();
    this.description = describeMap(entries.map(([key, matcher]) => [key, matcher.description]));
  }

  /** The names of the entries. */
  public get keys(): string[] {
    return this.entries.map(([key]) => key);
  }

  public test(actual: unknown, path: string): MatchResult {
    if (!isPlainObject(actual)) {
      // CDKTF writes a block as an object where Terraform's plan has a list of one.
      const hint = Array.isArray(actual) ? "it is a list: write [{ … }]" : undefined;
      return MatchResult.differing(path, this.description, actual, hint);
    }
    const wanted = this.entries.map(([key, matcher]) => this.testEntry(actual, key, matcher, path));
    return MatchResult.all(this.othersAllowed ? wanted : [...wanted, ...this.testOthers(actual, path)]);
  }

  private testEntry(
    actual: Readonly<Record<string, unknown>>,
    key: string,
    matcher: Matcher,
    path: string,
  ): MatchResult {
    const place = pathTo(path, key);
    if (Object.hasOwn(actual, key)) return matcher.test(actual[key], place);
    const result = matcher.test(undefined, place);
    const [meant] = namesLike(
      key,
      Object.keys(actual).filter((name) => !this.keys.includes(name)),
    );
    if (result.isMatch || meant === undefined) return result;
    return MatchResult.differing(place, matcher.description, undefined, `did you mean ${meant}?`);
  }

  private testOthers(actual: Readonly<Record<string, unknown>>, path: string): MatchResult[] {
    return Object.entries(actual)
      .filter(([key, value]) => !this.keys.includes(key) && !isUnset(value))
      .map(([key, value]) => MatchResult.differing(pathTo(path, key), "nothing", value));
  }
}
