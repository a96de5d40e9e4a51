import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";

/** Text that is JSON, of a value that another matcher matches. */
export class SerializedJsonMatcher extends Matcher {
  public readonly description: string;

  public constructor(private readonly content: Matcher) {
    super();
    this.description = `JSON of ${content.description}`;
  }

  public test(actual: unknown, path: string): MatchResult {
    const parsed = typeof actual === "string" ? parse(actual) : undefined;
    return parsed === undefined
      ? MatchResult.differing(path, this.description, actual)
      : this.content.test(parsed.value, path);
  }
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
