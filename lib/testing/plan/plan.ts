import { DefaultTokenResolver, StringConcat, type TerraformElement, Tokenization } from "cdktf";
import { inspect } from "node:util";
import {
  type AssertedResource,
  InfrastructureAssertionError,
  ResourceAssertions,
  expectMatch,
} from "../assertions";
import type { ConstructPaths } from "../configuration/construct-paths";
import type { TerraformProblem } from "../terraform/terraform-error";
import { type GuardOptions, type PlanVerdict, checkPlan } from "../../plan-guard";
import type { PlanJson, PlannedAction } from "../../terraform-plan";
import { type PlanTextOptions, planText } from "./plan-text";
import { type PlannedOutput, plannedOutput } from "./planned-output";
import { type PlannedResource, plannedResource } from "./planned-resource";

/** A resource by its address, or by the construct that makes it. */
export type ResourceReference = string | TerraformElement;

/**
 * What Terraform plans to do, as typed values. Secrets are masked in all of them. Assertions look at what resources
 * will be (`after`).
 *
 * @example
 * const changes = await plan(shop({ minHosts: 2 }), shop({ minHosts: 3 }));
 * expect(changes.updated.map((one) => one.address)).toEqual(["aws_autoscaling_group.Web_Hosts_Group"]);
 */
export class Plan extends ResourceAssertions {
  /** Every resource and data source, in the order of Terraform's own list. */
  public readonly resources: readonly PlannedResource[];
  /** Outputs by name. */
  public readonly outputs: Readonly<Record<string, PlannedOutput>>;
  /** What Terraform warns of. */
  public readonly warnings: readonly TerraformProblem[];
  /** Path of the stack. */
  public readonly stack: string;

  // As Terraform shows it, secrets too: not to be seen where a plan is printed.
  readonly #json: PlanJson;

  /** @internal */
  public constructor(
    stack: string,
    json: PlanJson,
    paths: ConstructPaths,
    warnings: readonly TerraformProblem[],
  ) {
    const resources = (json.resource_changes ?? []).map((change) => plannedResource(change, paths));
    super(`plan of ${stack}`, resources.flatMap(asserted));
    this.#json = json;
    this.stack = stack;
    this.resources = resources;
    this.warnings = warnings;
    this.outputs = Object.fromEntries(
      Object.entries(json.output_changes ?? {}).map(([name, change]) => [name, plannedOutput(name, change)]),
    );
  }

  /** Resources that will be made, replacements not among them. */
  public get created(): readonly PlannedResource[] {
    return this.withAction("create");
  }

  /** Resources that change in place. */
  public get updated(): readonly PlannedResource[] {
    return this.withAction("update");
  }

  /** Resources that are deleted and made anew. */
  public get replaced(): readonly PlannedResource[] {
    return this.withAction("replace");
  }

  /** Resources that will be gone. */
  public get deleted(): readonly PlannedResource[] {
    return this.withAction("delete");
  }

  /** Every resource that something happens to; data sources and moves aren't among them. */
  public get changed(): readonly PlannedResource[] {
    return this.resources.filter(({ mode, action }) => mode === "managed" && action !== "no-op");
  }

  /** Whether Terraform would say "No changes": of resources, addresses and outputs. */
  public get isEmpty(): boolean {
    return (
      this.changed.length === 0 &&
      this.resources.every(
        ({ previousAddress, importedId }) => (previousAddress ?? importedId) === undefined,
      ) &&
      Object.values(this.outputs).every(({ action }) => action === "no-op")
    );
  }

  /**
   * One resource, by address or by the construct that makes it.
   *
   * @throws InfrastructureAssertionError if the plan has no such resource
   */
  public resource(reference: ResourceReference): PlannedResource {
    const address = addressOf(reference);
    const found = this.resources.find((one) => one.address === address);
    if (found) return found;
    const instances = this.resources.filter((one) => one.address.startsWith(`${address}[`));
    const hint = instances.length
      ? `Name one of its instances: ${instances.map((one) => one.address).join(", ")}.`
      : `It has: ${this.resources.map((one) => one.address).join(", ") || "nothing"}.`;
    throw new InfrastructureAssertionError(`plan of ${this.stack} has no ${address}. ${hint}`);
  }

  /**
   * An output has this value after the apply.
   *
   * @throws InfrastructureAssertionError with where it differs
   */
  public hasOutput(name: string, pattern: unknown): void {
    const output = this.outputs[name];
    if (output === undefined) {
      const names = Object.keys(this.outputs).sort().join(", ") || "none";
      throw new InfrastructureAssertionError(
        `plan of ${this.stack} has no output ${name}. Outputs: ${names}.`,
      );
    }
    expectMatch(`output ${name} in the plan of ${this.stack}`, output.after, pattern);
  }

  /**
   * What the plan guard says of it: whether it loses a database's data, or can't work. The same as the command
   * `tandem check-plan` says of real plans.
   */
  public guard(options: GuardOptions = {}): PlanVerdict {
    return checkPlan(this.#json, options);
  }

  /** The plan as a short text, in Terraform's words; snapshots have the same. */
  public toText(options: PlanTextOptions = {}): string {
    return planText(this, options);
  }

  public override toString(): string {
    return this.toText();
  }

  public [inspect.custom](): string {
    return this.toString();
  }

  private withAction(action: PlannedAction): PlannedResource[] {
    return this.resources.filter((one) => one.mode === "managed" && one.action === action);
  }
}

/** An address, whichever way it was given. */
export function addressOf(reference: ResourceReference): string {
  if (typeof reference === "string") return reference;
  // Resolved it is `${aws_vpc.Network_Vpc}`, or `${data.aws_ami.Image}`.
  const resolver = new DefaultTokenResolver(new StringConcat());
  const fqn: string = Tokenization.resolve(reference.fqn, { scope: reference, resolver, preparing: false });
  return fqn.replace(/^\$\{|\}$/g, "");
}

function asserted(resource: PlannedResource): AssertedResource[] {
  const { address, type, name, constructPath, after, mode } = resource;
  return after === undefined || mode === "data"
    ? []
    : [{ address, type, name, constructPath, properties: after }];
}
