import fc from "fast-check";
import {
  DatabaseRoles,
  addReplica,
  failOver,
  initialRoles,
  rebuildReplica,
  restoreFrom,
  retire,
  switchBack,
} from "../../../lib/database/roles";

/** A step that is legal from some roles. */
export interface LegalStep {
  readonly name: string;
  readonly after: DatabaseRoles;
}

/** Every step that is legal from here. */
export function legalSteps(roles: DatabaseRoles): readonly LegalStep[] {
  const candidates = [...roles.replicas, ...roles.restored].map(({ node }) => node);
  const steps: Readonly<Record<string, () => DatabaseRoles>> = {
    ...Object.fromEntries(
      candidates.map((node) => [`failOver ${node}`, () => failOver(roles, { to: node })]),
    ),
    rebuildReplica: () => rebuildReplica(roles),
    switchBack: () => switchBack(roles),
    addReplica: () => addReplica(roles),
    restoreFrom: () => restoreFrom(roles, { snapshot: "a-snapshot" }),
    ...Object.fromEntries(candidates.map((node) => [`retire ${node}`, () => retire(roles, node)])),
    ...Object.fromEntries(
      candidates.map((node) => [`retire ${node} for good`, () => retire(roles, node, { forGood: true })]),
    ),
  };
  return Object.entries(steps).flatMap(([name, take]) => {
    try {
      return [{ name, after: take() }];
    } catch {
      return [];
    }
  });
}

/** Random walks through legal steps: the roles at each stop, and the names of the steps between them. */
export function walks(maxLength: number): fc.Arbitrary<{ stops: DatabaseRoles[]; steps: string[] }> {
  return fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.nat(), { minLength: 1, maxLength }))
    .map(([replicas, choices]) => {
      const stops = [initialRoles({ replicas })];
      const steps: string[] = [];
      for (const choice of choices) {
        const legal = legalSteps(stops.at(-1)!);
        const { name, after } = legal[choice % legal.length]!;
        steps.push(name);
        stops.push(after);
      }
      return { stops, steps };
    });
}
