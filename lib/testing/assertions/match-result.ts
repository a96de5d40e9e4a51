import { Mismatch, mismatch } from "./mismatch";

interface MatchResultParts {
  readonly mismatches?: readonly Mismatch[];
  readonly matched?: number;
  readonly captures?: readonly (() => void)[];
}

/** What came of holding a value against a pattern. */
export class MatchResult {
  /** The value is as the pattern's one part wants it. */
  public static matching(): MatchResult {
    return new MatchResult({ matched: 1 });
  }

  /** The value differs in one place. */
  public static differing(path: string, expected: string, actual: unknown, hint?: string): MatchResult {
    return new MatchResult({ mismatches: [mismatch(path, expected, actual, hint)] });
  }

  /** The results of a pattern's parts as one. */
  public static all(results: readonly MatchResult[]): MatchResult {
    return new MatchResult({
      mismatches: results.flatMap((result) => result.mismatches),
      matched: results.reduce((sum, result) => sum + result.matched, 0),
      captures: results.flatMap((result) => result.captures),
    });
  }

  /** Every place where the value differs, in the pattern's order. */
  public readonly mismatches: readonly Mismatch[];
  /** Parts of the pattern that the value has. */
  private readonly matched: number;
  private readonly captures: readonly (() => void)[];

  private constructor(parts: MatchResultParts) {
    this.mismatches = parts.mismatches ?? [];
    this.matched = parts.matched ?? 0;
    this.captures = parts.captures ?? [];
  }

  /** Whether the value is as the pattern wants it. */
  public get isMatch(): boolean {
    return this.mismatches.length === 0;
  }

  /** Whether any part of the pattern was found. */
  public get isPartial(): boolean {
    return this.matched > 0;
  }

  /** This result, with something to do once the whole of which it is a part has matched. */
  public capturing(capture: () => void): MatchResult {
    return new MatchResult({ ...this.parts, captures: [...this.captures, capture] });
  }

  /** Hands captured values over. To be called once, if the whole has matched. */
  public keepCaptures(): void {
    for (const capture of this.captures) capture();
  }

  /**
   * Order by nearness: negative if this one is nearer to the pattern than another.
   *
   * More parts found is nearer; of as many, fewer places that differ.
   */
  public compareTo(other: MatchResult): number {
    return other.matched - this.matched || this.mismatches.length - other.mismatches.length;
  }

  private get parts(): MatchResultParts {
    return { mismatches: this.mismatches, matched: this.matched, captures: this.captures };
  }
}
