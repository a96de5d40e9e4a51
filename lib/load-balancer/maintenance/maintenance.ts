import { Op, Token } from "cdktf";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import { checkAddressOrBlock, commonBlock, toBlock } from "../../firewall/address-block";
import { nameTag } from "../../naming";
import { PropChecks, isKnown } from "../../validation";
import { MAX_VALUES, NOBODY, RuleConditions, conditionBlocks, countValues } from "../rules/conditions";
import { ListenerRules, Route } from "../rules/listener-rules";
import { RULE_NUMBERS } from "../rules/priority";
import { MaintenancePage, MaintenancePageOptions, checkMaintenancePage } from "./maintenance-page";

/** A page in place of the site, ready to be switched on. */
export interface MaintenanceOptions extends MaintenancePageOptions {
  /**
   * Whether the page is shown. Switching it on or off makes or deletes one listener rule, and touches nothing
   * else.
   */
  readonly active: boolean;

  /**
   * Addresses and blocks from which the site is seen meanwhile, as in `["192.0.2.7", "198.51.100.0/24"]`; up to 10,
   * and up to twice what a rule's own values leave of the five that AWS allows. They are the addresses that
   * connections come from: behind a CDN, the CDN's. Each rule of the balancer has one or two copies for them, which
   * count among the 100 rules that a balancer may have.
   *
   * @default - none
   */
  readonly allow?: readonly string[];
}

export interface MaintenanceProps extends MaintenanceOptions {
  /** The listener that answers. */
  readonly listener: LbListener;
  /** Its rules, numbered from `RULES_AFTER` on. */
  readonly rules: ListenerRules;
}

/** Copies of a rule, each for some of those who are let through. */
const COPIES = 2;
/** The rule that shows the page. Before it stand copies of all rules behind it, and of the default action. */
export const RULES_AFTER = COPIES * RULE_NUMBERS + 8;

export function checkMaintenance(checks: PropChecks, options: MaintenanceOptions): void {
  const { allow = [] } = options;
  checkMaintenancePage(checks, options, "maintenance.");
  checks.require(isKnown(allow), {
    prop: "maintenance.allow",
    value: allow,
    allowed: "a list whose length is known now, since it says how many rules there are",
    remedy: "Write the list out; its addresses may be known only after deploy.",
  });
  for (const address of allow) checkAllowed(checks, address);
  const most = COPIES * MAX_VALUES;
  checks.require(allow.length <= most, {
    prop: "maintenance.allow",
    value: allow,
    allowed: `up to ${most} addresses and blocks`,
    remedy: "Name the block that they lie in.",
  });
}

function checkAllowed(checks: PropChecks, address: string): void {
  const prop = "maintenance.allow";
  checkAddressOrBlock(checks, prop, address);
  if (!isKnown(address)) return;
  checks.require(!/\/0$/.test(address), {
    prop,
    value: address,
    allowed: "addresses and blocks of those who work on the site",
    remedy: "Nobody would see the page: leave this out, or the page.",
  });
  checks.require(toBlock(address) !== NOBODY, {
    prop,
    value: address,
    allowed: "any other address",
    remedy: "No connection comes from there.",
  });
}

/** As AWS wants them, each one once. */
function toBlocks(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => (isKnown(address) ? toBlock(address) : address)))];
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
  private readonly rules: ListenerRules;
  private readonly allowed: readonly string[];
  private readonly places: Construct;
  /** Copies by the rule's id; those of the default action without one. */
  private readonly copies = new Map<string | undefined, readonly LbListenerRule[]>();

  public constructor(scope: Construct, id: string, props: MaintenanceProps) {
    super(scope, id);
    checkMaintenance(new PropChecks(scope), props);
    this.listener = props.listener;
    this.allowed = toBlocks(props.allow ?? []);
    this.page = new MaintenancePage(this, "Page", props);
    this.rules = props.rules;
    // There has to be room for the page's rule before it is needed.
    this.rules.count(this);
    this.rule = props.active ? this.showPage() : undefined;
    this.places = new Construct(this, "LetThrough");
    // Switching the page on and off is one rule, so the copies stand there in between, too.
    if (this.allowed.length > 0) props.rules.watch((route) => this.letThrough(route));
  }

  private showPage(): LbListenerRule {
    return new LbListenerRule(this, "Rule", {
      listenerArn: this.listener.arn,
      priority: RULES_AFTER,
      condition: conditionBlocks({ paths: ["*"] }),
      action: [{ type: "forward", targetGroupArn: this.page.targetGroup.arn }],
      tags: nameTag(this),
      dependsOn: [this.page.attachment],
    });
  }

  private letThrough(route: Route): void {
    const known = this.copies.get(route.id);
    if (known) for (const copy of known) copy.putAction([...route.actions]);
    else this.copies.set(route.id, this.copy(route));
  }

  private copy({ id, conditions = {}, priority, actions }: Route): LbListenerRule[] {
    const { sourceIps, ...others } = conditions;
    const addresses = sourceIps === undefined ? this.allowed : this.commonWith(id, sourceIps);
    if (addresses.length === 0) return [];
    const room = this.roomIn(id, others, addresses);
    const place = id === undefined ? this : this.places;
    const copies = new Construct(place, id ?? "DefaultAction");
    return chunks(addresses, room).map((values, index) => {
      this.rules.count(copies);
      return new LbListenerRule(copies, `Copy-${index + 1}`, {
        listenerArn: this.listener.arn,
        priority: numberOfCopy(priority ?? RULE_NUMBERS + 1, index),
        condition: conditionBlocks({ ...others, sourceIps: values }),
        action: [...actions],
        tags: nameTag(copies),
      });
    });
  }

  private commonWith(id: string | undefined, own: readonly string[]): readonly string[] {
    new PropChecks(this).require([...this.allowed, ...own].every(isKnown), {
      prop: "maintenance.allow",
      value: this.allowed,
      allowed: `addresses that are known now, as the rule "${id}" has addresses of its own`,
      remedy:
        "Write both as text, or take the addresses out of the rule: AWS allows one list of them in a rule.",
    });
    const common = this.allowed.flatMap((one) => own.map((other) => commonBlock(one, other)));
    return [...new Set(common.filter((block) => block !== undefined))];
  }

  /** How many addresses fit into one copy. */
  private roomIn(id: string | undefined, conditions: RuleConditions, addresses: readonly string[]): number {
    const taken = countValues(conditions);
    const room = MAX_VALUES - taken;
    new PropChecks(this).require(addresses.length <= room * COPIES, {
      prop: "maintenance.allow",
      value: addresses,
      allowed: `up to ${room * COPIES} addresses, as the rule "${id}" has ${taken} condition values of ${MAX_VALUES}`,
      remedy:
        room > 0
          ? "Name fewer addresses or the block that they lie in, or split the rule."
          : "Split the rule: beside allow it may have four values at most.",
    });
    return room;
  }
}

/** AWS's number of a copy, which follows from the rule's alone: no rule that is added moves another one's copies. */
function numberOfCopy(priority: number, index: number): number {
  if (Token.isUnresolved(priority)) {
    return Token.asNumber(Op.add(Op.mul(Op.sub(priority, 1), COPIES), index + 1));
  }
  return (priority - 1) * COPIES + index + 1;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
