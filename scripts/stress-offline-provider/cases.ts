import type { Block, ProviderSchema } from "../../lib/testing/offline-provider/schema";
import type { Values } from "../../lib/testing/offline-provider/values";
import { type Fill, configurationOf } from "./values";

/** What Terraform does with a configuration, one step after the other. */
export type Stage = "plan" | "apply" | "empty second plan";

/** Cases of one kind are run in the same way, and counted together. */
export interface Kind {
  readonly name: string;
  readonly section: "resource" | "data";
  readonly stages: readonly Stage[];
}

/** One resource or data source with one configuration. */
export interface Case {
  readonly kind: Kind;
  readonly type: string;
  readonly values: Values;
  /** A configuration that is applied first, so that the other one is an update. */
  readonly before?: Values;
}

interface Source {
  readonly kind: Kind;
  readonly fill: Fill;
  readonly before?: Fill;
  readonly blocks: (schema: ProviderSchema) => Readonly<Record<string, Block>>;
}

const ALL_STAGES: readonly Stage[] = ["plan", "apply", "empty second plan"];

const REQUIRED: Fill = { arguments: "required", blocks: "required" };
const EVERYTHING: Fill = { arguments: "all", blocks: "all" };

const SOURCES: readonly Source[] = [
  {
    kind: { name: "resource, required only", section: "resource", stages: ALL_STAGES },
    fill: REQUIRED,
    blocks: ({ resources }) => resources,
  },
  {
    kind: { name: "resource, every block", section: "resource", stages: ALL_STAGES },
    fill: { arguments: "required", blocks: "all" },
    blocks: ({ resources }) => resources,
  },
  {
    kind: { name: "resource, everything set", section: "resource", stages: ALL_STAGES },
    fill: EVERYTHING,
    blocks: ({ resources }) => resources,
  },
  {
    kind: { name: "resource, update to everything set", section: "resource", stages: ALL_STAGES },
    before: REQUIRED,
    fill: EVERYTHING,
    blocks: ({ resources }) => resources,
  },
  {
    kind: { name: "resource, update to required only", section: "resource", stages: ALL_STAGES },
    before: EVERYTHING,
    fill: REQUIRED,
    blocks: ({ resources }) => resources,
  },
  {
    kind: { name: "data source, required only", section: "data", stages: ["plan"] },
    fill: REQUIRED,
    blocks: ({ dataSources }) => dataSources,
  },
];

/** The cases of all types that match, by their kind. */
export function casesOf(schema: ProviderSchema, types: RegExp): Map<Kind, Case[]> {
  return new Map(
    SOURCES.map(({ kind, fill, before, blocks }) => [
      kind,
      Object.entries(blocks(schema))
        .filter(([type]) => types.test(type))
        .map(([type, block]) => ({
          kind,
          type,
          values: configurationOf(type, block, fill),
          ...(before && { before: configurationOf(type, block, before) }),
        })),
    ]),
  );
}
