import { AssertedResource } from "./asserted-resource";
import { Candidate, nearest } from "./candidate";
import { mismatchLine } from "./mismatch";
import { namesLike } from "./spelling";
import { SENSITIVE_VALUE } from "./unknown";

/** Lines of one kind in a message: what is beyond helps nobody to find the fault. */
const MOST_LINES = 20;

/** A resource as a message names it: its address, and the construct that made it. */
export function nameOf({ address, constructPath }: AssertedResource): string {
  return constructPath === undefined ? address : `${address} (${constructPath})`;
}

/** A message of a heading and indented lines. */
export function message(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** The resources' names, one a line. */
export function listed(resources: readonly AssertedResource[]): string[] {
  return limited(resources.map(nameOf));
}

/** Where a resource differs, one place a line. */
function differences({ resource, result }: Candidate): string[] {
  return limited(
    result.mismatches.map((one) =>
      resource.hides?.(one.path) ? `${one.path}: another ${SENSITIVE_VALUE}` : mismatchLine(one),
    ),
  );
}

/** Several resources, with where each differs. */
export function differencesOfEach(all: readonly Candidate[]): string[] {
  return limited(all.map((one) => message(nameOf(one.resource), differences(one)).replaceAll("\n", "\n  ")));
}

/** The resource that comes nearest, introduced by whose nearest it is, and where it differs. */
export function nearestOf(all: readonly Candidate[], others = ""): { heading: string; lines: string[] } {
  const best = nearest(all)!;
  const whose =
    all.length === 1 ? `The only ${others || "one"}` : `Nearest of ${all.length}${others && ` ${others}s`}`;
  return { heading: `${whose}: ${nameOf(best.resource)}`, lines: differences(best) };
}

/** What to say to somebody who looks for a type of which there is nothing. */
export function otherTypes(type: string, resources: readonly AssertedResource[]): string {
  const counts = new Map<string, number>();
  for (const resource of resources) counts.set(resource.type, (counts.get(resource.type) ?? 0) + 1);
  const types = [...counts.keys()].sort();
  if (types.length === 0) return "There are no resources at all.";
  const like = namesLike(type, types);
  if (like.length > 0) {
    return `Did you mean ${like.map((name) => `${name} (there ${amount(counts.get(name)!)})`).join(" or ")}?`;
  }
  return `There are: ${limited(types).join(", ")}.`;
}

function amount(count: number): string {
  return count === 1 ? "is 1" : `are ${count}`;
}

function limited(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more`];
}
