import { MatchResult } from "../match-result";
import { Matcher } from "../matcher";

/** Text in which a regular expression finds something. */
export class StringLikeMatcher extends Matcher {
  public readonly description: string;
  private readonly form: RegExp;

  public constructor(form: RegExp | string) {
    super();
    this.form = new RegExp(form);
    this.description = `text like ${String(this.form)}`;
  }

  public test(actual: unknown, path: string): MatchResult {
    // A global or sticky expression would go on where it ended the last time.
    this.form.lastIndex = 0;
    return typeof actual === "string" && this.form.test(actual)
      ? MatchResult.matching()
      : MatchResult.differing(path, this.description, actual);
  }
}
