import { ConnectionFormula, maxConnections, memoryOfClass } from "../../lib/database/max-connections";

describe("maxConnections", () => {
  // What people have seen instances report, which an alarm at four fifths has to stay below.
  it.each<[string, number]>([
    ["db.t2.small", 198],
    ["db.t2.medium", 413],
    ["db.m4.large", 856],
    ["db.r4.large", 1660],
  ])("of PostgreSQL on %s are somewhat fewer than the %d that there are", (instanceClass, reported) => {
    const derived = maxConnections("postgres", memoryOfClass(instanceClass))!;
    expect(derived).toBeLessThan(reported);
    expect(derived).toBeGreaterThan(0.8 * reported);
  });

  it.each<[ConnectionFormula, string, number]>([
    ["postgres", "db.r8g.24xlarge", 5000],
    ["aurora-postgresql", "db.r8g.large", 1599],
    ["mysql", "db.t4g.micro", 59],
    ["mysql", "db.r8g.large", 1211],
    ["mariadb", "db.r8g.24xlarge", 12_000],
    ["aurora-mysql", "db.t4g.medium", 98],
    ["aurora-mysql", "db.r8g.2xlarge", 2912],
  ])("of %s on %s are %d", (engine, instanceClass, connections) => {
    expect(maxConnections(engine, memoryOfClass(instanceClass))).toBe(connections);
  });

  it("are those of the parameter, where it is a number", () => {
    expect(maxConnections("postgres", 4, { max_connections: "200" })).toBe(200);
    expect(
      maxConnections("postgres", 4, { max_connections: "{DBInstanceClassMemory/1000}" }),
    ).toBeUndefined();
  });

  it("are not known for a class that is not known", () => {
    expect(memoryOfClass("db.z9.large")).toBeUndefined();
    expect(memoryOfClass("${var.class}")).toBeUndefined();
    expect(maxConnections("postgres", undefined)).toBeUndefined();
  });
});
