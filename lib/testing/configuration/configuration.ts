import { inspect } from "node:util";
import {
  type AssertedResource,
  InfrastructureAssertionError,
  ResourceAssertions,
  expectMatch,
} from "../assertions";
import { dataSourceOverlay, resourceOverlay } from "../offline-provider/overlays/overlay";
import { configurationText, secretPaths } from "./configuration-text";
import { type Plannable, singleStack } from "./plannable";
import { synthesize } from "./synthesis";
import {
  type TerraformJson,
  type TypedBlocks,
  blocksOf,
  constructPathOf,
  withoutNotes,
} from "./terraform-json";

/**
 * What a stack synthesizes, to be asserted on and to be kept as a snapshot. Nothing is run: it takes milliseconds.
 *
 * @example
 * const configuration = Configuration.of(stack);
 * configuration.resourceCountIs("aws_db_instance", 2);
 * configuration.hasResource("aws_lb", { internal: false, access_logs: Match.anyValue() });
 */
export class Configuration extends ResourceAssertions {
  /**
   * Synthesizes a stack, or an app with a single one, as `app.synth()` does: with aspects and validations.
   *
   * @throws Error with what validations and error annotations say
   */
  public static of(subject: Plannable): Configuration {
    const { path, json } = synthesize(singleStack(subject));
    return new Configuration(path, json);
  }

  /** Terraform's JSON, without the notes that CDKTF makes in it. */
  public readonly json: TerraformJson;
  /** Assertions on data sources, as on resources. */
  public readonly dataSources: ResourceAssertions;

  private constructor(
    /** Path of the stack. */
    public readonly stack: string,
    json: TerraformJson,
  ) {
    super(`stack ${stack}`, assertedBlocks(json.resource, "", resourceOverlay));
    this.dataSources = new ResourceAssertions(
      `stack ${stack}`,
      assertedBlocks(json.data, "data.", dataSourceOverlay),
    );
    this.json = withoutNotes(json);
  }

  /**
   * There is an output of this name, and its arguments (`value`, `description`, `sensitive`) match.
   *
   * @throws InfrastructureAssertionError with where they differ
   */
  public hasOutput(name: string, pattern?: unknown): void {
    this.hasNamed("output", name, pattern);
  }

  /**
   * There is a Terraform variable of this name, and its arguments (`type`, `default`) match.
   *
   * @throws InfrastructureAssertionError with where they differ
   */
  public hasVariable(name: string, pattern?: unknown): void {
    this.hasNamed("variable", name, pattern);
  }

  /**
   * A provider is configured like this; of several configurations, one is enough.
   *
   * @throws InfrastructureAssertionError with where the last one differs
   */
  public hasProvider(name: string, pattern: unknown = {}): void {
    const configured = [this.named("provider", name)].flat();
    for (const [index, one] of configured.entries()) {
      try {
        return expectMatch(`provider ${name} of stack ${this.stack}`, one, pattern);
      } catch (error) {
        if (index === configured.length - 1) throw error;
      }
    }
  }

  /** The configuration as a text that is the same on every machine. */
  public override toString(): string {
    return configurationText(this.json);
  }

  public [inspect.custom](): string {
    return this.toString();
  }

  private hasNamed(kind: "output" | "variable", name: string, pattern: unknown = {}): void {
    expectMatch(`${kind} ${name} of stack ${this.stack}`, this.named(kind, name), pattern);
  }

  private named(kind: "output" | "variable" | "provider", name: string): unknown {
    const all: Readonly<Record<string, unknown>> = this.json[kind] ?? {};
    if (name in all) return all[name];
    const names = Object.keys(all).sort().join(", ") || "none";
    throw new InfrastructureAssertionError(`stack ${this.stack} has no ${kind} ${name}. It has: ${names}.`);
  }
}

function assertedBlocks(
  blocks: TypedBlocks | undefined,
  prefix: string,
  overlayOf: typeof resourceOverlay,
): AssertedResource[] {
  return blocksOf(blocks).map(({ type, name, block }) => {
    const properties = withoutNotes(block);
    return {
      address: `${prefix}${type}.${name}`,
      type,
      name,
      constructPath: constructPathOf(block),
      properties,
      hides: (path) => {
        // Looked for when a message is written, which most assertions never do.
        const secrets = secretPaths(properties, overlayOf(type));
        const place = path.replace(/\[\d+\]/g, "");
        return secrets.some((one) => `${one}.`.startsWith(`${place}.`) || place === "");
      },
    };
  });
}
