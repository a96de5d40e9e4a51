import fc from "fast-check";
import {
  DatabaseRoles,
  InvalidRolesError,
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

export interface WalkOptions {
  readonly maxLength: number;
  /** Whether primaries may be lost, which a plan can't show without their being gone. */
  readonly losses?: boolean;
}

/** Every step that is legal from here. */
function legalSteps(roles: DatabaseRoles, { losses }: WalkOptions): readonly LegalStep[] {
  const candidates = [...roles.replicas, ...roles.restored].map(({ node }) => node);
  const steps: Readonly<Record<string, () => DatabaseRoles>> = {
    ...Object.fromEntries(
      candidates.map((node) => [`failOver ${node}`, () => failOver(roles, { to: node })]),
    ),
    ...(losses
      ? Object.fromEntries(
          candidates.map((node) => [
            `failOver ${node}, lost`,
            () => failOver(roles, { to: node, lost: true }),
          ]),
        )
      : {}),
    rebuildReplica: () => rebuildReplica(roles),
    "rebuildReplica in q": () => rebuildReplica(roles, { slots: ["q"] }),
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
    } catch (error) {
      // Only what can't be done from here. A step that leads to illegal roles is a fault.
      if (error instanceof InvalidRolesError && error.where === "") return [];
      throw error;
    }
  });
}

/** Random walks through legal steps: the roles at each stop, and the names of the steps between them. */
export function walks(options: WalkOptions): fc.Arbitrary<{ stops: DatabaseRoles[]; steps: string[] }> {
  return fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.nat(), { minLength: 1, maxLength: options.maxLength }))
    .map(([replicas, choices]) => {
      const stops = [initialRoles({ replicas })];
      const steps: string[] = [];
      for (const choice of choices) {
        const legal = legalSteps(stops.at(-1)!, options);
        const { name, after } = legal[choice % legal.length]!;
        steps.push(name);
        stops.push(after);
      }
      return { stops, steps };
    });
}
