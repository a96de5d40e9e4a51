import { blocksOverlap } from "../../firewall/address-block";
import { isKnown } from "../../validation";
import { RuleConditions, lowerCase } from "./conditions";
import { patternsOverlap } from "./pattern";

/**
 * Whether a request could meet the conditions of both rules. What is known only after deploy may be anything,
 * and is taken to differ: nobody could act on a warning of it.
 */
export function conditionsOverlap(one: RuleConditions, other: RuleConditions): boolean {
  return (
    meet(lowerCase(one.hosts), lowerCase(other.hosts), patternsOverlap) &&
    meet(one.paths, other.paths, patternsOverlap) &&
    meet(one.methods, other.methods, (left, right) => left === right) &&
    meet(one.sourceIps, other.sourceIps, blocksOverlap) &&
    headersMeet(one.headers, other.headers)
  );
}

/** Headers of one name have one value; those of different names say nothing about each other. */
function headersMeet(one: RuleConditions["headers"] = {}, other: RuleConditions["headers"] = {}): boolean {
  const others = new Map(Object.entries(other).map(([name, values]) => [name.toLowerCase(), values]));
  return Object.entries(one).every(([name, values]) =>
    meet(lowerCase(values), lowerCase(others.get(name.toLowerCase())), patternsOverlap),
  );
}

/** Whether something can be among the values of both; a condition that is absent lets everything through. */
function meet(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
  overlap: (left: string, right: string) => boolean,
): boolean {
  if (one === undefined || other === undefined) return true;
  if (!isKnown(one) || !isKnown(other)) return false;
  return one.some((left) =>
    other.some((right) => left === right || (isKnown(left) && isKnown(right) && overlap(left, right))),
  );
}
