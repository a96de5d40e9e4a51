import {
  DefaultTokenResolver,
  Fn,
  IResolvable,
  Lazy,
  StringConcat,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Tokenization,
  ref,
} from "cdktf";
import { IConstruct } from "constructs";
import { isJsonObject } from "../../json";
import { nameTag } from "../../naming";
import { awsProvidersOf } from "../../synthesis";
import { InvalidPropError, PropChecks } from "../../validation";

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** The default tags of a provider, as Terraform gets them. */
interface DefaultTags {
  readonly tags: Tags;
  /** Tags whose keys Terraform alone knows. */
  readonly unknown?: IResolvable;
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const MAX_TAGS = 50;
const KEY_FORM = /^(?!aws:)[\p{L}\p{N}\p{Z}_.:/=+@-]{1,128}$/iu;
const VALUE_FORM = /^[\p{L}\p{N}\p{Z}_.:/=+@-]{0,256}$/u;

export function checkTags(checks: PropChecks, tags: Tags | undefined): void {
  checks.group("tags", tags, 'As in { team: "shop" }.');
  for (const [key, value] of Object.entries(tags ?? {})) {
    checks.matches("tags", key, KEY_FORM, {
      allowed: "keys of 1 to 128 letters, digits, spaces and _ . : / = + - @, not starting with aws:",
      remedy: "Rename the tag.",
    });
    const allowed = "text of up to 256 letters, digits, spaces and _ . : / = + - @";
    checks.given(`tags.${key}`, value, allowed, "Give it a value, or leave it out.");
    checks.matches(`tags.${key}`, value, VALUE_FORM, {
      allowed,
      remedy: "Shorten it, or leave other characters out; write numbers as text.",
    });
  }
  checkNumber(checks, { Name: "", ...tags });
}

/**
 * The tags of a host and what belongs to it, for a resource that makes hosts: the default tags of its provider, which
 * reach neither the hosts of a group nor what a launch template makes; the name; and those of the user, which win.
 *
 * The provider is asked when all is synthesized, as it may be changed until then.
 */
export class HostTags {
  public constructor(
    private readonly maker: () => TerraformResource,
    private readonly own: Tags,
  ) {}

  /** As tag specifications of a launch template. */
  public specifications(resourceTypes: readonly string[]): IResolvable {
    return Lazy.anyValue({
      produce: () => {
        const { tags, unknown } = this.read();
        const all = unknown === undefined ? tags : Fn.merge([unknown, tags]);
        return resourceTypes.map((resourceType) => ({ resource_type: resourceType, tags: all }));
      },
    });
  }

  /** As tags of a group that it gives to its hosts. Those whose keys aren't known they have of the template alone. */
  public propagated(): IResolvable {
    return Lazy.anyValue({
      produce: () =>
        Object.entries(this.read().tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
    });
  }

  /** What is wrong when the provider is known. */
  public validate(): string[] {
    try {
      checkNumber(new PropChecks(this.maker()), this.read().tags);
      return [];
    } catch (error) {
      if (error instanceof InvalidPropError) return [error.message];
      throw error;
    }
  }

  private read(): DefaultTags {
    const { tags, unknown } = defaultTagsFor(this.maker());
    return { tags: { ...tags, ...this.own }, unknown };
  }
}

/** The tags that hosts have by themselves. */
export function ownTags(scope: IConstruct, given: Tags = {}): Tags {
  return { ...nameTag(scope), ...given };
}

function checkNumber(checks: PropChecks, tags: Tags): void {
  const count = Object.keys(tags).length;
  checks.require(count <= MAX_TAGS, {
    prop: "tags",
    value: `${count} tags`,
    allowed: `up to ${MAX_TAGS} tags, the name and the provider's default tags among them`,
    remedy: "Leave some out.",
  });
}

/** Default tags of the provider that a resource is made by. */
function defaultTagsFor(resource: TerraformResource): DefaultTags {
  const provider: (TerraformProvider & { defaultTagsInput?: unknown }) | undefined =
    resource.provider ?? awsProvidersOf(resource).find(({ alias }) => alias === undefined);
  // A list of one block, of which any part may be a token.
  const blocks: unknown = Tokenization.resolve(provider?.defaultTagsInput, {
    scope: resource,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
  const tags = Array.isArray(blocks) && isJsonObject(blocks[0]) ? blocks[0].tags : undefined;
  if (isJsonObject(tags)) return { tags: tags as Tags };
  const expression = typeof tags === "string" ? /^\$\{(.*)\}$/s.exec(tags)?.[1] : undefined;
  if (expression === undefined) return { tags: {} };
  return { tags: {}, unknown: ref(expression, TerraformStack.of(resource)) };
}
