import { Config } from "../support/synth";

/** A statement of an IAM policy with everything as lists. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** As in `Service:ec2.amazonaws.com` or `AWS:*`; everybody is `*`. */
  readonly principals: readonly string[];
  readonly conditions: Config;
}

/** Statements of a policy that is JSON with Terraform's expressions in it. */
export function statementsOf(policy: unknown): Statement[] {
  if (typeof policy !== "string") return [];
  const document = JSON.parse(quietExpressions(policy));
  return list<Config>(document.Statement).map((statement) => ({
    effect: statement.Effect,
    actions: list<string>(statement.Action),
    resources: list<string>(statement.Resource),
    principals: principalsOf(statement.Principal),
    conditions: statement.Condition ?? {},
  }));
}

export function allowed(policy: unknown): Statement[] {
  return statementsOf(policy).filter(({ effect }) => effect === "Allow");
}

/** Whether a pattern of IAM, as in `s3:Get*`, covers an action. */
export function covers(pattern: string, action: string): boolean {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${text}$`, "i").test(action);
}

/** Whether a statement allows an action on resources that nobody named. */
export function allowsAnywhere({ actions, resources }: Statement, action: string): boolean {
  return resources.includes("*") && actions.some((pattern) => covers(pattern, action));
}

function principalsOf(principal: unknown): string[] {
  if (principal === undefined || typeof principal === "string") return list<string>(principal as string);
  return Object.entries(principal as Config).flatMap(([kind, values]) =>
    list<string>(values).map((value) => `${kind}:${value}`),
  );
}

function list<T>(value: T | readonly T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...(value as readonly T[])] : [value as T];
}

/** Quotes inside `${…}` would end the JSON text around it. */
function quietExpressions(text: string): string {
  let depth = 0;
  return [...text]
    .map((letter, position) => {
      if (depth === 0 && letter === "{" && text[position - 1] === "$") depth = 1;
      else if (depth > 0 && letter === "{") depth += 1;
      else if (depth > 0 && letter === "}") depth -= 1;
      return depth > 0 && /["\\]/.test(letter) ? "'" : letter;
    })
    .join("");
}
