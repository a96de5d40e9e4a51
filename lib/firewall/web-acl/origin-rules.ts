import { PropChecks } from "../../validation";
import { SingleRule } from "./acl-rule";
import { checkAddresses } from "./match/addresses";
import { checkCountries } from "./match/countries";
import { RequestMatch } from "./match/request-match";
import { OUR_RULES } from "./own-rules";
import { PRIORITIES } from "./rule-priorities";

/** Countries whose clients alone are let in, or that are kept out, by the codes of ISO 3166. */
export type Countries = { readonly allow: readonly string[] } | { readonly block: readonly string[] };

/** Where requests may come from. */
export interface RequestOrigins {
  /**
   * Countries whose clients alone are let in, `{ allow: ["DE", "FR"] }`, or that are kept out, `{ block: ["KP"] }`: by
   * where their addresses are said to be, which a VPN gets around. Private addresses are in no country.
   *
   * @default - any
   */
  readonly countries?: Countries;

  /**
   * Addresses and blocks, IPv4 or IPv6, whose requests are let through past all other rules, as of a scanner that is
   * to find what the application lets through. They are not looked at any further: keep the list short.
   *
   * @default - none
   */
  readonly allowAddresses?: readonly string[];

  /**
   * Addresses and blocks whose requests are blocked. A value known only after deploy counts as an IPv4 block.
   *
   * @default - none
   */
  readonly blockAddresses?: readonly string[];
}

export function checkOrigins(checks: PropChecks, origins: RequestOrigins): void {
  const { countries, allowAddresses, blockAddresses } = origins;
  if (allowAddresses !== undefined) checkAddresses(checks, "allowAddresses", allowAddresses);
  if (blockAddresses !== undefined) checkAddresses(checks, "blockAddresses", blockAddresses);
  checks.group("countries", countries, 'As in { block: ["KP"] }.');
  if (countries === undefined) return;
  const { allow, block } = countries as { allow?: readonly string[]; block?: readonly string[] };
  checks.require((allow === undefined) !== (block === undefined), {
    prop: "countries",
    value: countries,
    allowed: "either allow or block",
    remedy: "Countries that are not allowed are blocked anyway.",
  });
  if (allow !== undefined) checkCountries(checks, "countries.allow", allow);
  if (block !== undefined) checkCountries(checks, "countries.block", block);
}

/** The rules about where requests come from, in their order. */
export function originRules({ countries, allowAddresses, blockAddresses }: RequestOrigins): SingleRule[] {
  const addresses = (key: "allowedAddresses" | "blockedAddresses", list: readonly string[] | undefined) =>
    list === undefined || list.length === 0 ? undefined : originRule(key, RequestMatch.fromAddresses(list));
  const rules = [
    addresses("allowedAddresses", allowAddresses),
    addresses("blockedAddresses", blockAddresses),
    countries && originRule("countries", blockedCountries(countries)),
  ];
  return rules.filter((rule) => rule !== undefined);
}

function blockedCountries(countries: Countries): RequestMatch {
  return "allow" in countries && countries.allow !== undefined
    ? RequestMatch.fromCountries(countries.allow).not()
    : RequestMatch.fromCountries((countries as { block: readonly string[] }).block);
}

function originRule(
  key: "allowedAddresses" | "blockedAddresses" | "countries",
  match: RequestMatch,
): SingleRule {
  return {
    kind: "single",
    name: OUR_RULES[key],
    priority: PRIORITIES[key],
    match,
    capacity: 0,
    action: key === "allowedAddresses" ? "allow" : "block",
    statement: (place) => match.statement(place),
  };
}
