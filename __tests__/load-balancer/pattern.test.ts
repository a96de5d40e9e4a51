import fc from "fast-check";
import { countWildcards, literalPrefix, patternsOverlap } from "../../lib/load-balancer/rules/pattern";

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });

/** Every text of two letters up to a length: what two short patterns have in common is among them. */
const texts = Array.from({ length: 11 }).reduce<string[][]>(
  (all) => [...all, all.at(-1)!.flatMap((text) => [`${text}a`, `${text}b`])],
  [[""]],
);
const TEXTS = texts.flat();

function matching(one: string): RegExp {
  return new RegExp(`^${one.replaceAll("?", ".").replaceAll("*", ".*")}$`);
}

describe("patterns of a listener rule", () => {
  it.each([
    ["/api/*", "/api/v1/*", true],
    ["/api/*", "/shop/*", false],
    ["/api/*", "/*/cart", true],
    ["*.example.com", "shop.example.com", true],
    ["*.example.com", "example.com", false],
    ["/v?/cart", "/v1/*", true],
    ["/v?/cart", "/v10/cart", false],
    ["*", "", true],
    ["?", "", false],
    ["*a", "b*", true],
    ["*.php", "*.html", false],
  ])("%s and %s have requests in common: %s", (one, other, overlap) => {
    expect(patternsOverlap(one, other)).toBe(overlap);
    expect(patternsOverlap(other, one)).toBe(overlap);
  });

  it("overlap where some text matches both, and nowhere else", () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [left, right] = [matching(one), matching(other)];
        const found = TEXTS.some((text) => left.test(text) && right.test(text));
        expect(patternsOverlap(one, other)).toBe(found);
      }),
      { numRuns: 300 },
    );
  });

  it("have a literal beginning, and a number of wildcards", () => {
    expect([literalPrefix("/api/*/x?"), literalPrefix("/api")]).toEqual(["/api/", "/api"]);
    expect([countWildcards("/api/*/x?"), countWildcards("/api")]).toEqual([2, 0]);
  });
});
