import type { App } from "cdktf";
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { SENSITIVE_VALUE } from "../assertions";
import { type Plannable, isPlannable, singleStack } from "../configuration/plannable";
import {
  type SynthesizedStack,
  remoteStateName,
  stacksOf,
  synthesize,
  synthesizeAll,
} from "../configuration/synthesis";
import type { State, StateResource } from "../terraform/state";
import { TerraformRun } from "../terraform/terraform-run";
import { Plan } from "./plan";

/** What a plan is made with beside the stack. */
export interface PlanOptions {
  /**
   * Values of the stack's Terraform variables, by their names.
   *
   * @default their own defaults
   */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * A stack that was deployed offline: its resources have made-up ids, and there is a state to plan on. It stays as
 * it is; what comes after it is another deployment.
 */
export class Deployment {
  /**
   * Before anything was deployed.
   *
   * @internal
   */
  public static readonly nothing = new Deployment("", undefined, {});

  /** Deployments by what they were made of: many plans start from the same one. */
  private static readonly made = new Map<string, Promise<Deployment>>();

  // Not to be seen where a deployment is printed: a state has everything in it.
  readonly #key: string;
  readonly #state: State | undefined;
  /** Stacks that it depends on, by their paths. */
  readonly #dependencies: Readonly<Record<string, Deployment>>;

  /** Outputs by name; those that are sensitive are `(sensitive value)`. */
  public readonly outputs: Readonly<Record<string, unknown>>;
  /** Addresses of all resources that there are, without those of data sources. */
  public readonly addresses: readonly string[];

  private constructor(
    key: string,
    state: State | undefined,
    dependencies: Readonly<Record<string, Deployment>>,
  ) {
    this.#key = key;
    this.#state = state;
    this.#dependencies = dependencies;
    this.outputs = Object.fromEntries(
      Object.entries(state?.outputs ?? {}).map(([name, { value, sensitive }]) => [
        name,
        sensitive ? SENSITIVE_VALUE : value,
      ]),
    );
    this.addresses = (state?.resources ?? []).flatMap(addressesOf).sort();
  }

  /**
   * Plans what changes if it becomes this version of the stack.
   *
   * @throws TerraformError with what Terraform refuses, and the path of the construct
   */
  public async plan(after: Plannable, options: PlanOptions = {}): Promise<Plan> {
    const stack = synthesize(singleStack(after));
    checkVariables([stack], options);
    return this.planStack(stack, options);
  }

  /**
   * Deploys this version of the stack over it.
   *
   * @throws TerraformError with what Terraform refuses, and the path of the construct
   */
  public async deploy(after: Plannable, options: PlanOptions = {}): Promise<Deployment> {
    const stack = synthesize(singleStack(after));
    checkVariables([stack], options);
    return this.deployStack(stack, options);
  }

  /** @internal */
  public async planStack(stack: SynthesizedStack, options: PlanOptions): Promise<Plan> {
    const dependencies = await this.deployDependencies(stack, options);
    const { json, warnings } = await this.run(stack, options, dependencies, (run) => run.plan());
    return new Plan(stack.path, json, stack.constructPaths, warnings);
  }

  /** @internal */
  public async deployStack(stack: SynthesizedStack, options: PlanOptions): Promise<Deployment> {
    const dependencies = await this.deployDependencies(stack, options);
    const key = digest([
      this.#key,
      JSON.stringify([stack.json, options]),
      ...Object.values(dependencies).map((one) => one.#key),
      ...[...stack.assets].flat(),
    ]);
    const made =
      Deployment.made.get(key) ??
      this.run(stack, options, dependencies, (run) => run.apply()).then(
        (state) => new Deployment(key, state, dependencies),
      );
    Deployment.made.set(key, made);
    // The next one tries again.
    made.catch(() => Deployment.made.delete(key));
    return made;
  }

  private async deployDependencies(
    stack: SynthesizedStack,
    options: PlanOptions,
  ): Promise<Record<string, Deployment>> {
    const deployed: Record<string, Deployment> = {};
    for (const one of stack.dependencies) {
      deployed[one.path] = await (this.#dependencies[one.path] ?? Deployment.nothing).deployStack(
        one,
        options,
      );
    }
    return deployed;
  }

  private run<T>(
    stack: SynthesizedStack,
    { variables = {} }: PlanOptions,
    dependencies: Readonly<Record<string, Deployment>>,
    use: (run: TerraformRun) => Promise<T>,
  ): Promise<T> {
    const remoteStates = Object.fromEntries(
      Object.entries(dependencies).flatMap(([path, one]) =>
        one.#state === undefined ? [] : [[remoteStateName(path), one.#state]],
      ),
    );
    const declared = Object.keys(stack.json.variable ?? {});
    const own = Object.fromEntries(Object.entries(variables).filter(([name]) => declared.includes(name)));
    return TerraformRun.with(stack, { variables: own, state: this.#state, remoteStates }, use);
  }
}

/**
 * Plans a stack with the real Terraform and the offline AWS provider, as if nothing were there yet. Stacks that it
 * depends on are deployed offline first.
 *
 * @throws TerraformError with what Terraform refuses, and the path of the construct
 *
 * @example
 * const result = await plan(stack);
 * result.hasResource("aws_vpc", { cidr_block: "10.0.0.0/16" });
 */
export function plan(stack: Plannable, options?: PlanOptions): Promise<Plan>;
/**
 * Plans what changes if a stack that was deployed becomes another version of itself.
 *
 * @throws TerraformError with what Terraform refuses, and the path of the construct
 *
 * @example
 * expect(await plan(shop({ zones: 2 }), shop({ zones: 3 }))).toReplaceNothing();
 */
export function plan(before: Plannable, after: Plannable, options?: PlanOptions): Promise<Plan>;
export async function plan(
  first: Plannable,
  second?: Plannable | PlanOptions,
  third: PlanOptions = {},
): Promise<Plan> {
  if (!isPlannable(second)) {
    // Anything else would be taken for options, and a change would go unseen.
    if (arguments.length > 1 && !isOptions(second)) {
      throw new TypeError(
        `plan's second argument is ${inspect(second, { depth: 0 })}. ` +
          "Allowed: a stack, an app, or options, as in { variables: { name: value } }. Is an await missing?",
      );
    }
    return Deployment.nothing.plan(first, second);
  }
  // Synthesized at once: whoever asks may change the construct tree while this waits.
  const stacks = [first, second].map((one) => synthesize(singleStack(one)));
  checkVariables(stacks, third);
  const [before, after] = stacks as [SynthesizedStack, SynthesizedStack];
  return (await Deployment.nothing.deployStack(before, third)).planStack(after, third);
}

/**
 * Plans every stack of an app, each on top of those it depends on. The plans go by the paths of the stacks.
 *
 * @throws TerraformError with what Terraform refuses, and the path of the construct
 */
export async function planEach(app: App, options: PlanOptions = {}): Promise<Record<string, Plan>> {
  const plans: Record<string, Plan> = {};
  const stacks = synthesizeAll(stacksOf(app));
  checkVariables(stacks, options);
  for (const stack of stacks) {
    plans[stack.path] = await Deployment.nothing.planStack(stack, options);
  }
  return plans;
}

/**
 * Deploys a stack offline, to plan what comes next.
 *
 * @throws TerraformError with what Terraform refuses, and the path of the construct
 *
 * @example
 * const normal = await deploy(shop("normal"));
 * const failedOver = await normal.deploy(shop("failed over"));
 * expect(await failedOver.plan(shop("rebuilt"))).toReplaceNothing();
 */
export async function deploy(stack: Plannable, options: PlanOptions = {}): Promise<Deployment> {
  return Deployment.nothing.deploy(stack, options);
}

function isOptions(value: unknown): value is PlanOptions {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.keys(value).every((name) => name === "variables") && !(value instanceof Promise);
}

/** @throws Error for a value of a variable that no stack has */
function checkVariables(stacks: readonly SynthesizedStack[], { variables = {} }: PlanOptions): void {
  const declared = new Set(stacks.flatMap(variablesOf));
  const unknown = Object.keys(variables).find((name) => !declared.has(name));
  if (unknown === undefined) return;
  throw new Error(
    `${stacks.map(({ path }) => path).join(", ")}: variables.${unknown} is of no Terraform variable. ` +
      `Allowed: ${[...declared].sort().join(", ") || "none, as there are no variables"}.`,
  );
}

function variablesOf({ json, dependencies }: SynthesizedStack): string[] {
  return [...Object.keys(json.variable ?? {}), ...dependencies.flatMap(variablesOf)];
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** Addresses of a resource's instances, as a state file has them. */
function addressesOf(resource: StateResource): string[] {
  if (resource.mode !== "managed") return [];
  const { module, type, name, instances } = resource;
  const address = [module, type, name].filter(Boolean).join(".");
  return instances.map(({ index_key: key }) =>
    key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
  );
}
