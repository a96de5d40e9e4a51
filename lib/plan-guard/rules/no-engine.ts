import { type GuardRule, refused } from "../guard-rule";
import { hasOrigin } from "./vanished-database";

export const noEngine: GuardRule = {
  id: "no-engine",
  refuses: "to make an instance of nothing: without an engine, a source or a backup",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.kind === "instance" && one.action === "create")
      .filter((one) => typeof one.after("engine") !== "string" && !hasOrigin(one))
      .map((one) =>
        refused(
          one.address,
          `${one.identifier ?? one.address} is to be made, but of nothing: it has no engine, no source and no backup. The ` +
            "apply fails.",
          "In a pair of this library it is a node that was promoted, and is not there: take its steps one by one, each " +
            "deployed. A new environment begins with a file of its own: tandem roles init.",
        ),
      ),
};
