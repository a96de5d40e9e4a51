import { PropChecks, isKnown } from "../../validation";
import { AclRule } from "./acl-rule";
import { BlockResponse, checkBlockResponse } from "./block-response";
import { MAX_SCOPE_DEPTH } from "./managed-rules";
import { ClientAddress } from "./match/client-address";
import { checkLabel } from "./match/label";
import { RequestMatch } from "./match/request-match";
import { RATE_CAPACITY, RequestRate, checkRate, rateStatement } from "./rate";
import { RULE_ACTIONS, RuleAction } from "./rule-action";
import { RulePriorities } from "./rule-priorities";

/** A rule of your own. */
export interface WebAclRule {
  /** Which requests it is for. */
  readonly statement: RequestMatch;

  /** What is done with them. */
  readonly action: RuleAction;

  /**
   * Makes it a rule for clients that make more of these requests than that; AWS takes ten such rules, the rate limit
   * among them.
   *
   * @default - for all of them
   */
  readonly rate?: RequestRate;

  /**
   * Place of the rule; the smallest number looks at requests first. From 1000 to 49999 comes before the rate limit and
   * the managed rules, from 70000 to 99999 after them.
   *
   * @default - from the rule's name alone, so that adding another one doesn't move it: from 10000 with labels, 30000
   * with action "allow", else 20000; 60000 more where the statement looks for a label of AWS's managed rules
   */
  readonly priority?: number;

  /**
   * Labels that are put on the requests, for later rules, metrics and logs: up to 1024 letters, digits, hyphens and
   * underscores, with colons between parts.
   *
   * @default - none
   */
  readonly labels?: readonly string[];

  /**
   * What blocked requests are answered.
   *
   * @default - status 403
   */
  readonly response?: BlockResponse;
}

/** How AWS's labels begin. */
const MANAGED_LABEL = "awswaf:managed:";

/** What AWS keeps for itself, and what we do. */
const RESERVED_PREFIXES = ["AWS", "Shield", "PreFM", "PostFM"];
const RESERVED_NAMES = ["All", "Default_Action"];
export const OUR_RULES = {
  allowedAddresses: "allowed-addresses",
  blockedAddresses: "blocked-addresses",
  countries: "countries",
  rateLimit: "rate-limit",
} as const;

export function checkOwnRules(checks: PropChecks, rules: Readonly<Record<string, WebAclRule>>): void {
  checks.group("rules", rules, 'As in { admin: { statement: …, action: "block" } }.');
  for (const [name, rule] of Object.entries(rules)) {
    checkRuleName(checks, name);
    checkRule(checks, `rules.${name}`, rule);
  }
}

function checkRuleName(checks: PropChecks, name: string): void {
  checks.require(isKnown(name) && /^[\w-]{1,128}$/.test(name), {
    prop: "rules",
    value: name,
    allowed: "names of 1 to 128 letters, digits, hyphens and underscores, known now",
    remedy: "Metrics and logs call the rule by its name: write it as in admin-pages.",
  });
  const reserved =
    RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    [...RESERVED_NAMES, ...Object.values(OUR_RULES)].some((one) => one.toLowerCase() === name.toLowerCase());
  checks.require(!reserved, {
    prop: "rules",
    value: name,
    allowed:
      `names that AWS and this web ACL don't use themselves: not ${Object.values(OUR_RULES).join(", ")}, ` +
      `${RESERVED_NAMES.join(", ")}, and none that begins with ${RESERVED_PREFIXES.join(", ")}`,
    remedy: "Call it otherwise.",
  });
}

function checkRule(checks: PropChecks, prop: string, rule: WebAclRule): void {
  const remedy = 'As in { statement: RequestMatch.path("/admin"), action: "block" }.';
  checks.given(prop, rule, "a rule", remedy);
  checks.group(prop, rule, remedy);
  const { statement, action, rate, labels, response } = rule;
  checks.given(`${prop}.statement`, statement, "a RequestMatch", remedy);
  checks.instanceOf(`${prop}.statement`, statement, RequestMatch, remedy);
  statement.check(checks, `${prop}.statement`, rate === undefined ? undefined : MAX_SCOPE_DEPTH);
  checks.given(`${prop}.action`, action, RULE_ACTIONS.join(", "), remedy);
  checks.oneOf(`${prop}.action`, action, RULE_ACTIONS, '"count" is for trying a rule out.');
  checks.list(`${prop}.labels`, labels, 'As in ["shop:suspicious"].');
  for (const label of labels ?? []) checkLabel(checks, `${prop}.labels`, label);
  checkBlockResponse(checks, `${prop}.response`, response, action);
  if (rate === undefined) return;
  checkRate(checks, `${prop}.rate`, rate);
  checks.require(action !== "allow", {
    prop: `${prop}.action`,
    value: action,
    allowed: "another action beside rate",
    remedy: "Clients that make too many requests are no reason to let them through.",
  });
}

/** The rules, numbered. */
export function ownRules(
  rules: Readonly<Record<string, WebAclRule>>,
  priorities: RulePriorities,
  clientAddress: ClientAddress,
): AclRule[] {
  return Object.entries(rules).map(([name, rule]) => ({
    kind: "single",
    name,
    priority: priorities.placeOwn({ name, ...placeOf(rule) }),
    match: rule.statement,
    capacity: rule.rate ? RATE_CAPACITY : 0,
    action: rule.action,
    labels: rule.labels,
    response: rule.response,
    isRate: rule.rate !== undefined,
    statement: (place) => {
      const statement = rule.statement.statement(place);
      return rule.rate ? rateStatement(rule.rate, clientAddress, statement) : statement;
    },
  }));
}

function placeOf({ statement, action, labels, priority }: WebAclRule) {
  const looksForManaged = statement.leaves.some(({ label }) => label?.startsWith(MANAGED_LABEL));
  return {
    priority,
    afterManagedRules: looksForManaged,
    band: action === "allow" ? 2 : labels && labels.length > 0 ? 0 : 1,
  } as const;
}
