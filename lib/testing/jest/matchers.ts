import { inspect } from "node:util";
import { Plan, type ResourceReference, addressOf } from "../plan/plan";
import type { PlannedResource } from "../plan/planned-resource";

/** Resources: by address, by the construct that makes them, or all whose address a pattern is found in. */
export type ResourceList = readonly (ResourceReference | RegExp)[];

/** Everything that a plan may do. What isn't named must not happen. */
export interface ExpectedChanges {
  /** @default none */
  readonly create?: ResourceList;
  /** @default none */
  readonly update?: ResourceList;
  /** @default none */
  readonly replace?: ResourceList;
  /** @default none */
  readonly delete?: ResourceList;
  /** Resources that are left alone from now on. @default none */
  readonly forget?: ResourceList;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** What follows `expect(plan)` in jest and vitest. `jest-setup` adds it; elsewhere: `expect.extend(matchers)`. */
export const matchers = {
  /** The plan has no changes: of resources, addresses and outputs. */
  toChangeNothing(received: unknown): MatcherResult {
    const plan = requirePlan(received, "toChangeNothing");
    return result(plan, plan.isEmpty, "to change nothing");
  },

  /** The plan replaces no resource. */
  toReplaceNothing(received: unknown): MatcherResult {
    const plan = requirePlan(received, "toReplaceNothing");
    return result(plan, plan.replaced.length === 0, "to replace nothing", replacements(plan));
  },

  /** The plan deletes, replaces and forgets no resource: all that is there stays. */
  toDestroyNothing(received: unknown): MatcherResult {
    const plan = requirePlan(received, "toDestroyNothing");
    const lost = plan.changed.filter(({ action }) => ["delete", "replace", "forget"].includes(action));
    const lines = lost.map(({ action, address }) => `${action} ${address}`);
    return result(plan, lost.length === 0, "to destroy nothing", lines);
  },

  /** The plan guard lets the plan pass: no database loses data, and nothing about them is known to fail. */
  toPassPlanGuard(received: unknown): MatcherResult {
    const plan = requirePlan(received, "toPassPlanGuard");
    const { isRefused, findings } = plan.guard();
    const lines = findings.map(({ rule, message, remedy }) => `${rule}: ${message} ${remedy}`);
    return result(plan, !isRefused, "to pass the plan guard", lines);
  },

  /** The plan does this to these resources, and nothing to any other. */
  toPlanOnly(received: unknown, expected: ExpectedChanges): MatcherResult {
    const plan = requirePlan(received, "toPlanOnly");
    const problems = differences(plan, expected);
    return result(plan, problems.length === 0, "to do only what is named", problems);
  },
};

function requirePlan(received: unknown, matcher: string): Plan {
  if (received instanceof Plan) return received;
  const found =
    received instanceof Promise ? "a promise. Is an await missing?" : `${inspect(received, { depth: 1 })}.`;
  throw new TypeError(`${matcher} needs a plan, as plan(stack) returns, but got ${found}`);
}

function result(plan: Plan, pass: boolean, what: string, problems: readonly string[] = []): MatcherResult {
  const lines = problems.map((line) => `  ${line}`);
  return {
    pass,
    message: () =>
      [`expected the plan of ${plan.stack} ${pass ? "not " : ""}${what}`, ...lines, "", String(plan)].join(
        "\n",
      ),
  };
}

function replacements(plan: Plan): string[] {
  return plan.replaced.map(
    ({ address, replacedBecause, reason }) =>
      `${address}, because of ${replacedBecause.join(", ") || reason}`,
  );
}

function differences(plan: Plan, expected: ExpectedChanges): string[] {
  const open = new Set<PlannedResource>(plan.changed);
  const missing: string[] = [];
  for (const action of ["create", "update", "replace", "delete", "forget"] as const) {
    for (const one of expected[action] ?? []) {
      const found = plan.changed.filter((resource) => isMeant(resource, one));
      const right = found.filter((resource) => resource.action === action);
      for (const resource of right) open.delete(resource);
      if (right.length > 0) continue;
      const name = one instanceof RegExp ? String(one) : addressOf(one);
      missing.push(`does not ${action} ${name}`);
    }
  }
  const unexpected = [...open].map(({ action, address }) => `${action} ${address} was not expected`);
  return [...missing, ...unexpected];
}

function isMeant(resource: PlannedResource, one: ResourceReference | RegExp): boolean {
  if (one instanceof RegExp) return resource.address.search(one) >= 0;
  const address = addressOf(one);
  // Errors name constructs by their paths, so these are what people have at hand.
  if (`${resource.constructPath}/`.startsWith(`${address}/`)) return true;
  return resource.address === address || resource.address.startsWith(`${address}[`);
}

declare global {
  // jest's types are extended where they are.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T = {}> {
      /** The plan has no changes: of resources, addresses and outputs. */
      toChangeNothing(): R;
      /** The plan replaces no resource. */
      toReplaceNothing(): R;
      /** The plan deletes, replaces and forgets no resource: all that is there stays. */
      toDestroyNothing(): R;
      /** The plan guard lets the plan pass: no database loses data, and nothing about them is known to fail. */
      toPassPlanGuard(): R;
      /** The plan does this to these resources, and nothing to any other. */
      toPlanOnly(expected: ExpectedChanges): R;
    }
  }
}
