import type { ConstructPaths } from "../configuration/construct-paths";
import { type ArgumentChange, argumentChanges, pathText } from "./argument-change";
import { comparable, maskedValue, withoutSecrets } from "./masked-value";
import { type ChangeJson, type PlannedAction, type ResourceChangeJson, actionOf } from "../../terraform-plan";

/** A resource or data source in a plan. */
export interface PlannedResource {
  /** `aws_subnet.Network_Public_eu-west-1a`, or `data.aws_ami.Image` for a data source. */
  readonly address: string;
  /** Path of the construct that made it; undefined for one that the configuration doesn't have any more. */
  readonly constructPath: string | undefined;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly action: PlannedAction;
  /** For `replace`: the successor is there before the resource is deleted. */
  readonly createBeforeDestroy: boolean;
  /** For `replace`: the arguments whose change needs another resource, as in `["cidr_block"]`. */
  readonly replacedBecause: readonly string[];
  /** Terraform's own reason, where it has one: `delete_because_no_resource_config`. */
  readonly reason: string | undefined;
  /** Its address before it was moved. */
  readonly previousAddress: string | undefined;
  /** Id of what is imported. */
  readonly importedId: string | undefined;
  /** Its values now. Secrets are `(sensitive value)`; undefined if there is no such resource yet. */
  readonly before: Readonly<Record<string, unknown>> | undefined;
  /** Its values afterwards. What isn't known yet is `(known after apply)`; undefined if it will be gone. */
  readonly after: Readonly<Record<string, unknown>> | undefined;
  /** Where the two differ. */
  readonly changes: readonly ArgumentChange[];
}

export function plannedResource(json: ResourceChangeJson, paths: ConstructPaths): PlannedResource {
  const { address, mode, type, name, change } = json;
  const { before, after } = maskedValues(change);
  const replacePaths = change.replace_paths ?? [];
  return {
    address,
    constructPath: paths.of(address),
    mode,
    type,
    name,
    action: actionOf(change.actions),
    createBeforeDestroy: change.actions[0] === "create" && change.actions.length > 1,
    replacedBecause: replacePaths.map(pathText).sort(),
    reason: json.action_reason,
    previousAddress: json.previous_address,
    importedId: change.importing?.id,
    before: withoutSecrets(before) as Attributes,
    after: withoutSecrets(after) as Attributes,
    changes: argumentChanges(before, after, replacePaths).map((one) => ({
      ...one,
      before: withoutSecrets(one.before),
      after: withoutSecrets(one.after),
    })),
  };
}

type Attributes = Readonly<Record<string, unknown>> | undefined;

/** Values as they are shown, but with secrets that can be told apart: a change of one is a change. */
function maskedValues(change: ChangeJson): { before: unknown; after: unknown } {
  const { before_sensitive: secretBefore, after_sensitive: secretAfter, after_unknown: unknown } = change;
  return {
    before: maskedValue(change.before ?? undefined, secretBefore, undefined, comparable),
    // After a delete there is nothing, though all of it is marked as known.
    after: change.after === null ? undefined : maskedValue(change.after, secretAfter, unknown, comparable),
  };
}
