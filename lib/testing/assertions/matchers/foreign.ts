import { describe } from "../description";
import { MatchResult } from "../match-result";
import { AsymmetricMatcher, Matcher } from "../matcher";

/** A matcher of a test framework. */
export class ForeignMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly matcher: AsymmetricMatcher) {
    super();
    this.description = describeForeign(matcher);
  }

  public test(actual: unknown, path: string): MatchResult {
    return this.matcher.asymmetricMatch(actual)
      ? MatchResult.matching()
      : MatchResult.differing(path, this.description, actual);
  }
}

/** As Jest prints its own: `Any<String>`, `StringContaining "web"`. */
function describeForeign(
  matcher: AsymmetricMatcher & { toAsymmetricMatcher?: () => string; sample?: unknown },
): string {
  if (matcher.toAsymmetricMatcher) return matcher.toAsymmetricMatcher();
  const name = String(matcher);
  if (name.startsWith("[object")) return "what asymmetricMatch accepts";
  return "sample" in matcher ? `${name} ${describe(matcher.sample)}` : name;
}
