import { configurationSerializer, matchers, planSerializer, stopOfflineProvider } from "cdktf-tandem/testing";

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
