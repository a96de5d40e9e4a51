import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** Longest value of a tag: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_LENGTH = 256;
/** What Terraform appends to a `name_prefix`. */
const GENERATED_SUFFIX_LENGTH = 26;

/** The `Name` tag of a resource: the path of the construct it belongs to, as in `shop/Web/Network`. */
export function nameTag(scope: IConstruct): { Name: string } {
  return { Name: scope.node.path.replace(/[^\w .:/=+@-]/g, "-").slice(0, TAG_LENGTH) };
}

/** The path of a construct as one word of letters, digits and hyphens: `shop-Web-Network`. */
export function pathName(scope: IConstruct): string {
  return word(scope.node.path);
}

/** The path of a construct within its stack, as one word: `Web-Network`. Part of addresses, so it is stable. */
export function pathInStack(scope: IConstruct): string {
  const stack = TerraformStack.of(scope);
  return pathBelow(stack, scope) || word(stack.node.id);
}

/** The path of a construct below another one, as one word. */
export function pathBelow(upper: IConstruct, scope: IConstruct): string {
  return word(scope.node.path.slice(upper.node.path.length + 1));
}

/** The path of a construct within its stack, and before it that stack where it is another one than the reader's. */
export function pathSeenFrom(reader: IConstruct, scope: IConstruct): string {
  const stack = TerraformStack.of(scope);
  return stack === TerraformStack.of(reader) ? pathInStack(scope) : `${stack.node.id}-${pathInStack(scope)}`;
}

/** A name of up to 255 characters from the path of a construct and a word of its own, which is never cut. */
export function longName(scope: IConstruct, word: string): string {
  return `${pathName(scope).slice(0, 254 - word.length)}-${word}`;
}

/** A `name_prefix` from the path of a construct, so that the name Terraform makes of it stays within a limit. */
export function namePrefix(scope: IConstruct, maxNameLength: number): string {
  return `${pathName(scope).slice(0, maxNameLength - GENERATED_SUFFIX_LENGTH - 1)}-`;
}

function word(path: string): string {
  return path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
