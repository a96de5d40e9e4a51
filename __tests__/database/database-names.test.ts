import { identifierFrom } from "../../lib/database/database-names";

describe("identifierFrom", () => {
  it("takes the path as it is, in lower case", () => {
    expect(identifierFrom("shop-Web-Database")).toBe("shop-web-database");
    expect(identifierFrom("2024-Shop")).toBe("shop");
  });

  it("tells long paths with the same start apart", () => {
    const [first, second] = ["Orders", "Users"].map((end) =>
      identifierFrom(`${"department-".repeat(6)}${end}`),
    );
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[a-z](-?[a-z0-9])+$/);
    expect(first!.length).toBeLessThanOrEqual(59);
  });
});
