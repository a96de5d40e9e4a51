import { type TerraformJson, blocksOf, constructPathOf } from "./terraform-json";

/** Which construct made which resource. */
export class ConstructPaths {
  /** Undefined for blocks that no construct made. */
  private readonly byAddress: ReadonlyMap<string, string | undefined>;

  /**
   * @param unnoted paths of what CDKTF notes none of in the configuration: outputs, variables and providers
   */
  public constructor(json: TerraformJson, unnoted: ReadonlyMap<string, string>) {
    const kinds = { "": json.resource, "data.": json.data, "ephemeral.": json.ephemeral };
    const named = Object.entries(kinds).flatMap(([prefix, blocks]) =>
      blocksOf(blocks).map(({ type, name, block }) => [`${prefix}${type}.${name}`, block] as const),
    );
    const single = (["output", "variable", "module"] as const).flatMap((kind) =>
      Object.entries(json[kind] ?? {}).map(([name, block]) => [`${kind}.${name}`, block] as const),
    );
    const paths = [...named, ...single].map(([address, block]) => [address, constructPathOf(block)] as const);
    this.byAddress = new Map([...paths, ...unnoted]);
  }

  /** By an address, with or without the key of an instance: `aws_subnet.a["eu-west-1a"]`. */
  public of(address: string): string | undefined {
    return this.byAddress.get(address) ?? this.byAddress.get(address.replace(/\[.*\]$/, ""));
  }

  /** Addresses of all resources of a type. */
  public ofType(type: string): string[] {
    return [...this.byAddress.keys()].filter((address) => address.startsWith(`${type}.`));
  }

  /** Addresses that a text names. */
  public mentionedIn(text: string): string[] {
    const words = new Set(text.match(/[\w-]+(\.[\w-]+)+/g));
    return [...this.byAddress.keys()].filter((address) => words.has(address));
  }
}
