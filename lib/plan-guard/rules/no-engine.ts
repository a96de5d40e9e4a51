import { isConfigured } from "../configuration";
import { type GuardRule, refused } from "../guard-rule";
import { ORIGINS, originAfter } from "../origin";
import { isVanished } from "./vanished-database";

export const noEngine: GuardRule = {
  id: "no-engine",
  refuses: "to make an instance of nothing: without an engine, a source or a backup",
  findings: (changes) =>
    changes.databases
      .filter(
        (one) =>
          one.kind === "instance" && one.action === "create" && typeof one.after("engine") !== "string",
      )
      .filter((one) => one.sourceAfter === undefined && originAfter(one) === undefined)
      // What is not known yet may be given all the same.
      .filter((one) => ["engine", ...ORIGINS].every((name) => !isConfigured(changes.plan, one.address, name)))
      .filter((one) => !isVanished(one, changes))
      .map((one) =>
        refused(
          one.address,
          `${one.identifier ?? one.address} is to be made, but of nothing: it has no engine, no source and no backup. The ` +
            "apply fails.",
          "In a pair of this library it is a node that was promoted, and is not there. If it was deleted, fail over to " +
            "its replica: tandem roles failover --lost. If the roles are not those that were deployed last, take the " +
            "file from version control; steps are deployed one by one.",
        ),
      ),
};
