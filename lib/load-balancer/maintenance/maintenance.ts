import { Lazy } from "cdktf";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import {
  LbListenerRule,
  LbListenerRuleAction,
  LbListenerRuleCondition,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import { nameTag } from "../../naming";
import { PropChecks } from "../../validation";
import { checkAddresses, commonBlocks, toBlocks } from "./allowed-addresses";
import { MaintenancePage, MaintenancePageOptions, checkMaintenancePage } from "./maintenance-page";

/** A page in place of the site, ready to be switched on. */
export interface MaintenanceOptions extends MaintenancePageOptions {
  /**
   * Whether the page is shown. Switching it on or off makes or deletes one listener rule, and touches nothing
   * else.
   */
  readonly active: boolean;

  /**
   * Addresses and blocks from which the site is seen meanwhile, as in `["192.0.2.7", "198.51.100.0/24"]`; up to 25.
   * They are the addresses that connections come from: behind a CDN, the CDN's. For each rule of the balancer,
   * each five of them (fewer where the rule has conditions of its own) take one rule more of the 100 that a
   * balancer may have.
   *
   * @default - none
   */
  readonly allow?: readonly string[];
}

/** A rule, or the default action, as those who are let through need it. */
export interface LetThroughRule {
  /** What the rule is called; part of the copy's address. */
  readonly key: string;
  /** Where it stands among the rules: copies are asked in the same order. */
  readonly priority: number;
  readonly conditions: readonly LbListenerRuleCondition[];
  readonly actions: readonly LbListenerRuleAction[];
}

export interface MaintenanceProps extends MaintenanceOptions {
  /** The listener that answers. */
  readonly listener: LbListener;
  /** What it does with requests that no rule takes. */
  readonly defaultActions: readonly LbListenerRuleAction[];
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES_PER_RULE = 5;
/** The rule that shows the page; the rules of the balancer stand behind it, those who are let through before. */
const PRIORITY = 500;
/** Each rule keeps this many places for its copies, so that an address more moves no copy of another rule. */
const COPIES_PER_RULE = 5;
const PLACES = Math.floor((PRIORITY - 1) / COPIES_PER_RULE);

export function checkMaintenance(checks: PropChecks, options: MaintenanceOptions): void {
  const { allow = [] } = options;
  checkMaintenancePage(checks, options, "maintenance.");
  checkAddresses(checks, "maintenance.allow", allow);
  const most = VALUES_PER_RULE * COPIES_PER_RULE;
  checks.require(allow.length <= most, {
    prop: "maintenance.allow",
    value: allow,
    allowed: `up to ${most} addresses and blocks`,
    remedy: "Name the block that they lie in.",
  });
}

/**
 * The maintenance page of a listener, the rule that shows it, and copies of other rules for those who are let
 * through: conditions can't say "but not from", so that whoever is let through is asked first.
 */
export class Maintenance extends Construct {
  public readonly page: MaintenancePage;
  /** Sends everything to the page; undefined unless active. */
  public readonly rule?: LbListenerRule;

  private readonly listener: LbListener;
  private readonly allowed: readonly string[];
  private readonly copies: Construct;
  /** The rules that have copies here, by their keys and in the order that they came; without the default action. */
  private readonly copied = new Map<string, { rule: LetThroughRule; copies: readonly LbListenerRule[] }>();
  private readonly defaultCopies: readonly LbListenerRule[];

  public constructor(scope: Construct, id: string, props: MaintenanceProps) {
    super(scope, id);
    checkMaintenance(new PropChecks(scope), props);
    this.listener = props.listener;
    this.allowed = toBlocks(props.allow ?? []);
    this.page = new MaintenancePage(this, "Page", props);
    this.rule = props.active ? this.showPage() : undefined;
    this.copies = new Construct(this, "LetThrough");
    this.defaultCopies = this.copy(
      this,
      { key: "DefaultAction", priority: Infinity, conditions: [], actions: props.defaultActions },
      // Nothing comes behind the default action, so it has the last place, whatever rules there are.
      () => PLACES - 1,
    );
  }

  /**
   * Copies a rule for those who are let through. Whoever adds a rule to the listener calls this for it, and again
   * when the rule's actions change.
   *
   * @throws InvalidPropError where the rule leaves no room for addresses among its conditions
   */
  public letThrough(rule: LetThroughRule): readonly LbListenerRule[] {
    if (this.allowed.length === 0) return [];
    const known = this.copied.get(rule.key);
    if (known) {
      for (const copy of known.copies) copy.putAction([...rule.actions]);
      return known.copies;
    }
    new PropChecks(this).require(this.copied.size < PLACES - 1, {
      prop: "maintenance.allow",
      value: this.allowed,
      allowed: `nothing with more than ${PLACES - 1} rules`,
      remedy: "Leave out allow, or merge rules.",
    });
    const copies = this.copy(this.copies, rule, () => this.placeOf(rule.key));
    this.copied.set(rule.key, { rule, copies });
    return copies;
  }

  /** Says what the listener does from now on with requests that no rule takes. */
  public setDefaultActions(actions: readonly LbListenerRuleAction[]): void {
    for (const copy of this.defaultCopies) copy.putAction([...actions]);
  }

  private showPage(): LbListenerRule {
    return new LbListenerRule(this, "Rule", {
      listenerArn: this.listener.arn,
      priority: PRIORITY,
      condition: [{ pathPattern: { values: ["*"] } }],
      action: [{ type: "forward", targetGroupArn: this.page.targetGroup.arn }],
      tags: nameTag(this),
      dependsOn: [this.page.attachment],
    });
  }

  private copy(scope: Construct, rule: LetThroughRule, place: () => number): LbListenerRule[] {
    const own = rule.conditions.flatMap((condition) => condition.sourceIp?.values ?? []);
    const others = rule.conditions.filter((condition) => condition.sourceIp === undefined);
    const addresses = own.length === 0 ? this.allowed : this.commonWith(rule, own);
    const room = VALUES_PER_RULE - others.reduce((sum, condition) => sum + countValues(condition), 0);
    if (addresses.length > 0) this.checkRoom(rule, addresses, room);
    const copies = new Construct(scope, rule.key);
    return chunks(addresses, room).map(
      (values, index) =>
        new LbListenerRule(copies, `Copy-${index + 1}`, {
          listenerArn: this.listener.arn,
          priority: Lazy.numberValue({ produce: () => place() * COPIES_PER_RULE + index + 1 }),
          condition: [...others, { sourceIp: { values } }],
          action: [...rule.actions],
          tags: nameTag(this),
        }),
    );
  }

  private commonWith(rule: LetThroughRule, own: readonly string[]): readonly string[] {
    const common = commonBlocks(this.allowed, own);
    new PropChecks(this).require(common !== undefined, {
      prop: "maintenance.allow",
      value: this.allowed,
      allowed: `addresses that are known now, as the rule "${rule.key}" has addresses of its own`,
      remedy:
        "Write both as text, or take the addresses out of the rule: AWS allows one list of them in a rule.",
    });
    return common!;
  }

  private checkRoom(rule: LetThroughRule, addresses: readonly string[], room: number): void {
    const most = Math.max(room, 0) * COPIES_PER_RULE;
    new PropChecks(this).require(addresses.length <= most, {
      prop: "maintenance.allow",
      value: addresses,
      allowed: `up to ${most} addresses, as the rule "${rule.key}" has ${VALUES_PER_RULE - room} condition values of ${VALUES_PER_RULE}`,
      remedy: "Name fewer addresses or the block that they lie in, or split the rule.",
    });
  }

  private placeOf(key: string): number {
    const rules = [...this.copied.values()].map(({ rule }) => rule);
    // Sorting keeps the order of those that are equal.
    return rules.sort((one, other) => one.priority - other.priority).findIndex((rule) => rule.key === key);
  }
}

function countValues(condition: LbListenerRuleCondition): number {
  const { hostHeader, httpHeader, pathPattern, httpRequestMethod, queryString } = condition;
  const lists = [hostHeader, httpHeader, pathPattern].flatMap((one) => [one?.values, one?.regexValues]);
  const pairs = Array.isArray(queryString) ? queryString : [];
  return [...lists, httpRequestMethod?.values, pairs].reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
