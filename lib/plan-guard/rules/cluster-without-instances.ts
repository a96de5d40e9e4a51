import { type GuardRule, refused } from "../guard-rule";

export const clusterWithoutInstances: GuardRule = {
  id: "cluster-without-instances",
  refuses: "to take all instances of a cluster away",
  findings: ({ databases }) => {
    const instances = databases.filter((one) => one.kind === "cluster instance");
    return databases
      .filter((one) => one.kind === "cluster" && !one.ends && one.action !== "create")
      .flatMap((cluster) => {
        const members = instances.filter((one) => cluster.isNamed(one.before("cluster_identifier")));
        const all = members.length > 0 && members.every((one) => one.ends);
        return all
          ? [
              refused(
                members[0]!.address,
                `All instances of ${cluster.identifier} are deleted or replaced in one plan: nothing serves its data.`,
                "Replace one at a time.",
              ),
            ]
          : [];
      });
  },
};
