import { PropChecks } from "../../../validation";
import { AddressesMatch, ExistingSetMatch, familiesOf } from "./addresses";
import { CountriesMatch, inStatements } from "./countries";
import { Formula, combine, depthOf, leafOf, leavesOf, negate, statementOf } from "./formula";
import { LabelMatch } from "./label";
import { MatchLeaf, MatchPlace, StatementBlock } from "./match-leaf";
import { RawStatement } from "./raw-statement";
import { BODY, METHOD, PATH, QUERY_STRING, cookie, header } from "./request-parts";
import { ComparedText, RequestPart, TextComparison } from "./text-comparison";

/** What the provider takes: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/wafv2_web_acl */
const MAX_DEPTH = 3;

/**
 * Which requests a rule of a web ACL is for. A match never changes: `and`, `or` and `not` make new ones.
 *
 * @example
 * RequestMatch.path("/admin").and(RequestMatch.notFromAddresses(["192.0.2.0/24"]))
 * RequestMatch.method("POST").and(RequestMatch.path({ regex: "^/v[0-9]+/orders$" }))
 * RequestMatch.header("user-agent", { contains: "curl" }).not()
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html
 */
export class RequestMatch {
  /**
   * A path and all below it: `"/admin"` is met by `/admin`, `/admin/` and `/admin/users`, however they are spelled,
   * but not by `/administrator`; or a path that is compared otherwise. The query string is no part of it.
   */
  public static path(path: string | TextComparison): RequestMatch {
    if (typeof path !== "string") return RequestMatch.compared(PATH, path);
    if (/^\/?$/.test(path)) return RequestMatch.compared(PATH, { startsWith: path });
    const base = path.replace(/\/+$/, "");
    const below = RequestMatch.compared(PATH, { startsWith: `${base}/` });
    return RequestMatch.compared(PATH, { exactly: base }).or(below);
  }

  /** One of some methods, as in `"POST"`, in upper case. */
  public static method(...methods: readonly string[]): RequestMatch {
    return RequestMatch.oneOf(methods.map((exactly) => new ComparedText(METHOD, { exactly })));
  }

  /**
   * A header that has this value, in either case; or that is compared otherwise. A request without it doesn't match.
   *
   * @param name up to 40 letters, digits, hyphens and underscores
   */
  public static header(name: string, value: string | TextComparison): RequestMatch {
    return RequestMatch.named(header, name, value);
  }

  /** A cookie that has this value, in either case; or that is compared otherwise. */
  public static cookie(name: string, value: string | TextComparison): RequestMatch {
    return RequestMatch.named(cookie, name, value);
  }

  /** The query string, without its question mark. */
  public static queryString(comparison: TextComparison): RequestMatch {
    return RequestMatch.compared(QUERY_STRING, comparison);
  }

  /** The body; of one longer than 8192 bytes its start. */
  public static body(comparison: TextComparison): RequestMatch {
    return RequestMatch.compared(BODY, comparison);
  }

  /**
   * Clients in some countries, by the codes of ISO 3166: `["DE", "FR"]`. Private addresses are in none.
   *
   * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-geo-match.html
   */
  public static fromCountries(countries: readonly string[]): RequestMatch {
    return RequestMatch.oneOf(inStatements(countries).map((list) => new CountriesMatch(list)));
  }

  /**
   * Clients with some addresses, IPv4 or IPv6, or in some blocks; kept in sets of the web ACL's own, one for each
   * family. A value known only after deploy counts as an IPv4 block: `${address.publicIp}/32`.
   *
   * @param key part of the sets' addresses, for a second list of a rule, and for one that several rules share.
   * @default - the rule's name
   */
  public static fromAddresses(addresses: readonly string[], key?: string): RequestMatch {
    return RequestMatch.oneOf(
      familiesOf(addresses).map((family) => new AddressesMatch({ ...family, key }, addresses)),
    );
  }

  /** Clients with any other address. */
  public static notFromAddresses(addresses: readonly string[], key?: string): RequestMatch {
    return RequestMatch.fromAddresses(addresses, key).not();
  }

  /** Clients with an address of an IP set that exists. */
  public static fromIpSet(ipSetArn: string): RequestMatch {
    return RequestMatch.oneOf([new ExistingSetMatch(ipSetArn)]);
  }

  /**
   * Requests that an earlier rule put a label on: one of yours, by its name alone, or one of AWS's, as in
   * `"awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"`; all of a namespace where it ends in a colon. A rule
   * with a label of AWS's managed rules comes after them by itself.
   */
  public static label(label: string): RequestMatch {
    return RequestMatch.oneOf([new LabelMatch(label)]);
  }

  /**
   * What else the provider has, by its own names: `{ asn_match_statement: { asn_list: [64496] } }`.
   *
   * @param capacity units that AWS charges for it. @default 1
   */
  public static raw(statement: StatementBlock, capacity = 1): RequestMatch {
    return RequestMatch.oneOf([new RawStatement(statement, capacity)]);
  }

  private static compared(part: RequestPart, comparison: TextComparison): RequestMatch {
    return RequestMatch.oneOf([new ComparedText(part, comparison)]);
  }

  private static named(
    part: (name: string) => RequestPart,
    name: string,
    value: string | TextComparison,
  ): RequestMatch {
    const comparison = typeof value === "string" ? { exactly: value } : value;
    return RequestMatch.compared(part(name), comparison);
  }

  private static oneOf(leaves: readonly MatchLeaf[]): RequestMatch {
    return new RequestMatch(combine("or", leaves.map(leafOf)));
  }

  private constructor(private readonly formula: Formula) {}

  /** Requests that meet the others too. */
  public and(...others: readonly RequestMatch[]): RequestMatch {
    return new RequestMatch(combine("and", [this, ...others].map(formulaOf)));
  }

  /** Requests that meet this one or another one. */
  public or(...others: readonly RequestMatch[]): RequestMatch {
    return new RequestMatch(combine("or", [this, ...others].map(formulaOf)));
  }

  /** All requests but these. */
  public not(): RequestMatch {
    return new RequestMatch(negate(this.formula));
  }

  /**
   * @param maxDepth how many logical statements may stand in each other
   * @internal
   */
  public check(checks: PropChecks, prop: string, maxDepth = MAX_DEPTH): void {
    for (const leaf of this.leaves) leaf.check(checks, prop);
    const depth = depthOf(this.formula);
    checks.require(depth <= maxDepth, {
      prop,
      value: `${depth} logical statements in each other`,
      allowed: `up to ${maxDepth}, as the provider takes no more`,
      remedy:
        "Make several rules of it, or put a label on some requests by one rule and look for it in another.",
    });
  }

  /** @internal */
  public statement(place: MatchPlace): StatementBlock {
    return statementOf(this.formula, place);
  }

  /** @internal */
  public get leaves(): readonly MatchLeaf[] {
    return leavesOf(this.formula);
  }
}

function formulaOf(match: RequestMatch): Formula {
  return match instanceof RequestMatch ? match["formula"] : leafOf(new NoMatch(match));
}

/** What a program combined that nobody type-checked; said where it is used. */
class NoMatch implements MatchLeaf {
  public readonly capacity = 0;

  public constructor(private readonly value: unknown) {}

  public check(checks: PropChecks, prop: string): void {
    const remedy = "Make it by RequestMatch.path(…) and its like.";
    checks.require(false, {
      prop,
      value: this.value,
      allowed: "RequestMatch objects in and() and or()",
      remedy,
    });
  }

  public statement(): StatementBlock {
    return {};
  }
}
