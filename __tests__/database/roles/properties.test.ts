import fc from "fast-check";
import {
  DatabaseRoles,
  checkRoles,
  formatRoles,
  nodeChanges,
  nodesOf,
  parseRoles,
  readersOf,
  stageOf,
} from "../../../lib/database/roles";
import { walks } from "./random-steps";

/** A property of every step of every walk. */
function everyStep(holds: (before: DatabaseRoles, after: DatabaseRoles) => void, losses = true): void {
  fc.assert(
    fc.property(walks({ maxLength: 20, losses }), ({ stops }) => {
      stops.slice(1).forEach((after, index) => holds(stops[index]!, after));
    }),
    { numRuns: 100 },
  );
}

const names = (roles: DatabaseRoles) => nodesOf(roles).map(({ node }) => node);

describe("random sequences of legal steps", () => {
  it("lead to legal roles only, with exactly one primary", () => {
    everyStep((_, after) => {
      checkRoles(after);
      const outOfService = [...after.restored, ...after.retired].map(({ node }) => node);
      const writers = nodesOf(after).filter(
        ({ node, replicates }) => replicates === undefined && !outOfService.includes(node),
      );
      expect(writers).toEqual([after.primary]);
      expect(new Set(names(after)).size).toBe(names(after).length);
      expect(stageOf(after)).toMatch(/^(normal|failed over|rebuilt|switched back|degraded)$/);
    });
  });

  it("attach no instance in place, and give none another source", () => {
    everyStep((before, after) => {
      const was = new Map(nodesOf(before).map((one) => [one.node, one.replicates]));
      for (const { node, replicates } of nodesOf(after)) {
        if (was.has(node) && replicates !== undefined) expect(replicates).toBe(was.get(node));
      }
    });
  });

  it("never delete the only copy: what is deleted is retired, and the primary stays", () => {
    everyStep((before, after) => {
      const deleted = nodeChanges(before, after).filter(({ kind }) => kind === "delete");
      if (deleted.length === 0) return;
      expect(before.retired.map(({ node }) => node)).toEqual(
        expect.arrayContaining(deleted.map(({ node }) => node)),
      );
      expect(after.primary).toEqual(before.primary);
    }, false);
  });

  it("never promote and delete in one step", () => {
    everyStep((before, after) => {
      const kinds = nodeChanges(before, after).map(({ kind }) => kind);
      expect(kinds.includes("promote") && kinds.includes("delete")).toBe(false);
      expect(kinds.filter((kind) => kind === "promote").length).toBeLessThanOrEqual(1);
    }, false);
  });

  it("delete nothing in service but a primary that is lost", () => {
    everyStep((before, after) => {
      const gone = nodeChanges(before, after).filter(({ kind }) => kind === "delete");
      const inService = gone.filter(({ node }) => !before.retired.some((one) => one.node === node));
      expect(inService.map(({ node }) => node)).toEqual(inService.length === 0 ? [] : [before.primary.node]);
    });
  });

  it("use no name twice", () => {
    everyStep((before, after) => {
      const made = names(after).filter((node) => !names(before).includes(node));
      expect(before.deleted.filter((node) => made.includes(node))).toEqual([]);
      expect(before.deleted.filter((node) => !after.deleted.includes(node))).toEqual([]);
    });
  });

  it("leave the reader's name an answer at every moment, whichever record Terraform changes first", () => {
    // With slots that take no reads too.
    for (const silent of ["", "b", "abc"]) {
      const readers = (roles: DatabaseRoles) => [
        ...readersOf(roles, (node) => silent.includes(node[0]!)).keys(),
      ];
      everyStep((before, after) => {
        const isLost = after.deleted.includes(before.primary.node) && readers(before).length === 1;
        if (isLost) return;
        // A record that is there before and after is there all along; a new one may come late.
        expect(readers(before).filter((node) => readers(after).includes(node))).not.toEqual([]);
      });
    }
  });

  it("are written to a file and read again as they were", () => {
    everyStep((_, after) => expect(parseRoles(formatRoles(after), "roles.json")).toEqual(after));
  });
});
