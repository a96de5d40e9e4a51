import { basename } from "node:path";
import type { JsonBlock, PlanFacts, SchemaFacts } from "./facts";

export type ResourceFacts = SchemaFacts & PlanFacts;

/** The file that this program writes. */
export interface Measurements {
  about: { provider: string; how: Record<string, string> };
  resources: Record<string, Partial<ResourceFacts>>;
  data: Record<string, Partial<Pick<SchemaFacts, "sensitive" | "limits">>>;
  ephemeral: Record<string, JsonBlock>;
}

const HOW = {
  sensitive: "GetSchema; dotted paths, blocks included.",
  writeOnly: "GetSchema.",
  limits: "GetSchema: [min_items, max_items] of blocks where one of them is over 1; 0 is no maximum.",
  replaces:
    "PlanResourceChange with one attribute or block changed (one value to another and back, null to value, value to null): every case that plans a difference plans a replacement. Types of more than 1000 attributes and blocks: only the blocks at the top.",
  replacesOnly: "The same, where only these cases plan a replacement and others an update in place.",
  defaults:
    'PlanResourceChange of a minimal configuration without a prior state: what is known that was not configured; "block[]" is inside one given block.',
  recomputed:
    'PlanResourceChange of an update in place: computed attributes, known before and not configured, that become unknown. By the changed path; the most specific entry counts: the path itself, then the blocks around it, then "*" (what more than half of the changes agree on); an empty list is an exception. tags is a change like any other; tags_all is left out.',
  ephemeral: "GetSchema, in the form of terraform providers schema -json.",
};

export function emptyMeasurements(): Measurements {
  return { about: { provider: "", how: HOW }, resources: {}, data: {}, ephemeral: {} };
}

/** @param binary path of the provider, whose name ends in its version */
export function about(binary: string): Measurements["about"] {
  const version = /_v(\d+\.\d+\.\d+)/.exec(basename(binary))?.[1] ?? "of an unknown version";
  return { provider: `hashicorp/aws ${version}`, how: HOW };
}

/** JSON with one type a line, in a stable order. A type without facts is there, too: it was measured. */
export function toText({ about, ...kinds }: Measurements): string {
  const members = Object.entries(kinds).map(([kind, types]) => {
    const lines = Object.entries(types as Record<string, object>)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([type, facts]) => `${JSON.stringify(type)}: ${JSON.stringify(facts)}`);
    return `${JSON.stringify(kind)}: {\n${lines.join(",\n")}\n}`;
  });
  return `{\n"about": ${JSON.stringify(about, null, 1)},\n${members.join(",\n")}\n}\n`;
}
