import { compareVersions, versionNumbers } from "../engine-versions";
import { type GuardRule, refused } from "../guard-rule";

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html */
export const downgradedEngine: GuardRule = {
  id: "downgraded-engine",
  refuses: "to go back to an older version of the engine",
  findings: ({ databases }) =>
    databases
      .filter((one) => one.action === "update" && one.changes("engine_version"))
      .filter((one) => {
        const now = one.before("engine_version_actual") ?? one.before("engine_version");
        const [before, after] = [versionNumbers(now), versionNumbers(one.after("engine_version"))];
        return before !== undefined && after !== undefined && compareVersions(after, before) < 0;
      })
      .map((one) =>
        refused(
          one.address,
          `${one.identifier} is at ${String(one.before("engine_version_actual") ?? one.before("engine_version"))}, and the ` +
            `plan makes it ${String(one.after("engine_version"))}. AWS goes forward only: the apply fails.`,
          "Name the version that it has by now; a short one, as in 17, follows AWS's upgrades.",
        ),
      ),
};
