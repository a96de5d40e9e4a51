import { configurationSerializer, matchers, planSerializer, stopOfflineProvider } from "cdktf-tandem/testing";
import type { ExpectedChanges } from "./jest/matchers";

// For jest's `setupFilesAfterEnv`: matchers for plans, and snapshots of plans and configurations.

interface JestExpect {
  extend(matchers: object): void;
  addSnapshotSerializer(serializer: object): void;
}

const { expect, afterAll } = globalThis as unknown as {
  expect: JestExpect;
  afterAll(hook: () => Promise<void>): void;
};

expect.extend(matchers);
expect.addSnapshotSerializer(planSerializer);
expect.addSnapshotSerializer(configurationSerializer);
// Without jest's global setup each test file has a provider of its own.
afterAll(stopOfflineProvider);

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
      /** The plan does this to these resources, and nothing to any other. */
      toPlanOnly(expected: ExpectedChanges): R;
    }
  }
}
