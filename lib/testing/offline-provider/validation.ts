import { mapBlocks } from "./planning";
import type { Attribute, Block } from "./schema";
import { type Values, isAbsent } from "./values";

/** A problem, as the protocol sends it. */
export interface Diagnostic {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { readonly steps: readonly { readonly attribute_name: string }[] };
}

/** Values for attributes that only the provider can set. Terraform leaves this check to the provider. */
export function unconfigurableValues(block: Block, config: Values): Diagnostic[] {
  return problems(block, config, ({ computed, optional, required }, path) =>
    computed && !optional && !required
      ? {
          summary: "Value for unconfigurable attribute",
          detail: `Can't configure a value for "${path}": its value will be decided automatically based on the result of applying this configuration.`,
        }
      : undefined,
  );
}

/** Values for write-only arguments, sent by a Terraform that would keep them. */
export function writeOnlyValues(block: Block, config: Values): Diagnostic[] {
  return problems(block, config, ({ writeOnly }, path) =>
    writeOnly
      ? {
          summary: "Write-only Attribute Not Allowed",
          detail: `There is a value for write-only attribute "${path}". Write-only attributes are only supported in Terraform 1.11 and later.`,
        }
      : undefined,
  );
}

function problems(
  block: Block,
  config: Values,
  check: (attribute: Attribute, path: string) => Pick<Diagnostic, "summary" | "detail"> | undefined,
  prefix: readonly string[] = [],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const path = [...prefix, name];
    const problem = isAbsent(config[name]) ? undefined : check(attribute, path.join("."));
    if (problem)
      found.push({ severity: 1, ...problem, attribute: { steps: [{ attribute_name: path[0]! }] } });
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    mapBlocks(nested, config[name], (element) => {
      found.push(...problems(nested.block, element, check, [...prefix, name]));
      return element;
    });
  }
  return found;
}
