import { Wafv2WebAclCustomResponseBody, Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { BlockResponse, blockArguments, responseBody } from "./block-response";
import { ClientAddress } from "./match/client-address";
import { FamilyOfAddresses, MatchPlace, StatementBlock } from "./match/match-leaf";
import { RequestMatch } from "./match/request-match";
import { RuleAction, actionBlock } from "./rule-action";

/** A rule of a web ACL, before it is told how the ACL is used. */
export type AclRule = SingleRule | GroupRule;

interface RuleFacts {
  readonly name: string;
  readonly priority: number;
  /** What it compares requests with, as far as that is ours. */
  readonly match?: RequestMatch;
  /** Capacity units besides those of the match. */
  readonly capacity: number;
  /** Whether it refers to a resource of its own, which AWS limits. */
  readonly isReference?: boolean;
  statement(place: MatchPlace): StatementBlock;
}

/** A rule with an action. */
export interface SingleRule extends RuleFacts {
  readonly kind: "single";
  readonly action: RuleAction;
  readonly labels?: readonly string[];
  readonly response?: BlockResponse;
  readonly isRate?: boolean;
}

/** A rule that uses a group, whose rules have actions. */
export interface GroupRule extends RuleFacts {
  readonly kind: "group";
  /** Whether the group counts only. */
  readonly count: boolean;
}

/** How a web ACL is used. */
export interface AclUse {
  readonly countOnly: boolean;
  readonly sampledRequests: boolean;
  readonly clientAddress: ClientAddress;
  /** ARN of the set of a rule that has these addresses. */
  ipSetArn(rule: string, family: FamilyOfAddresses): string;
}

/** A rule as the provider has it. */
export function ruleBlock(rule: AclRule, use: AclUse): Wafv2WebAclRule {
  const { name, priority } = rule;
  const place: MatchPlace = {
    clientAddress: use.clientAddress,
    // In doubt a request is kept away rather than let through.
    unreadable: rule.kind === "single" && rule.action === "allow" ? "NO_MATCH" : "MATCH",
    ipSetArn: (family) => use.ipSetArn(name, family),
  };
  return {
    name,
    priority,
    ...(rule.kind === "group" ? groupAction(rule, use) : singleAction(rule, use)),
    statement: rule.statement(place),
    visibilityConfig: visibility(name, use.sampledRequests),
  };
}

/** Bodies of answers, which the web ACL keeps. */
export function responseBodies(rules: readonly AclRule[], use: AclUse): Wafv2WebAclCustomResponseBody[] {
  return rules.flatMap((rule) =>
    rule.kind === "single" && rule.action === "block" && !use.countOnly
      ? responseBody(rule.name, rule.response)
      : [],
  );
}

/** Metrics are always on: they cost nothing, and alarms need them. */
export function visibility(metricName: string, sampledRequestsEnabled: boolean) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled };
}

function singleAction(
  { name, action, labels, response }: SingleRule,
  { countOnly }: AclUse,
): Partial<Wafv2WebAclRule> {
  const counts = countOnly && action !== "allow";
  return {
    action: counts ? actionBlock("count") : actionBlock(action, blockArguments(name, response)),
    ruleLabel: labels?.map((label) => ({ name: label })),
  };
}

function groupAction({ count }: GroupRule, { countOnly }: AclUse): Partial<Wafv2WebAclRule> {
  return { overrideAction: count || countOnly ? { count: {} } : { none: {} } };
}
