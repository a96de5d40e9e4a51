import { PropChecks } from "../../../validation";
import { MatchLeaf, StatementBlock } from "./match-leaf";

const LOGICAL = ["and_statement", "or_statement", "not_statement"];

/** What a rule of its own kind says, and where that is said. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  rate_based_statement: "Give the rule a rate: { requests: 100 }.",
  managed_rule_group_statement: "Groups of AWS are switched on by managedRules.",
  rule_group_reference_statement:
    "Add a rule with override_action to webAcl.webAcl, the provider's resource.",
};

/** A statement as the provider has it. */
export class RawStatement implements MatchLeaf {
  public constructor(
    private readonly block: StatementBlock,
    public readonly capacity: number,
  ) {}

  public check(checks: PropChecks, prop: string): void {
    checks.group(prop, this.block, "As in { asn_match_statement: { asn_list: [64496] } }.");
    const [kind, ...others] = Object.keys(this.block ?? {});
    checks.require(kind !== undefined && others.length === 0 && kind.endsWith("_statement"), {
      prop,
      value: this.block,
      allowed: "one statement by the provider's name, as in { asn_match_statement: { asn_list: [64496] } }",
      remedy: "Combine several by and() or or().",
    });
    checks.require(ELSEWHERE[kind!] === undefined, {
      prop,
      value: kind,
      allowed: "statements about single requests",
      remedy: ELSEWHERE[kind!]!,
    });
    const capital = keysOf(this.block).find((key) => /[A-Z]/.test(key));
    checks.require(capital === undefined, {
      prop,
      value: capital,
      allowed: "the provider's names in snake_case, since CDKTF hands a statement on as it is",
      remedy: "As in field_to_match.",
    });
    const range = { min: 1, max: 5000, unit: "capacity units" };
    checks.integer(prop, this.capacity, range, "AWS says it: aws wafv2 check-capacity.");
  }

  public statement(): StatementBlock {
    return this.block;
  }

  public get depth(): number {
    return depthOf(this.block);
  }
}

function isBlock(value: unknown): value is StatementBlock {
  return typeof value === "object" && value !== null;
}

function keysOf(value: unknown): string[] {
  if (!isBlock(value)) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysOf)];
}

function depthOf(value: unknown): number {
  if (!isBlock(value)) return 0;
  return Math.max(
    0,
    ...Object.entries(value).map(([key, inner]) => depthOf(inner) + (LOGICAL.includes(key) ? 1 : 0)),
  );
}
