import { type Value, type Values, fingerprint, isAbsent } from "../../lib/testing/offline-provider/values";
import { elementsOf, fullValues, minimalValues, noBlocks, valuesAt } from "./configurations";
import type { Case, Defaults, PlanFacts } from "./facts";
import { type Probes, allowedValues } from "./probe-values";
import { type Complaint, PlanError, type RealProvider } from "./real-provider";
import { hasUnknown, recomputedTable } from "./recomputed";
import {
  type Attribute,
  type Block,
  type Chain,
  type NestedBlock,
  chainsOf,
  innermost,
  isSettable,
  pathOf,
  sizeOf,
} from "./schema";
import { type Transition, Transitions, plannedCreation } from "./transitions";

/** Types with so many attributes repeat the same blocks at every depth. */
const HUGE = 1000;
const DEPTH_IN_HUGE = 1;
/** What one round of validation hides shows in the next. */
const LEARNING_ROUNDS = 3;
/** Providers complain about one value after the other. */
const TRIES = 5;
const MINIMAL = "(minimal configuration)";

type Cases = Partial<Record<Case, Transition[]>>;
const noEffect = (): Promise<Transition> => Promise.resolve({ effect: "none", recomputed: [] });

/** What could not be measured, by path. */
export type Problems = Record<string, string>;
export interface Measured {
  readonly facts: PlanFacts;
  readonly problems: Problems;
}

/** Changes one attribute or block of a resource at a time, and notes what the provider plans for it. */
export async function measureResource(
  provider: RealProvider,
  type: string,
  block: Block,
  probes: Probes,
): Promise<Measured> {
  return new ResourceMeasurement(provider, type, block, probes).run();
}

class ResourceMeasurement {
  private readonly facts: PlanFacts = { replaces: [], replacesOnly: {}, defaults: {}, recomputed: {} };
  private readonly problems: Problems = {};
  private readonly recomputed = new Map<string, string[]>();
  /** From richer and from sparser prior states: the better ones first. */
  private transitions: Transitions[] = [];
  private readonly depth: number;

  public constructor(
    private readonly provider: RealProvider,
    private readonly type: string,
    private readonly block: Block,
    private readonly probes: Probes,
  ) {
    this.depth = sizeOf(block) > HUGE ? DEPTH_IN_HUGE : Infinity;
  }

  public async run(): Promise<Measured> {
    await this.attempt("(validation)", () => this.learn());
    await this.attempt(MINIMAL, async () => {
      await this.measureDefaults();
      await this.calibrate();
    });
    // Without it, every other configuration fails for the same reason.
    if (!(MINIMAL in this.problems)) await this.measureChanges();
    return { facts: this.facts, problems: this.problems };
  }

  /**
   * What a configuration may leave to the provider is mostly known afterwards, but values for all of it
   * contradict each other in some types.
   */
  private async calibrate(): Promise<void> {
    const { provider, type, block, probes } = this;
    const candidates = [true, false].map(
      (fillOptional) => new Transitions(provider, type, block, { probes, fillOptional }),
    );
    const config = minimalValues(block, probes);
    this.transitions = await allThatWork(
      candidates.map((transitions) => async () => {
        await transitions.calibrate(config);
        return transitions;
      }),
    );
    this.transitions.sort((left, right) => left.noise - right.noise);
  }

  private create(config: Values): Promise<Values> {
    return plannedCreation(this.provider, this.type, this.block, config);
  }

  private async measureChanges(): Promise<void> {
    for (const chain of [[], ...chainsOf(this.block, this.depth)] as Chain[]) await this.measureChain(chain);
    this.facts.recomputed = recomputedTable(this.recomputed);
  }

  /** Gives every attribute a value that the provider rejects, or not, and reads which it allows. */
  private async learn(): Promise<void> {
    for (let round = 0; round < LEARNING_ROUNDS; round++) {
      const complaints = await this.provider.validate(
        this.type,
        fullValues(this.block, this.probes, this.depth),
      );
      if (!this.learnFrom(complaints)) return;
    }
  }

  private learnFrom(complaints: readonly Complaint[]): boolean {
    return complaints
      .map(({ path, text }) => ({ path: path.join("."), allowed: allowedValues(text) }))
      .filter(({ path, allowed }) => path !== "" && allowed.length > 0)
      .map(({ path, allowed }) => this.probes.learn(path, allowed))
      .includes(true);
  }

  private async measureChain(chain: Chain): Promise<void> {
    const nested = chain.at(-1);
    if (nested) {
      const path = pathOf(chain);
      if (nested.min === 0) await this.attempt(path, () => this.measureBlock(chain, nested));
      await this.attempt(path, () => this.measureBlockDefaults(chain));
    }
    for (const attribute of innermost(this.block, chain).attributes)
      if (isSettable(attribute) && !(chain.length === 0 && /^(id|tags_all)$/.test(attribute.name)))
        await this.attempt(pathOf(chain, attribute.name), () => this.measureAttribute(chain, attribute));
  }

  private async measureDefaults(): Promise<void> {
    const found = await this.defaultsOfMinimal(0);
    const others = await this.defaultsOfMinimal(1).catch(() => undefined);
    // A value that follows from another attribute's is no default.
    for (const [name, value] of Object.entries(found))
      if (others === undefined || fingerprint(others[name]) === fingerprint(value))
        this.facts.defaults[name] = value;
  }

  private async defaultsOfMinimal(side: 0 | 1): Promise<Values> {
    const config = minimalValues(this.block, this.probes, side);
    return filledIn(this.block, config, await this.create(config));
  }

  private async measureBlockDefaults(chain: Chain): Promise<void> {
    const config = valuesAt(this.block, this.probes, chain, {});
    const element = onlyElement(chain, await this.create(config));
    const wanted = onlyElement(chain, config);
    if (!element || !wanted) return;
    const defaults: Defaults = filledIn(innermost(this.block, chain), wanted, element);
    if (Object.keys(defaults).length > 0)
      this.facts.defaults[chain.map(({ name }) => `${name}[]`).join(".")] = defaults;
  }

  private async measureBlock(chain: Chain, nested: NestedBlock): Promise<void> {
    const outer = chain.slice(0, -1);
    const present = valuesAt(this.block, this.probes, chain, {});
    const absent = valuesAt(this.block, this.probes, outer, { [nested.name]: noBlocks(nested) });
    const changed = chain[0]!.name;
    await this.measureCases(pathOf(chain), async (transitions) => ({
      add: [await transitions.between(absent, present, changed)],
      remove: [await transitions.between(present, absent, changed)],
    }));
  }

  private async measureAttribute(chain: Chain, attribute: Attribute): Promise<void> {
    const path = pathOf(chain, attribute.name);
    const [before, after] = this.probes.pair(path, attribute);
    if (isAbsent(before) || isAbsent(after) || attribute.writeOnly) return;
    const changed = chain[0]?.name ?? attribute.name;
    const companions = this.probes.companions(path);
    const at = (value: Value) => ({
      ...valuesAt(this.block, this.probes, chain, { [attribute.name]: value }),
      ...companions,
    });
    await this.measureCases(path, async (transitions) => {
      const between = (from: Value, to: Value) => transitions.between(at(from), at(to), changed);
      const cases: Cases = {
        change: await allThatWork([
          () => between(before, after),
          () => between(after, before),
          ...(this.probes.hasSingleValue(path) ? [noEffect] : []),
        ]),
      };
      if (attribute.required) return cases;
      cases.add = await firstThatShows([() => between(null, after), () => between(null, before)]);
      // The provider keeps the prior value of an attribute that it may compute.
      if (!attribute.computed)
        cases.remove = await firstThatShows([() => between(before, null), () => between(after, null)]);
      return cases;
    });
  }

  /** Measures from one kind of prior states, and from the other where that shows nothing. */
  private async measureCases(
    path: string,
    measure: (transitions: Transitions) => Promise<Cases>,
  ): Promise<void> {
    const measured = await allThatWork(
      this.transitions.map((transitions) => () => measure(transitions)),
      shows,
    );
    const cases = measured.at(-1)!;
    this.conclude(path, cases);
    if (cases.change && !shows(cases) && !this.probes.hasSingleValue(path))
      this.problems[path] = "no difference is planned";
  }

  private conclude(path: string, cases: Cases): void {
    const updates = Object.values(cases)
      .flat()
      .filter(({ effect }) => effect === "update");
    if (updates.length > 0) this.recomputed.set(path, common(updates.map(({ recomputed }) => recomputed)));

    const seen = Object.entries(cases).map(([name, transitions]) => ({
      name: name as Case,
      effects: new Set(transitions.map(({ effect }) => effect).filter((effect) => effect !== "none")),
    }));
    const ambiguous = seen.find(({ effects }) => effects.size > 1);
    if (ambiguous) this.problems[path] = `${ambiguous.name}: a replacement or an update, by the values`;
    const replacing = seen.filter(({ effects }) => effects.size === 1 && effects.has("replacement"));
    if (replacing.length === 0) return;
    const always =
      seen.every(({ effects }) => !effects.has("update")) &&
      (cases.change === undefined || replacing.some(({ name }) => name === "change"));
    if (always) this.facts.replaces.push(path);
    else this.facts.replacesOnly[path] = replacing.map(({ name }) => name);
  }

  /** Tries again where the provider says which values it would take. */
  private async attempt(path: string, measure: () => Promise<void>, tries = TRIES): Promise<void> {
    try {
      await measure();
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      if (tries > 1 && this.learnFrom(error.complaints)) await this.attempt(path, measure, tries - 1);
      else this.problems[path] = error.message;
    }
  }
}

function shows(cases: Cases): boolean {
  return Object.values(cases)
    .flat()
    .some(({ effect }) => effect !== "none");
}

/** The results of the attempts that the provider accepts, up to the one that suffices; at least one. */
async function allThatWork<Result>(
  attempts: (() => Promise<Result>)[],
  suffices: (result: Result) => boolean = () => false,
): Promise<Result[]> {
  const results: Result[] = [];
  const errors: PlanError[] = [];
  for (const attempt of attempts) {
    try {
      results.push(await attempt());
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      errors.push(error);
    }
    if (results.length > 0 && suffices(results.at(-1)!)) break;
  }
  if (results.length === 0 && errors.length > 0) throw errors[0]!;
  return results;
}

/**
 * The first transition with an effect: where a value is what the provider fills in anyway, there is no
 * difference, and the other value has one. None where the provider accepts none.
 */
async function firstThatShows(attempts: (() => Promise<Transition>)[]): Promise<Transition[]> {
  const tolerant = [...attempts, noEffect];
  return (await allThatWork(tolerant, ({ effect }) => effect !== "none")).slice(-1);
}

/** What the provider fills in where the configuration has nothing. */
function filledIn(block: Block, config: Values, planned: Values): Values {
  return Object.fromEntries(
    block.attributes
      .filter(({ name }) => !/^(id|tags_all)$/.test(name) && isAbsent(config[name]))
      .map(({ name }) => [name, planned[name] ?? null] as const)
      .filter(([, value]) => !isAbsent(value) && !hasUnknown(value)),
  );
}

/** The one element at the end of a chain, if there is exactly one all the way. */
function onlyElement(chain: Chain, values: Values): Values | undefined {
  return chain.reduce<Values | undefined>((outer, nested) => {
    const elements = elementsOf(nested, outer?.[nested.name]);
    return elements.length === 1 ? elements[0] : undefined;
  }, values);
}

function common(lists: string[][]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((name) => others.every((list) => list.includes(name)));
}
