import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { PropChecks } from "../validation";
import { DatabaseEngine } from "./engine";
import { EngineFacts } from "./engine-facts";

/** Parameters of your own may add to these, and change all but the one that forces TLS. */
export function checkParameters(
  checks: PropChecks,
  engine: { readonly facts: EngineFacts },
  parameters: Readonly<Record<string, string>>,
): void {
  const { tlsParameter } = engine.facts;
  checks.oneOf(
    `parameters["${tlsParameter}"]`,
    parameters[tlsParameter],
    [engine.facts.parameters[tlsParameter]!],
    "Connections to the database are always encrypted; leave the parameter out.",
  );
}

/** A parameter as both kinds of parameter groups take it. */
export interface GroupParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: string;
}

/** An engine's parameters and those that the user adds or changes, sorted by name. */
export function groupParameters(
  engine: { readonly facts: EngineFacts },
  parameters: Readonly<Record<string, string>>,
): GroupParameter[] {
  const all = { ...engine.facts.parameters, ...parameters };
  return Object.keys(all)
    .sort()
    .map((name) => ({
      name,
      value: all[name]!,
      // Taken for static and dynamic parameters alike; a new instance starts with all of them.
      applyMethod: "pending-reboot",
    }));
}

/** The parameter group that both instances use: TLS forced, slow queries logged, and what the user adds. */
export function createParameterGroup(
  scope: Construct,
  engine: DatabaseEngine,
  namePrefix: string,
  parameters: Readonly<Record<string, string>>,
): DbParameterGroup {
  return new DbParameterGroup(scope, "ParameterGroup", {
    namePrefix,
    family: engine.parameterGroupFamily,
    parameter: groupParameters(engine, parameters),
    tags: nameTag(scope),
    // A group in use can't be deleted, and a new major version needs a new group.
    lifecycle: { createBeforeDestroy: true },
  });
}
