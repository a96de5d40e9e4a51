import { AssertedResource } from "./asserted-resource";
import { MatchResult } from "./match-result";
import { Matcher } from "./matcher";

/** A resource, and how near it is to what is looked for. */
export interface Candidate {
  readonly resource: AssertedResource;
  readonly result: MatchResult;
}

/** Holds resources against a pattern, each once, so that captures have each value once. */
export function candidates(resources: readonly AssertedResource[], pattern: Matcher): Candidate[] {
  return resources.map((resource) => ({ resource, result: pattern.test(resource.properties, "") }));
}

/** The candidate with the most of the pattern; of several, the first. */
export function nearest(all: readonly Candidate[]): Candidate | undefined {
  return [...all].sort((one, other) => one.result.compareTo(other.result))[0];
}
