import { describeActual, shorten } from "./description";
import { InfrastructureAssertionError } from "./infrastructure-assertion-error";
import { MatchResult } from "./match-result";
import { Matcher } from "./matcher";
import { Match } from "./match";
import { toMatcher } from "./pattern";
import { isPlainObject } from "./values";

/**
 * Keeps the value that stands at its place in a pattern, for the test to look at.
 *
 * It has the values of the resources that matched as a whole, in order of their addresses, from assertions
 * that held.
 *
 * @example
 * const name = new Capture();
 * resources.hasResource("aws_lb", { name });
 * expect(name.asString()).toHaveLength(32);
 */
export class Capture extends Matcher {
  public readonly description: string;
  private readonly pattern: Matcher;
  private readonly values: unknown[] = [];
  private current = 0;

  /** @param pattern what the value has to match, with objects matched whole. @default Match.anyValue() */
  public constructor(pattern: unknown = Match.anyValue()) {
    super();
    this.pattern = toMatcher(pattern, "whole");
    this.description = this.pattern.description;
  }

  public test(actual: unknown, path: string): MatchResult {
    return this.pattern.test(actual, path).capturing(() => this.values.push(actual));
  }

  /** Goes on to the next captured value. @returns false if there is none; the capture stays where it is then */
  public next(): boolean {
    if (this.current + 1 >= this.values.length) return false;
    this.current++;
    return true;
  }

  /**
   * The captured value as text.
   *
   * @throws {InfrastructureAssertionError} if nothing was captured, or something else
   */
  public asString(): string {
    return this.as("text", (value) => typeof value === "string");
  }

  /**
   * The captured value as a number.
   *
   * @throws {InfrastructureAssertionError} if nothing was captured, or something else
   */
  public asNumber(): number {
    return this.as("a number", (value) => typeof value === "number");
  }

  /**
   * The captured value as a boolean.
   *
   * @throws {InfrastructureAssertionError} if nothing was captured, or something else
   */
  public asBoolean(): boolean {
    return this.as("true or false", (value) => typeof value === "boolean");
  }

  /**
   * The captured value as an array.
   *
   * @throws {InfrastructureAssertionError} if nothing was captured, or something else
   */
  public asArray(): readonly unknown[] {
    return this.as("a list", (value): value is readonly unknown[] => Array.isArray(value));
  }

  /**
   * The captured value as an object.
   *
   * @throws {InfrastructureAssertionError} if nothing was captured, or something else
   */
  public asObject(): Readonly<Record<string, unknown>> {
    return this.as("an object", isPlainObject);
  }

  private as<T>(kind: string, is: (value: unknown) => value is T): T {
    if (this.values.length === 0) {
      throw new InfrastructureAssertionError(
        "Nothing was captured: use the capture in the pattern of an assertion that holds, and outside of Match.not.",
      );
    }
    const value = this.values[this.current];
    if (is(value)) return value;
    throw new InfrastructureAssertionError(
      `The captured value was expected to be ${kind}, found ${shorten(describeActual(value))}`,
    );
  }
}
