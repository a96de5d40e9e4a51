import { createHash } from "node:crypto";
import { PropChecks, isKnown } from "../../validation";

/**
 * Places of the rules that a web ACL makes by itself; the smallest number looks at requests first. A number never
 * depends on the other rules, so that adding one moves none. Those from 1,000 and from 70,000 on are for own rules.
 */
export const PRIORITIES = {
  allowedAddresses: 10,
  blockedAddresses: 20,
  countries: 30,
  rateLimit: 50_000,
  managedRules: 60_000,
} as const;

/** What lies between two groups of managed rules. */
export const MANAGED_RULES_STEP = 100;

/** Where own rules stand: before the rate limit and the managed rules, or after them. */
const BEFORE = { first: 1_000, last: 49_999, bands: [10_000, 20_000, 30_000] } as const;
const AFTER = { first: 70_000, last: 99_999, bands: [70_000, 80_000, 90_000] } as const;
const BAND_SIZE = 10_000;

/** Own rules that say no number: those that put labels on requests come first, those that let through last. */
export type PriorityBand = 0 | 1 | 2;

/** What the number of an own rule follows from. */
export interface OwnRulePlace {
  readonly name: string;
  readonly band: PriorityBand;
  /** Whether it needs what managed rules find out. */
  readonly afterManagedRules: boolean;
  readonly priority?: number;
}

/** The rules of one web ACL by their numbers, no two of which are the same. */
export class RulePriorities {
  private readonly taken = new Map<number, string>();

  public constructor(private readonly checks: PropChecks) {}

  /** The number of an own rule: the one it says, or one from nothing but itself. */
  public placeOwn({ name, band, afterManagedRules, priority }: OwnRulePlace): number {
    const prop = `rules.${name}.priority`;
    this.checkOwn(prop, priority, afterManagedRules);
    const start = (afterManagedRules ? AFTER : BEFORE).bands[band];
    const number = priority ?? start + (hash(name) % BAND_SIZE);
    if (!isKnown(number)) return number;
    const other = this.taken.get(number);
    const value = priority;
    this.checks.require(other === undefined, {
      prop,
      value,
      ...(priority === undefined
        ? {
            allowed: `a number here, since ${number}, which follows from "${name}", is that of "${other}"`,
            remedy: `Say one that is free, at the same place in the order: priority: ${this.freeFrom(start)}.`,
          }
        : {
            allowed: `a number that no other rule has, as "${other}" has this one`,
            remedy: "Give the one of them that is to come first the smaller number.",
          }),
    });
    this.taken.set(number, name);
    return number;
  }

  private checkOwn(prop: string, priority: number | undefined, afterManagedRules: boolean): void {
    if (!isKnown(priority)) return;
    const fits = ({ first, last }: { first: number; last: number }) => priority >= first && priority <= last;
    const ranges = [BEFORE, AFTER].filter((range) => range === AFTER || !afterManagedRules);
    const texts = ranges.map(({ first, last }) => `from ${first} to ${last}`).join(" or ");
    this.checks.require(Number.isInteger(priority) && ranges.some(fits), {
      prop,
      value: priority,
      allowed: `a whole number ${texts}`,
      remedy: afterManagedRules
        ? "The rule looks for labels of managed rules, which come before these numbers."
        : "The first range comes before the rate limit and the managed rules, the second one after them.",
    });
  }

  private freeFrom(start: number): number {
    let number = start;
    while (this.taken.has(number)) number++;
    return number;
  }
}

function hash(name: string): number {
  return createHash("sha256").update(name).digest().readUInt32BE(0);
}
