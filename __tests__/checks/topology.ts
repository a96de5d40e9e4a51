import { TerraformStack } from "cdktf";
import { Config, synth } from "../support/synth";

/** One resource of a synthesized stack; `provider` is a type, too. */
export interface Resource {
  readonly type: string;
  readonly address: string;
  readonly config: Config;
}

/** A synthesized stack, as scanners see it: resources, and who names whom. */
export class Topology {
  public static of(stack: TerraformStack): Topology {
    return new Topology(synth(stack).json);
  }

  public constructor(public readonly json: Config) {}

  public copy(): Topology {
    return new Topology(structuredClone(this.json));
  }

  public all(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => {
      if (type === "provider") {
        const providers: Config[] = this.json.provider?.aws ?? [];
        return providers.map((config, index) => ({ type, address: `provider.aws.${index}`, config }));
      }
      return Object.entries<Config>(this.json.resource?.[type] ?? {}).map(([name, config]) => ({
        type,
        address: `${type}.${name}`,
        config,
      }));
    });
  }

  /** Resources of these types that name this one in an argument. */
  public naming(resource: Resource, ...types: readonly string[]): Resource[] {
    return this.all(...types).filter(({ config }) => names(config, resource));
  }

  /** Resources of these types that a value names. */
  public namedIn(value: unknown, ...types: readonly string[]): Resource[] {
    return this.all(...types).filter((resource) => names(value, resource));
  }

  public add(type: string, name: string, config: Config): void {
    ((this.json.resource ??= {})[type] ??= {})[name] = config;
  }
}

/** Whether a reference to the resource stands in a value; what only comes after it (`depends_on`) does not count. */
export function names(value: unknown, { address }: Resource): boolean {
  return value !== undefined && JSON.stringify(value).includes(`${address}.`);
}

/** Blocks of a resource: CDKTF writes one as an object or as a list. */
export function blocks(value: unknown): Config[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Config];
}

/** The only block of its kind. */
export function block(value: unknown): Config {
  return blocks(value)[0] ?? {};
}

/** Some arguments are texts in the provider's schema. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
