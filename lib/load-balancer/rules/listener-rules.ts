import { Annotations, Op, Token } from "cdktf";
import { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IConstruct } from "constructs";
import { PropChecks, isKnown } from "../../validation";
import { RuleConditions } from "./conditions";
import { conditionsOverlap } from "./overlap";
import { MAX_PRIORITY, RULE_NUMBERS, automaticPriority, bandOf, freePriority } from "./priority";

/** What a listener does with requests, in order: perhaps signs users in, then answers, redirects or forwards. */
export type Action = LbListenerRuleAction;

/** What a listener does with some requests, as data: a rule of it, or what it does with all others. */
export interface Route {
  /** Id of the rule; absent, as all else about a rule is, for what is done where no rule is. */
  readonly id?: string;
  /** Which requests it is for. */
  readonly conditions?: RuleConditions;
  /** Its place among the rules. */
  readonly priority?: number;
  readonly actions: readonly Action[];
}

/** Is told of every route of a listener when it is made, and again when its actions have changed. */
export type RouteWatcher = (route: Route) => void;

/** Unless AWS is asked for more: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_RULES = 100;

/** What a rule says before it has a number. */
interface NewRule {
  readonly id: string;
  readonly conditions: RuleConditions;
  readonly priority?: number;
}

export interface ListenerRulesOptions {
  /** How many of AWS's numbers come before those of the rules. @default 0 */
  readonly after?: number;
  /** What tells these rules apart from others of the listener, made elsewhere. @default - these are all */
  readonly within?: string;
}

interface PlacedRule extends NewRule {
  readonly number: number;
  readonly band: number;
}

/**
 * The rules of one listener: gives each its priority, and knows what all of them do.
 *
 * A priority that isn't given follows from the rule alone, so that adding or removing one moves no other. What
 * can't be decided that way is refused: two rules with one number, or equally specific ones for the same request.
 */
export class ListenerRules {
  private readonly after: number;

  public constructor(private readonly options: ListenerRulesOptions = {}) {
    this.after = options.after ?? 0;
  }

  private made = 0;
  private readonly placed: PlacedRule[] = [];
  private readonly routes = new Map<string | undefined, Route>();
  private readonly watchers: RouteWatcher[] = [];

  /** The number that AWS gets for a rule's priority. */
  public numberOf(priority: number): number {
    return Token.isUnresolved(priority)
      ? Token.asNumber(Op.add(priority, this.after))
      : priority + this.after;
  }

  /** The priority of a rule. */
  public place(checks: PropChecks, { id, conditions, priority }: NewRule): number {
    checks.integer(
      "priority",
      priority,
      { min: 1, max: this.after === 0 ? MAX_PRIORITY : RULE_NUMBERS },
      "Leave it out for one that follows from the conditions.",
    );
    const band = bandOf(conditions);
    const { within } = this.options;
    const name = within === undefined ? id : `${within}/${id}`;
    const rule = { id, conditions, priority, band, number: priority ?? automaticPriority(name, band) };
    this.checkNumber(checks, rule);
    if (priority === undefined) this.checkOrder(checks, rule);
    this.placed.push(rule);
    return rule.number;
  }

  /** Counts a rule that AWS gets, copies included. */
  public count(rule: IConstruct): void {
    this.made++;
    if (this.made !== MAX_RULES + 1) return;
    Annotations.of(rule).addWarning(
      `The balancer has more than ${MAX_RULES} rules from here on, those for maintenance included, which AWS allows ` +
        "only when asked: aws service-quotas request-service-quota-increase, or fewer rules or addresses.",
    );
  }

  /** Tells the watchers what is done from now on. */
  public tell(route: Route): void {
    this.routes.set(route.id, route);
    for (const watcher of this.watchers) watcher(route);
  }

  /** Has a watcher told of all routes, those that are there already too. */
  public watch(watcher: RouteWatcher): void {
    this.watchers.push(watcher);
    for (const route of this.routes.values()) watcher(route);
  }

  private checkNumber(checks: PropChecks, { id, number, priority, band }: PlacedRule): void {
    if (!isKnown(number)) return;
    const other = this.placed.find((one) => one.number === number);
    const free = freePriority(band, (candidate) => this.placed.some((one) => one.number === candidate));
    checks.require(other === undefined, {
      prop: "priority",
      value: priority,
      ...(priority === undefined
        ? {
            allowed: `another id or a number here, since ${number}, which follows from "${id}", is that of "${other?.id}"`,
            remedy: `Say one that is free, at the same place in the order: priority: ${free}.`,
          }
        : {
            allowed: `a number that no other rule has, as "${other?.id}" has this one`,
            remedy: "Give the one of them that is to come first the smaller number.",
          }),
    });
  }

  private checkOrder(checks: PropChecks, rule: PlacedRule): void {
    const rival = this.placed.find(
      (one) =>
        one.priority === undefined &&
        one.band === rule.band &&
        conditionsOverlap(one.conditions, rule.conditions),
    );
    checks.require(rival === undefined, {
      prop: "priority",
      value: undefined,
      allowed: `a number where another rule is as specific and for some of the same requests, as "${rival?.id}" is`,
      remedy:
        `Say whether "${rule.id}" comes before it, priority: ${(rival?.number ?? 2) - 1}, ` +
        `or after it, priority: ${(rival?.number ?? 0) + 1}.`,
    });
  }
}
