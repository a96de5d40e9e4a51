import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { InvalidPropError, PropProblem } from "./invalid-prop-error";

/** Limits of a number; both ends are allowed values. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** What the number counts: `seconds`, `GiB`. */
  readonly unit?: string;
}

/**
 * Checks of one construct's props.
 *
 * A value that is absent or known only after deploy (a token) passes every check.
 */
export class PropChecks {
  public constructor(private readonly scope: IConstruct) {}

  /** Throws unless `valid`. Pass tokens and absent values as valid. */
  public require(valid: boolean, problem: PropProblem): void {
    if (!valid) throw new InvalidPropError(this.scope, problem);
  }

  /** A prop that has to be given, whatever the compiler was told. */
  public given(prop: string, value: unknown, allowed: string, remedy: string): void {
    this.require(value !== undefined && value !== null, { prop, value, allowed, remedy });
  }

  /** A prop that has to be an object of a class, whatever the compiler was told. */
  public instanceOf(
    prop: string,
    value: unknown,
    kind: { readonly name: string; readonly prototype: object },
    remedy: string,
  ): void {
    if (value === undefined) return;
    const isOne = Object.prototype.isPrototypeOf.call(kind.prototype, value as object);
    this.require(isOne, { prop, value, allowed: `a ${kind.name}`, remedy });
  }

  /** A prop that has to be an object of several props, not a word, a list or a flag. */
  public group(prop: string, value: unknown, remedy: string): void {
    if (value === undefined) return;
    const valid = value !== null && typeof value === "object" && !Array.isArray(value);
    this.require(valid, { prop, value, allowed: "an object of props", remedy });
  }

  /** An object that has none but these props, where one that is misspelt would change nothing in silence. */
  public known(prop: string, value: object | undefined, names: readonly string[]): void {
    for (const name of Object.keys(value ?? {})) {
      this.require(names.includes(name), {
        prop: `${prop}.${name}`,
        value: (value as Readonly<Record<string, unknown>>)[name],
        allowed: `props named ${names.join(", ")}`,
        remedy: "It is none of these: correct the name, or leave it out.",
      });
    }
  }

  /** A list, and not one text in its place. */
  public list(prop: string, value: unknown, remedy: string): void {
    if (value === undefined || Token.isUnresolved(value)) return;
    this.require(Array.isArray(value), { prop, value, allowed: "a list", remedy });
  }

  /** True or false. */
  public flag(prop: string, value: unknown, remedy: string): void {
    if (value === undefined || Token.isUnresolved(value)) return;
    this.require(typeof value === "boolean", { prop, value, allowed: "true or false", remedy });
  }

  /** A whole number in a range. */
  public integer(prop: string, value: number | undefined, range: NumberRange, remedy: string): void {
    if (!isKnown(value)) return;
    this.require(Number.isInteger(value) && value >= range.min && value <= range.max, {
      prop,
      value,
      allowed: `a whole number from ${range.min} to ${range.max}${range.unit ? ` ${range.unit}` : ""}`,
      remedy,
    });
  }

  /** One of a few words. */
  public oneOf(prop: string, value: string | undefined, words: readonly string[], remedy: string): void {
    if (!isKnown(value)) return;
    this.require(words.includes(value), {
      prop,
      value,
      allowed: words.map((word) => `"${word}"`).join(", "),
      remedy,
    });
  }

  /** Text of a given form. */
  public matches(
    prop: string,
    value: string | undefined,
    form: RegExp,
    rule: Pick<PropProblem, "allowed" | "remedy">,
  ): void {
    if (!isKnown(value)) return;
    this.require(typeof value === "string" && form.test(value), { prop, value, ...rule });
  }

  /** An Amazon Resource Name of one kind of resource, such as `key` of `kms`. */
  public arn(prop: string, value: string | undefined, service: string, resource: string): void {
    this.matches(prop, value, new RegExp(`^arn:aws[a-z-]*:${service}:[^:]+:\\d{12}:${resource}/`), {
      allowed: `the ARN of a ${resource}, as in arn:aws:${service}:eu-west-1:123456789012:${resource}/…`,
      remedy: "Copy the ARN from the AWS console, or pass the attribute of the resource.",
    });
  }
}

/** Whether a value was given and is a literal, so that it can be checked now. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}
