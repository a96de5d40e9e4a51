import { Wafv2WebAclRuleAction, Wafv2WebAclRuleActionBlock } from "@cdktf/provider-aws/lib/wafv2-web-acl";

/** What is done with requests that AWS WAF can't just let pass. */
export const HINDERING_ACTIONS = ["block", "count", "captcha", "challenge"] as const;

/**
 * What a rule does with requests. `"allow"` lets them through at once, past all later rules; `"count"` lets the
 * later rules decide; `"captcha"` and `"challenge"` let through who solves a puzzle, or whose browser proves that it
 * is one, which suits pages that people visit, not interfaces for programs. AWS charges for each puzzle and proof.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html
 */
export type RuleAction = "allow" | HinderingAction;

/** The same for rules that are made to keep requests away. */
export type HinderingAction = (typeof HINDERING_ACTIONS)[number];

export const RULE_ACTIONS: readonly RuleAction[] = ["allow", ...HINDERING_ACTIONS];

/** An action as the provider has it. */
export function actionBlock(
  action: RuleAction,
  block: Wafv2WebAclRuleActionBlock = {},
): Wafv2WebAclRuleAction {
  return action === "block" ? { block } : { [action]: {} };
}
