import { createHash } from "node:crypto";
import { isKnown } from "../../validation";
import { RuleConditions } from "./conditions";
import { hasWildcard, literalPrefix } from "./pattern";

/** The largest number that AWS takes. */
export const MAX_PRIORITY = 50_000;

/**
 * Numbers that rules have; AWS gets them behind those that a maintenance page needs. A third of AWS's numbers, since
 * each rule has up to two copies for people who are let through.
 */
export const RULE_NUMBERS = 16_664;

/** Numbers of rules that say none; those before are for rules that are to come first whatever they match. */
const FIRST = 1000;
const END = RULE_NUMBERS;

/** Literal segments that a path with wildcards starts with count up to here. */
const MAX_DEPTH = 4;
const HOST_RANKS = 3;
/** Exact paths, then those with wildcards by depth (0 to MAX_DEPTH), then any path. */
const PATH_RANKS = MAX_DEPTH + 3;
const FURTHER_RANKS = 2;
const BAND_SIZE = Math.floor((END - FIRST) / (HOST_RANKS * PATH_RANKS * FURTHER_RANKS));

/**
 * How specific a rule is: rules of a lower band come first. Exact hosts come before hosts with wildcards, and
 * those before any host; then exact paths before paths with wildcards, deeper ones before shallow ones, and
 * those before any path; then rules with further conditions before those without. A rule with several values
 * is as specific as the least specific of them.
 */
export function bandOf(conditions: RuleConditions): number {
  const { hosts, paths, methods, headers, queryStrings, sourceIps } = conditions;
  const further = [methods, headers, queryStrings, sourceIps].some((condition) => condition !== undefined);
  return (
    (hostRank(hosts) * PATH_RANKS + pathRank(paths)) * FURTHER_RANKS +
    // The last factor of the order.
    (further ? 0 : 1)
  );
}

/** The number of a rule that says none: within its band, from nothing but its name, so that no other rule moves it. */
export function automaticPriority(name: string, band: number): number {
  const hash = createHash("sha256").update(name).digest().readUInt32BE(0);
  return FIRST + band * BAND_SIZE + (hash % BAND_SIZE);
}

/** A number of a band that is not taken; any other one where the band is full. */
export function freePriority(band: number, isTaken: (priority: number) => boolean): number {
  let priority = FIRST + band * BAND_SIZE;
  while (isTaken(priority)) priority++;
  return priority;
}

function hostRank(hosts: readonly string[] | undefined): number {
  if (hosts === undefined) return HOST_RANKS - 1;
  return isKnown(hosts) && hosts.some((host) => isKnown(host) && hasWildcard(host)) ? 1 : 0;
}

function pathRank(paths: readonly string[] | undefined): number {
  if (paths === undefined) return PATH_RANKS - 1;
  if (!isKnown(paths)) return 0;
  return Math.max(
    ...paths.map((path) => (isKnown(path) && hasWildcard(path) ? 1 + MAX_DEPTH - depth(path) : 0)),
  );
}

/** How many whole segments a path has before its first wildcard: two for `/shop/cart/*`, one for `/shop/ca*`. */
function depth(path: string): number {
  return Math.min(Math.max(literalPrefix(path).split("/").length - 2, 0), MAX_DEPTH);
}
