import { PropChecks } from "../../../validation";
import { MatchLeaf, StatementBlock } from "./match-leaf";

const LABEL = /^[\w:-]{1,1024}$/;

/** A label that an earlier rule put on requests, or any of a namespace, which ends in a colon. */
export class LabelMatch implements MatchLeaf {
  public readonly capacity = 1;

  public constructor(public readonly label: string) {}

  public check(checks: PropChecks, prop: string): void {
    checkLabel(checks, prop, this.label);
  }

  public statement(): StatementBlock {
    const scope = this.label.endsWith(":") ? "NAMESPACE" : "LABEL";
    return { label_match_statement: { key: this.label, scope } };
  }
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-requirements.html */
export function checkLabel(checks: PropChecks, prop: string, label: string): void {
  const rule = {
    allowed: "labels of 1 to 1024 letters, digits, hyphens and underscores, with colons between their parts",
    remedy: 'As in "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body".',
  };
  checks.given(prop, label, rule.allowed, rule.remedy);
  checks.matches(prop, label, LABEL, rule);
}
