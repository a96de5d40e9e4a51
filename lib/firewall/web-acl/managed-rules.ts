import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../../validation";
import { MatchPlace } from "./match/match-leaf";
import { RequestMatch } from "./match/request-match";
import { MANAGED_RULE_GROUP_WORDS, ManagedRuleGroup, factsOf } from "./managed-rule-groups";
import { RULE_ACTIONS, RuleAction, actionBlock } from "./rule-action";
import { MANAGED_RULES_STEP, PRIORITIES } from "./rule-priorities";
import { AclRule } from "./acl-rule";

/** How a group of managed rules is used. */
export interface ManagedRulesOptions {
  /**
   * Whether the whole group counts only, for trying it out.
   *
   * @default false
   */
  readonly count?: boolean;

  /**
   * What single rules of the group do instead of what AWS says, by their names: `{ CrossSiteScripting_BODY: "count" }`.
   * AWS passes over names that no rule has; synthesis warns of those that are not known here.
   *
   * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   *
   * @default - "count" for HostingProviderIPList of `anonymousIp`, which stops webhooks, monitors and all else that
   * comes from clouds; and for SizeRestrictions_BODY of `common`, which stops bodies over 8 KiB, such as uploads.
   * "block" sets them back
   */
  readonly ruleActions?: Readonly<Record<string, RuleAction>>;

  /**
   * Version to stay at, as in `"Version_1.18"`. AWS lets versions expire. Groups about addresses have none.
   *
   * @default - the one that AWS recommends, which changes by itself
   */
  readonly version?: string;

  /**
   * Requests that the group looks at: `RequestMatch.path("/upload").not()`.
   *
   * @default - all
   */
  readonly scopeDown?: RequestMatch;
}

/**
 * Groups of rules that AWS looks after, by short words: `false` leaves one out, `true` takes one in. Each costs as much
 * a month as a rule.
 */
export type ManagedRules = Readonly<Partial<Record<ManagedRuleGroup, ManagedRulesOptions | boolean>>>;

/** A scope is nested in the statement of the group, which takes a level of what the provider has. */
export const MAX_SCOPE_DEPTH = 2;

export function checkManagedRules(checks: PropChecks, managedRules: ManagedRules): void {
  const remedy = "As in { wordpress: true, sqlInjection: false }.";
  checks.group("managedRules", managedRules, remedy);
  for (const [word, options] of Object.entries(managedRules)) {
    const prop = `managedRules.${word}`;
    checks.oneOf("managedRules", word, MANAGED_RULE_GROUP_WORDS, "Others are added to webAcl.webAcl.");
    if (typeof options === "boolean" || options === undefined) continue;
    checks.group(prop, options, "true and false will do, too.");
    checkOptions(checks, prop, factsOf(word as ManagedRuleGroup).hasVersions, options);
  }
}

function checkOptions(
  checks: PropChecks,
  prop: string,
  hasVersions: boolean,
  { count, ruleActions, version, scopeDown }: ManagedRulesOptions,
): void {
  checks.flag(`${prop}.count`, count, "true counts only.");
  checks.group(`${prop}.ruleActions`, ruleActions, 'As in { CrossSiteScripting_BODY: "count" }.');
  for (const [rule, action] of Object.entries(ruleActions ?? {})) {
    const name = `${prop}.ruleActions.${rule}`;
    checks.given(name, action, "what the rule does", 'As in "count".');
    checks.oneOf(name, action, RULE_ACTIONS, '"count" lets the request go on.');
  }
  checks.require(version === undefined || hasVersions, {
    prop: `${prop}.version`,
    value: version,
    allowed: "nothing for lists of addresses, which change all the time",
    remedy: "Leave it out.",
  });
  checks.matches(`${prop}.version`, version, /^[\w#:./+-]{1,64}$/, {
    allowed: 'a version, as in "Version_1.18"',
    remedy: "They are listed by: aws wafv2 list-available-managed-rule-group-versions --vendor-name AWS …",
  });
  checks.instanceOf(`${prop}.scopeDown`, scopeDown, RequestMatch, "As in RequestMatch.path(…).not().");
  scopeDown?.check(checks, `${prop}.scopeDown`, MAX_SCOPE_DEPTH);
}

/** The rules of a web ACL that use groups, in their order. */
export function managedRules(scope: Construct, props: ManagedRules): AclRule[] {
  return MANAGED_RULE_GROUP_WORDS.flatMap((word, index) => {
    const facts = factsOf(word);
    const choice = props[word] ?? facts.byDefault ?? false;
    if (choice === false) return [];
    const options = choice === true ? {} : choice;
    warnOfUnknownRules(scope, word, options);
    return [groupRule(word, options, PRIORITIES.managedRules + index * MANAGED_RULES_STEP)];
  });
}

function groupRule(word: ManagedRuleGroup, options: ManagedRulesOptions, priority: number): AclRule {
  const { name, capacity } = factsOf(word);
  const { scopeDown, version, count = false } = options;
  return {
    // As AWS's console calls it, and so the examples of logs in AWS's pages.
    name: `AWS-${name}`,
    priority,
    kind: "group",
    count,
    match: scopeDown,
    capacity,
    isReference: true,
    statement: (place: MatchPlace) => ({
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name,
        version,
        rule_action_override: overrides(word, options),
        scope_down_statement: scopeDown?.statement(place),
      },
    }),
  };
}

function overrides(word: ManagedRuleGroup, { ruleActions = {} }: ManagedRulesOptions): object[] | undefined {
  const counted = (factsOf(word).counted ?? []).map((rule) => [rule, "count"] as const);
  const actions = Object.entries({ ...Object.fromEntries(counted), ...ruleActions });
  if (actions.length === 0) return undefined;
  return actions
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, action]) => ({ name, action_to_use: actionBlock(action) }));
}

function warnOfUnknownRules(scope: Construct, word: ManagedRuleGroup, options: ManagedRulesOptions): void {
  const { name, rules } = factsOf(word);
  const unknown = Object.keys(options.ruleActions ?? {}).filter((rule) => !rules.includes(rule));
  if (unknown.length === 0) return;
  Annotations.of(scope).addWarning(
    `managedRules.${word}.ruleActions: ${unknown.join(", ")} is not known here as a rule of ${name}, and AWS passes ` +
      `over names that no rule has. Known are ${[...rules].sort().join(", ")}.`,
  );
}
