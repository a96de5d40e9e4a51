import { type Value, type Values, fingerprint, isObject } from "../../lib/testing/offline-provider/values";
import { type Filling, appliedValues, proposedValues } from "./configurations";
import { PlanError, type RealProvider, type Step } from "./real-provider";
import { becomingUnknown } from "./recomputed";
import type { Block } from "./schema";

export type Effect = "none" | "update" | "replacement";
export interface Transition {
  readonly effect: Effect;
  /** What an in-place update makes unknown. */
  readonly recomputed: string[];
}

/** The state that the provider plans for a new resource. */
export async function plannedCreation(
  provider: RealProvider,
  type: string,
  block: Block,
  config: Values,
): Promise<Values> {
  return (await provider.plan(type, null, proposedValues(block, null, config), config)).planned;
}

/** What the provider plans when the configuration of one resource changes. */
export class Transitions {
  private readonly states = new Map<string, Promise<Values>>();
  private restless: ReadonlySet<string> = new Set();

  public constructor(
    private readonly provider: RealProvider,
    private readonly type: string,
    private readonly block: Block,
    private readonly filling: Filling,
  ) {}

  /** Notes what is planned even when nothing changes, since the prior state is only plausible. */
  public async calibrate(config: Values): Promise<void> {
    const { replacing, recomputed } = await this.planned(config, config);
    this.restless = new Set([...replacing, ...recomputed]);
  }

  /** How many attributes are planned to change for no reason. */
  public get noise(): number {
    return this.restless.size;
  }

  /** @param changed name of the attribute or block, at the top, in which the two configurations differ */
  public async between(before: Values, after: Values, changed: string): Promise<Transition> {
    const { prior, planned, replacing, recomputed } = await this.planned(before, after);
    if (this.restless.has(changed)) throw new PlanError(`${changed} is planned to change when nothing does`);
    const quiet = (name: string) => !this.restless.has(name);
    if (replacing.includes(changed)) return { effect: "replacement", recomputed: [] };
    const others = replacing.filter(quiet);
    if (others.length > 0) throw new PlanError(`${changed} replaces only by way of ${others.join()}`);
    const same = fingerprint(prior[changed]) === fingerprint(planned[changed]);
    return same
      ? { effect: "none", recomputed: [] }
      : { effect: "update", recomputed: recomputed.filter(quiet) };
  }

  private async planned(before: Values, after: Values) {
    const prior = await this.state(before);
    const proposed = proposedValues(this.block, prior, after);
    const { planned, replacing } = await this.provider.plan(this.type, prior, proposed, after);
    return {
      prior,
      planned,
      // As core does, without what the provider names but leaves as it is. `id` is what providers name when
      // they replace for no attribute's sake.
      replacing: replacing
        .filter((path) => fingerprint(valueAt(prior, path)) !== fingerprint(valueAt(planned, path)))
        .map(([name]) => String(name))
        .filter((name) => name !== "id"),
      recomputed: becomingUnknown(this.block, prior, after, planned),
    };
  }

  /** The state that an apply of this configuration might leave. */
  private state(config: Values): Promise<Values> {
    const key = fingerprint(config);
    const known = this.states.get(key);
    if (known) return known;
    const { provider, type, block, filling } = this;
    const state = plannedCreation(provider, type, block, config).then((planned) =>
      appliedValues(block, planned, filling),
    );
    this.states.set(key, state);
    return state;
  }
}

function valueAt(values: Value | undefined, path: Step[]): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, values);
}
