import { Token } from "cdktf";
import { IConstruct } from "constructs";

/** What is wrong with one prop, in the four parts that every error of this library has. */
export interface PropProblem {
  /** Name of the prop, with dots for nested ones: `healthCheck.timeout`. */
  readonly prop: string;
  /** The value that was given. */
  readonly value: unknown;
  /** What is allowed, as the end of the sentence "Allowed: …". */
  readonly allowed: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}

/**
 * A prop that can't work, found when the construct is made.
 *
 * The message says where (the construct's path), what (the value), what is allowed, and what to do.
 */
export class InvalidPropError extends Error implements PropProblem {
  public override readonly name = "InvalidPropError";
  /** Path of the construct that was given the prop. */
  public readonly constructPath: string;
  public readonly prop: string;
  public readonly value: unknown;
  public readonly allowed: string;
  public readonly remedy: string;

  public constructor(scope: IConstruct, problem: PropProblem) {
    super(
      `${scope.node.path}: ${problem.prop} is ${describeValue(problem.value)}. ` +
        `Allowed: ${problem.allowed}. ${problem.remedy}`,
    );
    this.constructPath = scope.node.path;
    this.prop = problem.prop;
    this.value = problem.value;
    this.allowed = problem.allowed;
    this.remedy = problem.remedy;
  }
}

/** A value as an error shows it; what is known only after deploy is said to be so. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "not given";
  if (Token.isUnresolved(value)) return "known only after deploy";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
