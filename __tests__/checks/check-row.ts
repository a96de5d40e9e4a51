import { Mutation } from "./mutations";
import { Resource, Topology } from "./topology";

/** What one or several scanners demand, and how a synthesized stack is judged by it. */
export interface CheckRow {
  /** Checkov's CKV…, Trivy's AWS-…, cdk-nag's AwsSolutions-…, Security Hub's ELB.1, Well-Architected's REL…. */
  readonly ids: readonly string[];
  readonly demands: string;
  /** The prop or the construct that meets it. */
  readonly metBy: string;
  /** Types of resources that are judged, each for itself. */
  readonly on: readonly string[];
  /** Which of them. @default - all */
  readonly where?: (resource: Resource, topology: Topology) => boolean;
  readonly passes: (resource: Resource, topology: Topology) => boolean;
  /** Changes that make it fail, each where there is what it changes; everywhere one of them does. */
  readonly breaks: Mutation | readonly Mutation[];
  /** A change after which it is met, where no stack meets it. */
  readonly mends?: Mutation;
}

/** Resources that a row judges. */
export function judged({ on, where }: CheckRow, topology: Topology): Resource[] {
  const resources = topology.all(...on);
  return where ? resources.filter((resource) => where(resource, topology)) : resources;
}

/** Addresses that fail. */
export function failing(row: CheckRow, topology: Topology): string[] {
  return judged(row, topology)
    .filter((resource) => !row.passes(resource, topology))
    .map((resource) => resource.address);
}
