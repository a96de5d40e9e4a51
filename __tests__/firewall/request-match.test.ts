import { TerraformVariable } from "cdktf";
import { RequestMatch, TextComparison } from "../../lib";
import { Config, testStack } from "../support/synth";
import { statementOf, testWebAcl } from "../support/web-acl";

const transformations = (...types: string[]) => types.map((type, priority) => ({ priority, type }));

/** A statement in few words: kinds and what they look for. */
function short(statement: Config): unknown {
  const [[kind, content]] = Object.entries<Config>(statement) as [[string, Config]];
  const word = kind.replace(/_statement$/, "");
  if (["and", "or"].includes(word)) return { [word]: content.statement.map(short) };
  if (word === "not") return { not: short(content.statement[0]) };
  return content.search_string ?? content.country_codes?.join() ?? content.key ?? word;
}

const only = (statement: RequestMatch) => short(statementOf(statement));
const of = (name: string) => RequestMatch.header("x", name);

describe("a match of a request", () => {
  it("is for a path and all below it, however they are spelled", () => {
    const text_transformation = transformations("URL_DECODE", "NORMALIZE_PATH", "LOWERCASE");
    const field_to_match = { uri_path: {} };
    expect(statementOf(RequestMatch.path("/Admin/"))).toEqual({
      or_statement: {
        statement: [
          {
            byte_match_statement: {
              positional_constraint: "EXACTLY",
              search_string: "/admin",
              field_to_match,
              text_transformation,
            },
          },
          {
            byte_match_statement: {
              positional_constraint: "STARTS_WITH",
              search_string: "/admin/",
              field_to_match,
              text_transformation,
            },
          },
        ],
      },
    });
    expect(only(RequestMatch.path("/"))).toBe("/");
  });

  it.each<[string, TextComparison, Config]>([
    ["exactly", { exactly: "/a" }, { positional_constraint: "EXACTLY" }],
    ["at the start", { startsWith: "/a" }, { positional_constraint: "STARTS_WITH" }],
    ["at the end", { endsWith: ".php" }, { positional_constraint: "ENDS_WITH" }],
    ["anywhere", { contains: ".." }, { positional_constraint: "CONTAINS" }],
    ["as a word", { containsWord: "admin" }, { positional_constraint: "CONTAINS_WORD" }],
  ])("finds a text %s", (_, comparison, expected) => {
    expect(statementOf(RequestMatch.path(comparison)).byte_match_statement).toMatchObject(expected);
  });

  it("compares by a regular expression, which Terraform takes for nothing else", () => {
    expect(statementOf(RequestMatch.path({ regex: "^/v\\d+/${x}$" })).regex_match_statement).toMatchObject({
      regex_string: "^/v\\d+/$${x}$",
    });
  });

  it("looks for injections behind encodings", () => {
    const text_transformation = transformations("URL_DECODE", "HTML_ENTITY_DECODE");
    expect(statementOf(RequestMatch.queryString({ sqlInjection: "high" }))).toEqual({
      sqli_match_statement: {
        sensitivity_level: "HIGH",
        field_to_match: { query_string: {} },
        text_transformation,
      },
    });
    expect(statementOf(RequestMatch.body({ crossSiteScripting: true }))).toEqual({
      xss_match_statement: {
        field_to_match: { body: { oversize_handling: "CONTINUE" } },
        text_transformation,
      },
    });
  });

  it("counts bytes as they are, and takes a body that is cut off for a longer one", () => {
    expect(statementOf(RequestMatch.body({ largerThan: 8192 }))).toEqual({
      size_constraint_statement: {
        comparison_operator: "GT",
        size: 8192,
        field_to_match: { body: { oversize_handling: "MATCH" } },
        text_transformation: transformations("NONE"),
      },
    });
  });

  it("finds headers, cookies and methods", () => {
    const field = (match: RequestMatch) => statementOf(match).byte_match_statement;
    expect(field(RequestMatch.header("User-Agent", { contains: "CURL" }))).toMatchObject({
      field_to_match: { single_header: { name: "user-agent" } },
      search_string: "curl",
      text_transformation: transformations("LOWERCASE"),
    });
    expect(field(RequestMatch.cookie("Session", "x")).field_to_match).toEqual({
      cookies: {
        match_pattern: { included_cookies: ["Session"] },
        match_scope: "VALUE",
        oversize_handling: "CONTINUE",
      },
    });
    expect(field(RequestMatch.method("POST"))).toMatchObject({
      search_string: "POST",
      text_transformation: transformations("NONE"),
    });
    expect(only(RequestMatch.method("PUT", "POST"))).toEqual({ or: ["PUT", "POST"] });
  });

  it("compares as it is told", () => {
    const { byte_match_statement: found } = statementOf(
      RequestMatch.path({ exactly: "/Admin", transformations: ["URL_DECODE_UNI"] }),
    );
    expect(found).toMatchObject({
      search_string: "/Admin",
      text_transformation: transformations("URL_DECODE_UNI"),
    });
  });

  it("takes texts that are known only after deploy", () => {
    const stack = testStack();
    const secret = new TerraformVariable(stack, "secret", { type: "string" }).stringValue;
    const rules = {
      origin: { statement: RequestMatch.header("x-origin", secret).not(), action: "block" },
    } as const;
    const { not_statement } = testWebAcl({ rules }, stack).rules().origin!.statement;
    expect(short(not_statement.statement[0])).toBe("${lower(var.secret)}");
  });

  it("names countries in one order, fifty to a statement", () => {
    expect(only(RequestMatch.fromCountries(["FR", "DE", "FR"]))).toBe("DE,FR");
    const many = Array.from({ length: 60 }, (_, index) =>
      String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
    );
    const { or } = only(RequestMatch.fromCountries(many)) as { or: string[] };
    expect(or.map((codes) => codes.split(",").length)).toEqual([50, 10]);
  });

  it("finds labels, and namespaces of labels", () => {
    expect(statementOf(RequestMatch.label("shop:marked"))).toEqual({
      label_match_statement: { key: "shop:marked", scope: "LABEL" },
    });
    expect(statementOf(RequestMatch.label("shop:"))).toMatchObject({
      label_match_statement: { scope: "NAMESPACE" },
    });
  });

  it("refers to a set of addresses that exists", () => {
    const arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/office/1234abcd";
    expect(statementOf(RequestMatch.fromIpSet(arn))).toEqual({ ip_set_reference_statement: { arn } });
  });

  it("hands on what else the provider has", () => {
    const statement = { asn_match_statement: { asn_list: [64_496] } };
    expect(statementOf(RequestMatch.raw(statement))).toEqual(statement);
  });
});

describe("matches combined", () => {
  it("are lists, not lists in lists", () => {
    expect(only(of("a").and(of("b")).and(of("c")))).toEqual({ and: ["a", "b", "c"] });
    expect(only(of("a").or(of("b").or(of("c"))))).toEqual({ or: ["a", "b", "c"] });
    expect(only(of("a").and(of("b").or(of("c"))))).toEqual({ and: ["a", { or: ["b", "c"] }] });
  });

  it("are negated at single comparisons, so that they stay flat", () => {
    expect(only(of("a").and(of("b")).not())).toEqual({ or: [{ not: "a" }, { not: "b" }] });
    expect(only(of("a").or(of("b")).not())).toEqual({ and: [{ not: "a" }, { not: "b" }] });
    expect(only(of("a").not().not())).toBe("a");
    expect(only(of("p").and(of("a").or(of("b")).not()))).toEqual({
      and: ["p", { not: "a" }, { not: "b" }],
    });
  });

  it("never change", () => {
    const one = of("a");
    one.and(of("b"));
    one.not();
    expect(only(one)).toBe("a");
  });

  it("mean the opposite of an address that can't be read where they are negated", () => {
    const fallbacks = (statement: RequestMatch, action: "allow" | "block") =>
      JSON.stringify(
        testWebAcl({
          clientAddress: "forwardedAddress",
          rateLimit: false,
          rules: { mine: { statement, action } },
        }).rules().mine!.statement,
      ).match(/(NO_)?MATCH"/g);
    const office = RequestMatch.fromAddresses(["192.0.2.7"]).or(RequestMatch.fromCountries(["DE"]));
    expect(fallbacks(office, "block")).toEqual(['MATCH"', 'MATCH"']);
    expect(fallbacks(office.not(), "block")).toEqual(['NO_MATCH"', 'NO_MATCH"']);
    expect(fallbacks(office, "allow")).toEqual(['NO_MATCH"', 'NO_MATCH"']);
  });
});

describe("capacity of own rules", () => {
  const capacity = (statement: RequestMatch) => {
    const managedRules = Object.fromEntries(
      ["ipReputation", "anonymousIp", "knownBadInputs", "common", "sqlInjection"].map((word) => [
        word,
        false,
      ]),
    );
    return testWebAcl({
      managedRules,
      rateLimit: false,
      rules: { mine: { statement, action: "block" } },
    }).webAcl.capacity;
  };

  it("is what AWS charges for comparisons, and for each transformation of a part once", () => {
    expect(capacity(RequestMatch.path("/admin"))).toBe(2 + 2 + 3 * 10);
    expect(capacity(RequestMatch.path("/admin").or(RequestMatch.path({ contains: "x" })))).toBe(4 + 10 + 30);
    expect(capacity(RequestMatch.method("GET"))).toBe(2);
    expect(capacity(RequestMatch.body({ sqlInjection: "high" }))).toBe(30 + 20);
    expect(capacity(RequestMatch.body({ crossSiteScripting: true }))).toBe(40 + 20);
    expect(capacity(RequestMatch.fromAddresses(["192.0.2.7", "2001:db8::7"]))).toBe(2);
    expect(capacity(RequestMatch.raw({ asn_match_statement: {} }, 7))).toBe(7);
  });
});
