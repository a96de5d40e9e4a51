import {
  type DatabaseRoles,
  type FailOverOptions,
  type RebuildOptions,
  type RestoreSource,
  type RetireOptions,
  addReplica,
  failOver,
  rebuildReplica,
  restoreFrom,
  retire,
  switchBack,
} from "../../database/roles";
import { describeSource } from "../../database/roles/restore-source";
import type { Step } from "./step-report";

/** Prints the lag in seconds, minute by minute; -1 is a replica that does not copy. */
const lagCommand = (node: string) =>
  "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag --statistics Maximum " +
  "--period 60 --start-time $(($(date +%s) - 600)) --end-time $(date +%s) " +
  `--dimensions Name=DBInstanceIdentifier,Value=IDENTIFIER-${node} (IDENTIFIER: what its name in RDS begins with)`;

/** RDS promotes no replica that is backing up. */
const statusCommand = (node: string) =>
  `aws rds describe-db-instances --db-instance-identifier IDENTIFIER-${node} --query "DBInstances[0].DBInstanceStatus"`;

const NOTHING = "Nothing.";

export function failOverStep(before: DatabaseRoles, options: FailOverOptions): Step {
  const after = failOver(before, options);
  const [old, next] = [before.primary.node, after.primary.node];
  const source = after.primary.restoredFrom;
  const isRestored = source !== undefined && before.restored.some(({ node }) => node === next);
  return {
    title: `failover: ${next} takes over from ${old}`,
    before,
    after,
    lost: options.lost ? old : undefined,
    loss: isRestored
      ? `Everything written since the backup (${describeSource(source)}), from the moment on that ${next} takes writes.`
      : `Writes that ${old} had confirmed and ${next} had not copied: the replica lag when ${old} went down, below a ` +
        "second as a rule. For good: AWS never joins the two again.",
    checks: [
      ...(isRestored
        ? [`Look into ${next}: connect to it by its own name, and see that the data is what you want.`]
        : [
            `Is ${old} really down, for longer than RDS needs to switch to its standby (one or two minutes)?`,
            `How far is ${next} behind? ${lagCommand(next)}`,
            `Is ${next} available, and not backing up, when RDS promotes none? ${statusCommand(next)}`,
          ]),
      ...(options.lost
        ? [
            `See that ${old} is really gone: aws rds describe-db-instances. One that is there would be deleted.`,
          ]
        : [`Stop what writes to ${old}, if it still runs: its writes from now on are lost.`]),
    ],
  };
}

export function rebuildStep(before: DatabaseRoles, options: RebuildOptions): Step {
  const after = rebuildReplica(before, options);
  const gone = before.retired.map(({ node }) => node).join(", ");
  const made = after.replicas.filter(({ node }) => !before.replicas.some((one) => one.node === node));
  const names = made.map(({ node }) => node).join(", ");
  return {
    title: `rebuild: ${[
      ...(gone === "" ? [] : [`${gone} deleted`]),
      ...(names === "" ? [] : [`${names} made, copying ${after.primary.node}`]),
    ].join("; ")}`,
    before,
    after,
    loss:
      gone === ""
        ? NOTHING
        : `What is only on ${gone}: writes that were never copied. They stay in the final snapshot of an old primary.`,
    checks: [
      ...(gone === ""
        ? []
        : [`Is everything saved from ${gone} that you want? This is the last chance but for the snapshot.`]),
      `Does ${after.primary.node} work, and has the site been well for a while?`,
      "Until the replica is there, only the primary's standby stands by.",
    ],
  };
}

export function switchBackStep(before: DatabaseRoles): Step {
  const after = switchBack(before);
  const [old, next] = [before.primary.node, after.primary.node];
  return {
    title: `switch-back: ${next} takes up its work again, ${old} retires`,
    before,
    after,
    loss: `Nothing, if no one writes and ${next} has caught up before you deploy. Else what it lags behind, for good.`,
    checks: [
      "Choose a quiet hour: nobody can write from now until the names have moved, some minutes.",
      "Stop writes: the site's maintenance page, or read-only mode of your application.",
      `Wait until ${next} has caught up, and its lag is 0: ${lagCommand(next)}`,
    ],
  };
}

export function addReplicaStep(before: DatabaseRoles, options: { readonly slot?: string }): Step {
  const after = addReplica(before, options);
  const made = after.replicas.filter(({ node }) => !before.replicas.some((one) => one.node === node));
  return {
    title: `add-replica: ${made.map(({ node }) => node).join(", ")} copies ${after.primary.node}`,
    before,
    after,
    loss: NOTHING,
    checks: ["A replica costs as much as its primary, and its standby as much again."],
  };
}

export function retireStep(before: DatabaseRoles, node: string, options: RetireOptions): Step {
  const after = retire(before, node, options);
  const restored = before.restored.some((one) => one.node === node);
  return {
    title: `retire: ${node} goes out of service`,
    before,
    after,
    loss: restored ? `What was written to ${node}; it stays in its final snapshot.` : NOTHING,
    checks: restored
      ? []
      : [
          ...(after.replicas.length === 0
            ? [`Nothing can take over until the rebuild, and all reads go to ${after.primary.node}.`]
            : []),
          "Connections to it stay open until it is deleted.",
        ],
  };
}

export function restoreStep(
  before: DatabaseRoles,
  source: RestoreSource,
  options: { readonly slot?: string },
): Step {
  const after = restoreFrom(before, source, options);
  const { node } = after.restored.at(-1)!;
  return {
    title: `restore: ${node} is made from ${describeSource(source)}`,
    before,
    after,
    loss: "Nothing: it stands beside those in service, and gets the same user and password.",
    checks: [
      "The user of the backup has to be the pair's own (credentials.username): the secret's password is set for it.",
      `When you have looked into it: tandem roles failover --to ${node}, or tandem roles retire ${node}.`,
    ],
  };
}
