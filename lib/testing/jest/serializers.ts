import { Configuration } from "../configuration/configuration";
import { Plan } from "../plan/plan";

/** What jest, and vitest, call a snapshot serializer. */
export interface SnapshotSerializer {
  test(value: unknown): boolean;
  serialize(value: unknown): string;
}

/** Prints plans as their text: what happens to which address, which arguments change, and the sum. */
export const planSerializer: SnapshotSerializer = {
  test: (value) => value instanceof Plan,
  serialize: String,
};

/** Prints configurations as JSON that is the same on every machine. */
export const configurationSerializer: SnapshotSerializer = {
  test: (value) => value instanceof Configuration,
  serialize: String,
};
