import type { DatabaseChange } from "../database-change";
import { type GuardRule, refused } from "../guard-rule";

export const clusterWithoutInstances: GuardRule = {
  id: "cluster-without-instances",
  refuses: "to take all instances of a cluster away",
  findings: ({ databases }) => {
    const instances = databases.filter((one) => one.kind === "cluster instance" && one.exists);
    const ending = databases.filter((one) => one.kind === "cluster" && one.ends);
    const clusters = new Set(instances.map(clusterOf));
    return [...clusters]
      .filter((cluster) => !ending.some((one) => one.isNamed(cluster)))
      .flatMap((cluster) => {
        const members = instances.filter((one) => clusterOf(one) === cluster);
        return members.every((one) => one.ends && !one.isMadeFirst)
          ? [
              refused(
                members[0]!.address,
                `All instances of ${String(cluster)} are deleted or replaced in one plan: nothing serves its data.`,
                "Replace one at a time.",
              ),
            ]
          : [];
      });
  },
};

function clusterOf(one: DatabaseChange): unknown {
  return one.before("cluster_identifier");
}
