import { Matcher } from "./matcher";
import { ArrayWithMatcher } from "./matchers/array-with";
import { NotMatcher } from "./matchers/not";
import { PresenceMatcher } from "./matchers/presence";
import { SerializedJsonMatcher } from "./matchers/serialized-json";
import { StringLikeMatcher } from "./matchers/string-like";
import { arrayMatcher, objectMatcher, toMatcher, toMatchers } from "./pattern";
import { KNOWN_AFTER_APPLY } from "./unknown";

/**
 * Patterns for the attributes of resources and for other values.
 *
 * Whatever takes a pattern takes a literal, one of these matchers, or a matcher of your test framework such as
 * Jest's `expect.stringContaining("web")`, at any depth. An attribute that is `null` counts as not set, as it
 * does in Terraform.
 *
 * @example
 * resources.hasResource("aws_lb", {
 *   name: Match.stringLikeRegexp(/^shop-/),
 *   subnets: Match.arrayWith(["subnet-1"]),
 *   tags: { Team: Match.absent() },
 * });
 */
export class Match {
  /** Nothing: the attribute isn't set. */
  public static absent(): Matcher {
    return new PresenceMatcher(false);
  }

  /** Any value: the attribute is set, if only to what is known after apply. */
  public static anyValue(): Matcher {
    return new PresenceMatcher(true);
  }

  /**
   * This value and no other: objects have all of these entries and none besides, at every depth.
   *
   * @throws {InfrastructureAssertionError} if there are matchers in the value
   */
  public static exact(value: unknown): Matcher {
    return toMatcher(value, "exact");
  }

  /**
   * These elements in this order; others may stand before, between and after them.
   *
   * Objects among the elements are matched whole: `Match.objectLike` matches a part.
   */
  public static arrayWith(elements: readonly unknown[]): Matcher {
    return new ArrayWithMatcher(toMatchers(elements, "whole"));
  }

  /**
   * These elements in this order, and no others.
   *
   * Objects among the elements are matched whole: `Match.objectLike` matches a part.
   */
  public static arrayEquals(elements: readonly unknown[]): Matcher {
    return arrayMatcher(elements, "whole");
  }

  /**
   * An object with these entries, and maybe others; objects in it, and in arrays in it, are matched in part,
   * too.
   */
  public static objectLike(entries: Readonly<Record<string, unknown>>): Matcher {
    return objectMatcher(entries, "partial");
  }

  /** An object with these entries and no others; objects in it are matched whole, too. */
  public static objectEquals(entries: Readonly<Record<string, unknown>>): Matcher {
    return objectMatcher(entries, "whole");
  }

  /** Whatever the pattern doesn't match, an attribute that isn't set among it. Objects are matched whole. */
  public static not(pattern: unknown): Matcher {
    return new NotMatcher(toMatcher(pattern, "whole"));
  }

  /**
   * Text in which the regular expression finds something; `^` and `$` tie it to the text's ends.
   *
   * @param form a regular expression, or the source of one
   */
  public static stringLikeRegexp(form: RegExp | string): Matcher {
    return new StringLikeMatcher(form);
  }

  /**
   * Text that is JSON, of a value that the pattern matches. Objects are matched whole.
   *
   * @example
   * Match.serializedJson(Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny" })]) }))
   */
  public static serializedJson(pattern: unknown): Matcher {
    return new SerializedJsonMatcher(toMatcher(pattern, "whole"));
  }

  /** In a plan: a value that Terraform knows only after apply. */
  public static knownAfterApply(): Matcher {
    return toMatcher(KNOWN_AFTER_APPLY, "exact");
  }
}
