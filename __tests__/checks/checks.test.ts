import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CheckRow, failing, judged } from "./check-row";
import { NOT_APPLICABLE } from "./not-applicable";
import { page } from "./page";
import { ROWS } from "./rows";
import { TOPOLOGIES, topology } from "./topologies";
import { UNMET } from "./unmet";
import { failures, passes, unmetOn } from "./verdicts";

const named = ROWS.map((row): [string, CheckRow] => [row.ids.join(", "), row]);

describe.each(TOPOLOGIES)("the stack %s", (name) => {
  const about = ROWS.filter((row) => judged(row, topology(name)).length > 0);

  it("fails no check that is not listed with a reason", () => {
    const known = ROWS.filter((row) => unmetOn(row, name)).map((row) => row.ids[0]!);
    expect(Object.entries(failures(name)).filter(([id]) => !known.includes(id))).toEqual([]);
  });

  it("fails every check that is listed", () => {
    const met = about.filter((row) => unmetOn(row, name) && passes(row, topology(name)));
    expect(met.map((row) => row.ids[0])).toEqual([]);
  });
});

describe("a check", () => {
  it.each(named)("notices what it is about: %s", (_, row) => {
    const stacks = TOPOLOGIES.map((name) => topology(name).copy()).filter(
      (stack) => judged(row, stack).length > 0,
    );
    expect(stacks.length).toBeGreaterThan(0);
    const met = stacks.filter((stack) => passes(row, stack));
    if (met.length === 0) {
      row.mends?.(stacks[0]!);
      expect(failing(row, stacks[0]!)).toEqual([]);
      met.push(stacks[0]!);
    }
    const mutations = [row.breaks].flat();
    const noticed = met.map((stack) =>
      mutations.map((breaks) => {
        const copy = stack.copy();
        breaks(copy);
        return failing(row, copy).length > 0;
      }),
    );
    expect(noticed.every((each) => each.some(Boolean))).toBe(true);
    expect(mutations.map((_, index) => noticed.some((each) => each[index]))).not.toContain(false);
  });
});

describe("the lists", () => {
  const ids = ROWS.flatMap((row) => row.ids);

  it("have each check once", () => {
    const all = [...ids, ...NOT_APPLICABLE.flatMap((entry) => entry.ids)];
    expect(all.filter((id, position) => all.indexOf(id) !== position)).toEqual([]);
  });

  it("name checks that are there, for stacks in which there is something to judge", () => {
    for (const { ids: some, on } of UNMET) {
      expect(some.filter((id) => !ids.includes(id))).toEqual([]);
      const rows = ROWS.filter((row) => row.ids.some((id) => some.includes(id)));
      for (const name of on) {
        expect(rows.some((row) => judged(row, topology(name)).length > 0)).toBe(true);
      }
    }
  });

  it("have one reason for a check on a stack", () => {
    const claims = UNMET.flatMap(({ ids: some, on }) =>
      on.flatMap((name) =>
        ROWS.filter((row) => row.ids.some((id) => some.includes(id))).map((row) => `${row.ids[0]} ${name}`),
      ),
    );
    expect(claims.filter((claim, position) => claims.indexOf(claim) !== position)).toEqual([]);
  });
});

describe("docs/security-checks.md", () => {
  it("is what the lists say; npm run docs:write writes it", () => {
    const written = readFileSync(join(__dirname, "..", "..", "docs", "security-checks.md"), "utf8");
    expect(written).toBe(page());
  });
});
