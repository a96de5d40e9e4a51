import { Token } from "cdktf";
import {
  InfrastructureAssertionError,
  KNOWN_AFTER_APPLY,
  Match,
  SENSITIVE_VALUE,
  expectMatch,
} from "../../../lib/testing/assertions";

/** Lines of the error below its heading, without the indent; none if the value matches. */
function mismatches(actual: unknown, pattern: unknown): string[] {
  try {
    expectMatch("value", actual, pattern);
    return [];
  } catch (error) {
    if (!(error instanceof InfrastructureAssertionError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

const MATCHES: string[] = [];

describe("Literals", () => {
  it.each([
    ["text", "text"],
    [5432, 5432],
    [false, false],
    [
      [1, [2]],
      [1, [2]],
    ],
    [{ a: { b: [1] } }, { a: { b: [1] } }],
  ])("match what is equal: %j", (actual, pattern) => {
    expect(mismatches(actual, pattern)).toEqual(MATCHES);
  });

  it("tell a number from text, and true from 1", () => {
    expect(mismatches({ port: "80", on: 1 }, { port: 80, on: true })).toEqual([
      'port: expected 80, found "80"',
      "on: expected true, found 1",
    ]);
  });

  it("match objects in part, at any depth and in arrays, but arrays whole", () => {
    const actual = { ingress: [{ from_port: 80, to_port: 81 }], name: "web" };
    expect(mismatches(actual, { ingress: [{ from_port: 80 }] })).toEqual(MATCHES);
    expect(mismatches(actual, { ingress: [] })).toEqual([
      "ingress[0]: expected the end of the list, found { from_port: 80, to_port: 81 }",
    ]);
  });

  it("treat null as not set, as Terraform does", () => {
    expect(mismatches({ a: null }, { a: undefined, b: null })).toEqual(MATCHES);
    expect(mismatches({ a: null }, { a: 1 })).toEqual(["a: expected 1, found nothing"]);
    expect(mismatches({ a: 1 }, { a: null })).toEqual(["a: expected nothing, found 1"]);
  });

  it("match objects that have no prototype", () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    expect(mismatches({ tags: bare }, { tags: { a: 1 } })).toEqual(MATCHES);
    expect(mismatches({ tags: { a: 2 } }, { tags: bare })).toEqual(["tags.a: expected 1, found 2"]);
  });

  it("don't match what an object has from its prototype", () => {
    expect(mismatches({}, { constructor: Match.anyValue() })).toEqual([
      "constructor: expected any value, found nothing",
    ]);
  });

  it("say that a block is a list where an object was wanted", () => {
    expect(mismatches({ logs: [{ on: true }] }, { logs: { on: true } })).toEqual([
      "logs: expected { on: true }, found [{ on: true }] (it is a list: write [{ … }])",
    ]);
  });

  it("are refused where nothing could ever equal them", () => {
    expect(() => expectMatch("value", "web", /web/)).toThrow(
      "A pattern has a RegExp in it, which no attribute can be. Write Match.stringLikeRegexp(/web/).",
    );
    expect(() => expectMatch("value", "web", [() => 1])).toThrow("A pattern has the function");
    expect(() => expectMatch("value", "web", { at: new Date(0) })).toThrow("A pattern has a Date in it");
    expect(() => expectMatch("value", "web", { id: Token.asString({ resolve: () => "vpc-1" }) })).toThrow(
      "A pattern has a token of CDKTF in it",
    );
  });
});

describe("Match", () => {
  it("finds nothing where absent() is wanted", () => {
    expect(mismatches({ a: null }, { a: Match.absent(), b: Match.absent() })).toEqual(MATCHES);
    expect(mismatches({ tags: { a: "" } }, { tags: { a: Match.absent() } })).toEqual([
      'tags.a: expected nothing, found ""',
    ]);
  });

  it("finds anything but nothing where anyValue() is wanted", () => {
    const any = Match.anyValue();
    expect(mismatches({ a: false, b: 0, c: "", d: [] }, { a: any, b: any, c: any, d: any })).toEqual(MATCHES);
    expect(mismatches({ a: null }, { a: any, b: any })).toEqual([
      "a: expected any value, found nothing",
      "b: expected any value, found nothing",
    ]);
  });

  it("takes no part for the whole where exact() is wanted", () => {
    expect(mismatches({ a: { b: [{ c: 1 }] } }, { a: Match.exact({ b: [{ c: 1 }] }) })).toEqual(MATCHES);
    expect(mismatches({ a: { b: [{ c: 1, d: 2 }] } }, { a: Match.exact({ b: [{ c: 1 }] }) })).toEqual([
      "a.b[0].d: expected nothing, found 2",
    ]);
  });

  it("refuses matchers inside exact()", () => {
    const error = "Match.exact takes a value without matchers in it.";
    expect(() => Match.exact({ a: [Match.anyValue()] })).toThrow(error);
    expect(() => Match.exact(expect.anything())).toThrow(error);
  });

  it("skips other elements with arrayWith(), but keeps the order", () => {
    const actual = { ports: [22, 80, 81, 443] };
    expect(mismatches(actual, { ports: Match.arrayWith([80, 443]) })).toEqual(MATCHES);
    expect(mismatches(actual, { ports: Match.arrayWith([]) })).toEqual(MATCHES);
    expect(mismatches(actual, { ports: Match.arrayWith([443, 80]) })).toEqual([
      "ports: expected 80 after [3], found [22, 80, 81, 443] (it is at [1])",
    ]);
  });

  it("needs an element of its own for each of arrayWith()", () => {
    expect(mismatches([80, 81], Match.arrayWith([80, 80]))).toEqual([
      "expected 80 after [0], found [80, 81] (it is at [0])",
    ]);
    expect(mismatches([80, 81, 80], Match.arrayWith([80, 80]))).toEqual(MATCHES);
  });

  it("shows the element that comes nearest to one of arrayWith(), if it has any part", () => {
    const ingress = [
      { from_port: 22, protocol: "udp" },
      { from_port: 80, protocol: "tcp" },
    ];
    const like = Match.objectLike({ from_port: 443, protocol: "tcp" });
    expect(mismatches({ ingress }, { ingress: Match.arrayWith([like]) })).toEqual([
      "ingress[1].from_port: expected 443, found 80",
    ]);
    expect(mismatches(["a", "b"], Match.arrayWith(["c"]))).toEqual([
      'expected a list with "c", found ["a", "b"]',
    ]);
    expect(mismatches({}, { ports: Match.arrayWith([1]) })).toEqual([
      "ports: expected a list with [1], found nothing",
    ]);
  });

  it("matches objects whole inside arrayWith(), arrayEquals() and objectEquals()", () => {
    const actual = [{ a: 1, b: 2 }];
    expect(mismatches(actual, Match.arrayEquals([Match.objectLike({ a: 1 })]))).toEqual(MATCHES);
    for (const pattern of [Match.arrayWith([{ a: 1 }]), Match.arrayEquals([{ a: 1 }])]) {
      expect(mismatches(actual, pattern)).toEqual(["[0].b: expected nothing, found 2"]);
    }
    expect(mismatches({ list: actual }, Match.objectEquals({ list: [{ a: 1 }] }))).toEqual([
      "list[0].b: expected nothing, found 2",
    ]);
  });

  it("wants every element and no other with arrayEquals()", () => {
    expect(mismatches([1, 2], Match.arrayEquals([1, Match.anyValue()]))).toEqual(MATCHES);
    expect(mismatches([1], Match.arrayEquals([2, 3]))).toEqual([
      "[0]: expected 2, found 1",
      "[1]: expected 3, found nothing",
    ]);
    expect(mismatches("1", Match.arrayEquals([1]))).toEqual(['expected [1], found "1"']);
    expect(mismatches([null], Match.arrayEquals([]))).toEqual([
      "[0]: expected the end of the list, found nothing",
    ]);
  });

  it("leaves other entries alone with objectLike(), also inside of a whole one", () => {
    const actual = { a: { b: { c: 1, d: 2 }, e: 3 } };
    expect(mismatches(actual, Match.objectLike({ a: { b: { c: 1 } } }))).toEqual(MATCHES);
    const nested = { a: Match.objectEquals({ b: Match.objectLike({ d: 2 }), e: 3 }) };
    expect(mismatches(actual, nested)).toEqual(MATCHES);
    expect(mismatches({ a: 5 }, Match.objectLike({ a: { b: 1 } }))).toEqual([
      "a: expected { b: 1 }, found 5",
    ]);
  });

  it("wants every entry and no other with objectEquals(), where null is no entry", () => {
    expect(mismatches({ a: { b: 1 }, c: null }, Match.objectEquals({ a: { b: 1 } }))).toEqual(MATCHES);
    expect(mismatches({ a: { b: 1, x: 2 }, y: 3 }, Match.objectEquals({ a: { b: 2 } }))).toEqual([
      "a.b: expected 2, found 1",
      "a.x: expected nothing, found 2",
      "y: expected nothing, found 3",
    ]);
  });

  it("turns a pattern round with not(), and what isn't set is not the pattern", () => {
    expect(mismatches({ a: 1 }, { a: Match.not(2), b: Match.not(2) })).toEqual(MATCHES);
    expect(mismatches({ a: { b: 1, c: 1 } }, { a: Match.not({ b: 1 }) })).toEqual(MATCHES);
    expect(mismatches({ a: "web" }, { a: Match.not(Match.stringLikeRegexp("^w")) })).toEqual([
      'a: expected anything but text like /^w/, found "web"',
    ]);
    expect(mismatches({}, { a: Match.not(Match.absent()) })).toEqual([
      "a: expected anything but nothing, found nothing",
    ]);
  });

  it("finds a regular expression in text only, given either way", () => {
    expect(mismatches(["shop-web", "shop"], [Match.stringLikeRegexp("^shop"), /x/].slice(0, 1))).toHaveLength(
      1,
    );
    expect(mismatches("shop-web", Match.stringLikeRegexp("^shop"))).toEqual(MATCHES);
    expect(mismatches("shop-web", Match.stringLikeRegexp(/WEB$/i))).toEqual(MATCHES);
    expect(mismatches({ Name: "web" }, { Name: Match.stringLikeRegexp(/^shop/) })).toEqual([
      'Name: expected text like /^shop/, found "web"',
    ]);
    expect(mismatches(80, Match.stringLikeRegexp("80"))).toEqual(["expected text like /80/, found 80"]);
  });

  it("begins anew with a global expression every time", () => {
    const web = Match.stringLikeRegexp(/web/g);
    expect(mismatches(["web", "web"], [web, web])).toEqual(MATCHES);
  });

  it("reads JSON in text, and shows where its content differs", () => {
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*" }] });
    const effect = (wanted: string) =>
      Match.serializedJson(
        Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Effect: wanted, Action: "*" })]) }),
      );
    expect(mismatches({ policy }, { policy: effect("Allow") })).toEqual(MATCHES);
    expect(mismatches({ policy }, { policy: effect("Deny") })).toEqual([
      'policy.Statement[0].Effect: expected "Deny", found "Allow"',
    ]);
    expect(mismatches('{"a":1,"b":2}', Match.serializedJson({ a: 1 }))).toEqual([
      "b: expected nothing, found 2",
    ]);
  });

  it("says so where serializedJson() finds no JSON", () => {
    const pattern = Match.serializedJson({ a: 1 });
    expect(mismatches("{a", pattern)).toEqual(['expected JSON of { a: 1 }, found "{a"']);
    expect(mismatches({ a: 1 }, pattern)).toEqual(["expected JSON of { a: 1 }, found { a: 1 }"]);
    expect(mismatches("null", Match.serializedJson(Match.absent()))).toEqual(MATCHES);
  });

  it("knows what is known after apply", () => {
    expect(mismatches({ id: KNOWN_AFTER_APPLY }, { id: Match.knownAfterApply() })).toEqual(MATCHES);
    expect(mismatches({ id: KNOWN_AFTER_APPLY }, { id: Match.anyValue() })).toEqual(MATCHES);
    expect(mismatches({ id: "i-1" }, { id: Match.knownAfterApply() })).toEqual([
      'id: expected (known after apply), found "i-1"',
    ]);
  });

  it("takes the test framework's matchers anywhere, and prints them as it does", () => {
    const actual = { name: "shop-web", ports: [80], on: "yes" };
    expect(
      mismatches(actual, {
        name: expect.stringContaining("web"),
        ports: Match.arrayWith([expect.any(Number)]),
      }),
    ).toEqual(MATCHES);
    expect(mismatches(actual, expect.objectContaining({ on: "yes" }))).toEqual(MATCHES);
    expect(
      mismatches(actual, {
        name: expect.stringMatching(/^web/),
        ports: [expect.any(String)],
        on: { asymmetricMatch: () => false },
      }),
    ).toEqual([
      'name: expected StringMatching /^web/, found "shop-web"',
      "ports[0]: expected Any<String>, found 80",
      'on: expected what asymmetricMatch accepts, found "yes"',
    ]);
  });
});

describe("Mismatches", () => {
  it("suggest the name that is there, for camelCase and for typos", () => {
    const actual = { cidr_block: "10.0.0.0/16", tags: { Name: "a" } };
    expect(mismatches(actual, { cidrBlock: "x", cidr_blokc: "y", tags: { name: "a" } })).toEqual([
      'cidrBlock: expected "x", found nothing (did you mean cidr_block?)',
      'cidr_blokc: expected "y", found nothing (did you mean cidr_block?)',
      'tags.name: expected "a", found nothing (did you mean Name?)',
    ]);
    expect(mismatches(actual, { cidr_block: "10.0.0.0/16", cidr_blocks: 1, zone: 2 })).toEqual([
      "cidr_blocks: expected 1, found nothing",
      "zone: expected 2, found nothing",
    ]);
  });

  it("quote keys that are no plain names", () => {
    expect(mismatches({ tags: { "aws:name": "a" } }, { tags: { "aws:name": "b" } })).toEqual([
      'tags["aws:name"]: expected "b", found "a"',
    ]);
  });

  it("show sensitive values as Terraform does", () => {
    expect(mismatches({ password: SENSITIVE_VALUE }, { password: "x" })).toEqual([
      'password: expected "x", found (sensitive value)',
    ]);
  });

  it("shorten long values, but show where two texts begin to differ", () => {
    const [same, rest] = ["s".repeat(500), "r".repeat(500)];
    const [line] = mismatches(`${same}A${rest}`, `${same}B${rest}`);
    expect(line).toMatch(/^expected …s{30}Br+…, found …s{30}Ar+…$/);
    expect(mismatches({ a: [same, rest] }, { a: 1 })[0]!.length).toBeLessThan(200);
  });
});
