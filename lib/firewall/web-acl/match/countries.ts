import { PropChecks, isKnown } from "../../../validation";
import { Unreadable, forwardedIp } from "./client-address";
import { MatchLeaf, MatchPlace, StatementBlock } from "./match-leaf";

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_GeoMatchStatement.html */
const MAX_COUNTRIES = 50;

/** Countries that requests come from, as many as one statement takes. */
export class CountriesMatch implements MatchLeaf {
  public readonly capacity = 1;

  public constructor(private readonly countries: readonly string[]) {}

  public check(checks: PropChecks, prop: string): void {
    checkCountries(checks, prop, this.countries);
  }

  public statement(place: MatchPlace, unreadable: Unreadable): StatementBlock {
    return {
      geo_match_statement: {
        country_codes: this.countries,
        ...forwardedIp(place.clientAddress, unreadable),
      },
    };
  }
}

export function checkCountries(checks: PropChecks, prop: string, countries: readonly string[]): void {
  checks.given(prop, countries, "a list of countries", 'As in ["DE", "FR"].');
  checks.list(prop, countries, 'As in ["DE", "FR"].');
  if (!isKnown(countries)) return;
  checks.require(countries.length > 0, {
    prop,
    value: countries,
    allowed: "at least one country",
    remedy: "Leave it out where countries don't matter.",
  });
  for (const country of countries) {
    // UK is reserved, not a country: AWS would never find it.
    checks.matches(prop, country, /^(?!UK)[A-Z]{2}$/, {
      allowed: 'codes of ISO 3166 in two capitals, as in "DE"',
      remedy: "They are listed at https://www.iso.org/obp/ui/#search.",
    });
  }
}

/** Countries in lists of up to 50, always in the same order. */
export function inStatements(countries: readonly string[]): readonly (readonly string[])[] {
  if (!isKnown(countries) || !Array.isArray(countries)) return [countries];
  const each = [...new Set<string>(countries)];
  if (each.every(isKnown)) each.sort();
  const lists = Math.max(1, Math.ceil(each.length / MAX_COUNTRIES));
  return Array.from({ length: lists }, (_, index) =>
    each.slice(index * MAX_COUNTRIES, (index + 1) * MAX_COUNTRIES),
  );
}
