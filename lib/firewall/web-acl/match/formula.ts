import { Unreadable } from "./client-address";
import { MatchLeaf, MatchPlace, StatementBlock } from "./match-leaf";

/**
 * Comparisons combined by "and" and "or". "Not" stands only before single ones, and what is combined alike is one
 * list: AWS takes any depth, but the provider only three logical statements in each other.
 */
export type Formula =
  | { readonly leaf: MatchLeaf; readonly negated: boolean }
  | { readonly operator: Operator; readonly members: readonly Formula[] };

type Operator = "and" | "or";

export function leafOf(leaf: MatchLeaf): Formula {
  return { leaf, negated: false };
}

export function combine(operator: Operator, formulas: readonly Formula[]): Formula {
  const members = formulas.flatMap((formula) =>
    "operator" in formula && formula.operator === operator ? formula.members : [formula],
  );
  return members.length === 1 ? members[0]! : { operator, members };
}

/** What is met where the formula isn't: not (a and b) is the same as (not a) or (not b). */
export function negate(formula: Formula): Formula {
  if ("leaf" in formula) return { leaf: formula.leaf, negated: !formula.negated };
  return combine(formula.operator === "and" ? "or" : "and", formula.members.map(negate));
}

export function leavesOf(formula: Formula): readonly MatchLeaf[] {
  return "leaf" in formula ? [formula.leaf] : formula.members.flatMap(leavesOf);
}

/** How many logical statements stand in each other. */
export function depthOf(formula: Formula): number {
  if ("leaf" in formula) return (formula.leaf.depth ?? 0) + (formula.negated ? 1 : 0);
  return 1 + Math.max(...formula.members.map(depthOf));
}

/** The formula as the provider has it. */
export function statementOf(formula: Formula, place: MatchPlace): StatementBlock {
  if ("operator" in formula) {
    return {
      [`${formula.operator}_statement`]: {
        statement: formula.members.map((member) => statementOf(member, place)),
      },
    };
  }
  if (!formula.negated) return formula.leaf.statement(place, place.unreadable);
  const statement = formula.leaf.statement(place, opposite(place.unreadable));
  return { not_statement: { statement: [statement] } };
}

function opposite(unreadable: Unreadable): Unreadable {
  return unreadable === "MATCH" ? "NO_MATCH" : "MATCH";
}
