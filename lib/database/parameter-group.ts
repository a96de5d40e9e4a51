import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { PropChecks } from "../validation";
import { DatabaseEngine } from "./engine";

/** Parameters of your own may add to these, and change all but the one that forces TLS. */
export function checkParameters(
  checks: PropChecks,
  engine: DatabaseEngine,
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

/** The parameter group that both instances use: TLS forced, slow queries logged, and what the user adds. */
export function createParameterGroup(
  scope: Construct,
  engine: DatabaseEngine,
  namePrefix: string,
  parameters: Readonly<Record<string, string>>,
): DbParameterGroup {
  const all = { ...engine.facts.parameters, ...parameters };
  return new DbParameterGroup(scope, "ParameterGroup", {
    namePrefix,
    family: engine.parameterGroupFamily,
    parameter: Object.keys(all)
      .sort()
      .map((name) => ({
        name,
        value: all[name]!,
        // Taken for static and dynamic parameters alike; a new instance starts with all of them.
        applyMethod: "pending-reboot",
      })),
    tags: nameTag(scope),
    // A group in use can't be deleted, and a new major version needs a new group.
    lifecycle: { createBeforeDestroy: true },
  });
}
