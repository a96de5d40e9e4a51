import { AssertedResource } from "./asserted-resource";
import { Candidate, candidates } from "./candidate";
import { shorten } from "./description";
import { differencesOfEach, listed, message, nearestOf, otherTypes } from "./failure";
import { InfrastructureAssertionError } from "./infrastructure-assertion-error";
import { AsymmetricMatcher, Matcher } from "./matcher";
import { ObjectMatcher } from "./matchers/object";
import { toMatcher } from "./pattern";
import { ResourceTypeName, terraformType } from "./resource-type";
import { snakeCase } from "./spelling";

/** What a resource has to have: attributes by Terraform's names, or a matcher of all of them. */
export type ResourceProperties = Readonly<Record<string, unknown>> | Matcher | AsymmetricMatcher;

/**
 * Assertions on resources, whether of a configuration or of a plan.
 *
 * Properties are written as Terraform names them, in snake_case. Those that aren't mentioned may be anything,
 * in objects inside too; arrays are matched whole. `Match` has patterns for anything else. Captures are filled
 * by assertions that hold.
 *
 * @example
 * resources.resourceCountIs("aws_instance", 2);
 * resources.hasResource(Lb, { internal: false, tags: { Name: Match.stringLikeRegexp("^shop") } });
 */
export class ResourceAssertions {
  private readonly asserted: readonly AssertedResource[];

  /**
   * @param what whose resources they are, as errors begin: `stack shop`, `plan of shop`
   * @param resources in any order
   */
  public constructor(
    private readonly what: string,
    resources: readonly AssertedResource[],
  ) {
    this.asserted = [...resources].sort((one, other) => (one.address < other.address ? -1 : 1));
  }

  /**
   * There are this many resources of a type.
   *
   * @throws {InfrastructureAssertionError} with the addresses of those there are
   */
  public resourceCountIs(type: ResourceTypeName, count: number): void {
    const there = this.ofType(type);
    if (there.length === count) return;
    if (there.length === 0) this.failWithout(type, count);
    this.fail(
      `has ${there.length} ${terraformType(type)}, expected ${count === 0 ? "none" : count}:`,
      listed(there),
    );
  }

  /**
   * This many resources of a type have these properties.
   *
   * @throws {InfrastructureAssertionError} with those that have them, and the nearest that has not
   */
  public resourcePropertiesCountIs(
    type: ResourceTypeName,
    properties: ResourceProperties,
    count: number,
  ): void {
    const found = this.find(type, properties);
    if (found.matching.length !== count) this.failCount(found, count);
    keepCaptures(found.matching);
  }

  /**
   * At least one resource of a type has these properties.
   *
   * @param properties @default - any
   * @throws {InfrastructureAssertionError} with the nearest resource, and every place where it differs
   */
  public hasResource(type: ResourceTypeName, properties: ResourceProperties = {}): void {
    const found = this.find(type, properties);
    if (found.matching.length === 0) this.failNone(found);
    keepCaptures(found.matching);
  }

  /**
   * No resource of a type has these properties.
   *
   * @param properties @default - any: there is no resource of the type
   * @throws {InfrastructureAssertionError} with the addresses of those that have them
   */
  public hasNoResource(type: ResourceTypeName, properties: ResourceProperties = {}): void {
    const found = this.find(type, properties);
    if (found.matching.length > 0) this.failCount(found, 0);
  }

  /**
   * Every resource of a type has these properties, and there is at least one.
   *
   * @throws {InfrastructureAssertionError} with those that don't, and every place where they differ
   */
  public allResources(type: ResourceTypeName, properties: ResourceProperties): void {
    const found = this.find(type, properties);
    const all = found.matching.length + found.others.length;
    if (all === 0) this.failWithout(type);
    if (found.others.length > 0) {
      this.fail(
        `has ${all} ${found.type}, ${found.others.length} of them without the properties wanted:`,
        differencesOfEach(found.others),
      );
    }
    keepCaptures(found.matching);
  }

  /**
   * All resources of a type with these properties, in order of their addresses.
   *
   * @param properties @default - any
   */
  public findResources(type: ResourceTypeName, properties: ResourceProperties = {}): AssertedResource[] {
    const { matching } = this.find(type, properties);
    keepCaptures(matching);
    return matching.map(({ resource }) => resource);
  }

  /**
   * The only resource of a type with these properties.
   *
   * @param properties @default - any
   * @throws {InfrastructureAssertionError} if there is none, or more than one
   */
  public onlyResource(type: ResourceTypeName, properties: ResourceProperties = {}): AssertedResource {
    const found = this.find(type, properties);
    if (found.matching.length === 0) this.failNone(found);
    if (found.matching.length > 1) this.failCount(found, 1);
    keepCaptures(found.matching);
    return found.matching[0]!.resource;
  }

  private ofType(type: ResourceTypeName): AssertedResource[] {
    const name = terraformType(type);
    return this.asserted.filter((resource) => resource.type === name);
  }

  private find(type: ResourceTypeName, properties: ResourceProperties): Found {
    const pattern = toMatcher(properties, "partial");
    this.checkNames(type, pattern);
    const all = candidates(this.ofType(type), pattern);
    return {
      type: terraformType(type),
      pattern,
      matching: all.filter(({ result }) => result.isMatch),
      others: all.filter(({ result }) => !result.isMatch),
    };
  }

  /** Providers can't have upper case in names: such a pattern would find nothing, and `hasNoResource` hold. */
  private checkNames(type: ResourceTypeName, pattern: Matcher): void {
    if (!(pattern instanceof ObjectMatcher)) return;
    const wrong = pattern.keys.filter((key) => snakeCase(key) !== key);
    if (wrong.length === 0) return;
    const [are, names] = [
      wrong.length === 1 ? "isn't a name" : "aren't names",
      wrong.map(snakeCase).join(", "),
    ];
    this.fail(
      `can't have ${terraformType(type)} with ${wrong.join(", ")}, which ${are} in Terraform: did you mean ${names}?`,
    );
  }

  private failNone(found: Found): never {
    if (found.others.length === 0) this.failWithout(found.type);
    const { heading, lines } = nearestOf(found.others);
    this.fail(`has no ${found.type} with the properties wanted. ${heading}`, lines);
  }

  private failWithout(type: ResourceTypeName, count?: number): never {
    const expected = count === undefined ? "" : `, expected ${count}`;
    const name = terraformType(type);
    this.fail(`has no ${name}${expected}. ${otherTypes(name, this.asserted)}`);
  }

  private failCount({ type, pattern, matching, others }: Found, count: number): never {
    if (matching.length + others.length === 0) this.failWithout(type, count);
    const wanted = pattern.description === "{}" ? "" : ` with ${shorten(pattern.description)}`;
    const there = listed(matching.map(({ resource }) => resource));
    const heading = `has ${matching.length === 0 ? "no" : matching.length} ${type}${wanted}, expected ${count === 0 ? "none" : count}`;
    if (matching.length > count || others.length === 0) this.fail(`${heading}:`, there);
    const near = nearestOf(others, matching.length > 0 ? "other" : "");
    this.fail(`${heading}${there.length > 0 ? ":" : "."}`, [
      ...there,
      message(near.heading, near.lines).replaceAll("\n", "\n  "),
    ]);
  }

  private fail(text: string, lines: readonly string[] = []): never {
    throw new InfrastructureAssertionError(message(`${this.what} ${text}`, lines));
  }
}

/** What came of looking for resources of a type. */
interface Found {
  readonly type: string;
  readonly pattern: Matcher;
  readonly matching: readonly Candidate[];
  readonly others: readonly Candidate[];
}

function keepCaptures(matching: readonly Candidate[]): void {
  for (const { result } of matching) result.keepCaptures();
}
