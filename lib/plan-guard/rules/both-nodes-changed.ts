import { DatabaseChange } from "../database-change";
import { slotHint } from "../slot-hint";
import { type GuardRule, type RuleFinding, refused } from "../guard-rule";

/** Arguments whose change interrupts an instance, at once or in its maintenance window. */
const INTERRUPTING = [
  "db_subnet_group_name",
  "dedicated_log_volume",
  "engine_version",
  "identifier",
  "instance_class",
  "network_type",
  "option_group_name",
  "port",
];

/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html */
export const bothNodesChanged: GuardRule = {
  id: "both-nodes-changed",
  refuses: "to interrupt all instances that serve one database",
  findings: ({ databases }) => [...ofPairs(databases), ...ofClusters(databases)],
};

function ofPairs(databases: readonly DatabaseChange[]): RuleFinding[] {
  return databases
    .filter((one) => one.kind === "instance" && one.isStandalone)
    .flatMap((primary) => {
      const replicas = databases.filter((one) => one.copies(primary));
      const interrupted = [primary, ...replicas].filter(isInterrupted);
      const all = replicas.length > 0 && interrupted.length === replicas.length + 1 && !primary.ends;
      return all && !replicas.some((one) => one.isPromoted) ? [interruptsAll(interrupted)] : [];
    });
}

function ofClusters(databases: readonly DatabaseChange[]): RuleFinding[] {
  const instances = databases.filter((one) => one.kind === "cluster instance" && one.action !== "create");
  const clusters = new Set(instances.map((one) => one.before("cluster_identifier")));
  return [...clusters].flatMap((cluster) => {
    const members = instances.filter((one) => one.before("cluster_identifier") === cluster);
    const interrupted = members.filter(isInterrupted);
    return members.length > 1 && interrupted.length === members.length ? [interruptsAll(interrupted)] : [];
  });
}

function interruptsAll(interrupted: readonly DatabaseChange[]): RuleFinding {
  const names = interrupted.map((one) => one.identifier).join(" and ");
  const what = [...new Set(interrupted.flatMap(interruptions))].join(", ");
  return refused(
    interrupted[0]!.address,
    `${names} change ${what || "all"} in one plan: all of them are interrupted, and none is left to serve.`,
    `Change one at a time, the replica first, and go on when it is done${slotHint(interrupted.at(-1)!)}.`,
  );
}

/** Arguments of an instance that the plan changes, and whose change interrupts it. */
export function interruptions(one: DatabaseChange): string[] {
  if (one.action !== "update") return [];
  // The provider keeps what it computes as unknown, where it isn't configured.
  return INTERRUPTING.filter((name) => one.changes(name) && typeof one.after(name) !== "symbol").filter(
    // A cluster is upgraded as a whole.
    (name) => one.kind === "instance" || name !== "engine_version",
  );
}

function isInterrupted(one: DatabaseChange): boolean {
  return interruptions(one).length > 0 || (one.action === "replace" && !one.isMadeFirst);
}
