import { Capture, Match, ResourceAssertions, expectMatch } from "../../../lib/testing/assertions";
import { resource } from "./resources";

const ROLES = new ResourceAssertions("stack shop", [
  resource("aws_lb.B", { name: "b", internal: true, ports: [80, 443] }),
  resource("aws_lb.A", { name: "a", internal: true, ports: [22, 443] }),
  resource("aws_lb.C", { name: "c", internal: false }),
]);

function captured(capture: Capture): string[] {
  const values = [capture.asString()];
  while (capture.next()) values.push(capture.asString());
  return values;
}

describe("Capture", () => {
  it("has the values of all resources that match as a whole, by address, and no others", () => {
    const name = new Capture();
    ROLES.hasResource("aws_lb", { name, internal: true });
    expect(captured(name)).toEqual(["a", "b"]);
  });

  it("stays where it is when there is no next value", () => {
    const name = new Capture();
    ROLES.hasResource("aws_lb", { name, internal: false });
    expect(name.next()).toBe(false);
    expect(name.asString()).toBe("c");
  });

  it("takes one value a match, whichever assertion it is in", () => {
    const assertions: ((name: Capture) => void)[] = [
      (name) => ROLES.hasResource("aws_lb", { name }),
      (name) => ROLES.allResources("aws_lb", { name }),
      (name) => ROLES.resourcePropertiesCountIs("aws_lb", { name }, 3),
      (name) => ROLES.findResources("aws_lb", { name }),
    ];
    for (const assertion of assertions) {
      const name = new Capture();
      assertion(name);
      expect(captured(name)).toEqual(["a", "b", "c"]);
    }
    const only = new Capture();
    ROLES.onlyResource("aws_lb", { name: only, internal: false });
    expect(captured(only)).toEqual(["c"]);
  });

  it("takes nothing from an assertion that fails", () => {
    const name = new Capture();
    for (const assertion of [
      () => ROLES.allResources("aws_lb", { name, internal: true }),
      () => ROLES.resourcePropertiesCountIs("aws_lb", { name }, 2),
      () => ROLES.onlyResource("aws_lb", { name }),
      () => ROLES.hasNoResource("aws_lb", { name }),
      () => expectMatch("value", ["a", 1], [name, 2]),
    ]) {
      expect(assertion).toThrow("expected");
    }
    expect(() => name.asString()).toThrow("Nothing was captured");
  });

  it("matches only what its own pattern matches", () => {
    const name = new Capture(Match.stringLikeRegexp("[bc]"));
    ROLES.hasResource("aws_lb", { name });
    expect(captured(name)).toEqual(["b", "c"]);
    expect(() => ROLES.hasResource("aws_lb", { name: new Capture("d") })).toThrow(
      'name: expected "d", found "a"',
    );
    expect(() => ROLES.hasResource("aws_lb", { zone: new Capture() })).toThrow(
      "zone: expected any value, found nothing",
    );
  });

  it("matches an object in its pattern whole", () => {
    expect(() => expectMatch("value", { a: 1, b: 2 }, new Capture({ a: 1 }))).toThrow(
      "b: expected nothing, found 2",
    );
  });

  it("captures inside arrays, objects and JSON", () => {
    const [last, action, whole] = [new Capture(443), new Capture(), new Capture()];
    ROLES.hasResource("aws_lb", { name: "a", ports: Match.arrayWith([last]) });
    expectMatch("policy", '{"Action":["s3:*"]}', Match.serializedJson({ Action: action }));
    expectMatch("whole", { a: { b: true } }, whole);
    expect([last.asNumber(), action.asArray(), whole.asObject()]).toEqual([
      443,
      ["s3:*"],
      { a: { b: true } },
    ]);
  });

  it("gives a value as what it is, and says what else it is", () => {
    const value = new Capture();
    expectMatch("value", true, value);
    expect(value.asBoolean()).toBe(true);
    for (const [read, kind] of [
      [() => value.asString(), "text"],
      [() => value.asNumber(), "a number"],
      [() => value.asArray(), "a list"],
      [() => value.asObject(), "an object"],
    ] as const) {
      expect(read).toThrow(`The captured value was expected to be ${kind}, found true`);
    }
    const list = new Capture();
    expectMatch("list", [1], list);
    expect(() => list.asObject()).toThrow("expected to be an object, found [1]");
    expect(() => list.asBoolean()).toThrow("expected to be true or false, found [1]");
  });

  it("says that nothing was captured, also in Match.not", () => {
    const name = new Capture("x");
    ROLES.hasResource("aws_lb", { name: Match.not(name) });
    expect(() => name.asString()).toThrow(
      "Nothing was captured: use the capture in the pattern of an assertion that holds, and outside of Match.not.",
    );
    expect(name.next()).toBe(false);
  });
});
