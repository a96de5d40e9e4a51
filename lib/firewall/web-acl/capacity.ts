import { PropChecks } from "../../validation";
import { AclRule } from "./acl-rule";

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAX_CAPACITY = 5000;
const MAX_REFERENCES = 50;
const MAX_RATES = 10;
const TRANSFORMATION_CAPACITY = 10;

/**
 * Capacity units that rules take at least: AWS charges for a transformation of the same part only once.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export function capacityOf(rules: readonly AclRule[]): number {
  const leaves = rules.flatMap((rule) => rule.match?.leaves ?? []);
  const transformed = new Map(leaves.flatMap(({ transformed: one }) => (one ? [[one.key, one.count]] : [])));
  return (
    sum(rules.map((rule) => rule.capacity)) +
    sum(leaves.map((leaf) => leaf.capacity)) +
    TRANSFORMATION_CAPACITY * sum([...transformed.values()])
  );
}

/** Refuses more than AWS takes into one web ACL. */
export function checkCapacity(checks: PropChecks, rules: readonly AclRule[]): void {
  const capacity = capacityOf(rules);
  checks.require(capacity <= MAX_CAPACITY, {
    prop: "rules",
    value: `${capacity} capacity units`,
    allowed: `up to ${MAX_CAPACITY} in a web ACL`,
    remedy: "Leave out managed rules, or transformations, of which each costs 10.",
  });
  const references = rules.flatMap((rule) => [rule, ...(rule.match?.leaves ?? [])]);
  const count = references.filter((one) => one.isReference).length;
  checks.require(count <= MAX_REFERENCES, {
    prop: "rules",
    value: `${count} references`,
    allowed: `up to ${MAX_REFERENCES} references to managed rules and sets of addresses`,
    remedy: "Put addresses together in one list.",
  });
  const rates = rules.filter((rule) => rule.kind === "single" && rule.isRate).length;
  checks.require(rates <= MAX_RATES, {
    prop: "rules",
    value: `${rates} rates`,
    allowed: `up to ${MAX_RATES} rules with a rate, the rate limit among them`,
    remedy: "Put paths together by or().",
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
