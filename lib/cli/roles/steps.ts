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
import { IDENTIFIER, type Step } from "./step";

/** Prints the lag in seconds, minute by minute; -1 is a replica that does not copy. */
const lagCommand = (node: string) =>
  "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag --statistics Maximum " +
  "--period 60 --start-time $(($(date +%s) - 600)) --end-time $(date +%s) " +
  `--dimensions Name=DBInstanceIdentifier,Value=${IDENTIFIER}-${node}`;

/**
 * A PostgreSQL replica's lag in seconds grows while nobody writes.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
 */
const caughtUpText = (old: string, next: string) =>
  `Wait until ${next} has everything. PostgreSQL: note "SELECT pg_current_wal_lsn()" of ${old} when writes have ` +
  `stopped; "SELECT pg_last_wal_replay_lsn()" of ${next} is the same, or more. MySQL, MariaDB: the lag is 0 twice in a ` +
  `row. See: ${lagCommand(next)}`;

/** RDS promotes no replica that is backing up. */
const statusCommand = (node: string) =>
  `aws rds describe-db-instances --db-instance-identifier ${IDENTIFIER}-${node} --query "DBInstances[0].DBInstanceStatus"`;

const availableText = (node: string) =>
  `Is ${node} available? While it is backing up, RDS does not promote it. See: ${statusCommand(node)}`;

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
      : `Writes that ${old} had confirmed and ${next} had not copied: what it lagged behind when ${old} went ` +
        "down. For good: AWS never joins the two again.",
    checks: [
      ...(isRestored
        ? [`Look into ${next}: connect to it by its own name, and see that the data is what you want.`]
        : [
            ...(options.lost
              ? [`Is ${old} really gone? See: ${statusCommand(old)}`]
              : [
                  `Is ${old} really down, for longer than RDS needs to switch to its standby (one or two minutes)?`,
                ]),
            `How far is ${next} behind, in seconds? See: ${lagCommand(next)}`,
            availableText(next),
          ]),
      ...(options.lost
        ? []
        : [`Stop what writes to ${old}, if it still runs: its writes from now on are lost.`]),
      ...followersText(before, next),
    ],
  };
}

/** Other replicas are out of service from now on. */
function followersText({ replicas }: DatabaseRoles, next: string): string[] {
  const others = replicas.map(({ node }) => node).filter((node) => node !== next);
  return others.length === 0
    ? []
    : [`All reads go to ${next} until the rebuild: ${list(others)} can't follow it. Does it bear that?`];
}

export function rebuildStep(before: DatabaseRoles, options: RebuildOptions): Step {
  const after = rebuildReplica(before, options);
  const gone = before.retired.map(({ node }) => node);
  const standalone = before.retired
    .filter(({ replicates }) => replicates === undefined)
    .map(({ node }) => node);
  const names = newReplicas(before, after);
  return {
    title: `rebuild: ${[
      ...(gone.length === 0 ? [] : [`${list(gone)} deleted`]),
      ...(names.length === 0 ? [] : [`${list(names)} made, copying ${after.primary.node}`]),
    ].join("; ")}`,
    before,
    after,
    loss:
      standalone.length === 0
        ? NOTHING
        : `What is only on ${list(standalone)}, such as writes that were never copied: it is in the final snapshot.`,
    checks: [
      ...(standalone.length === 0
        ? []
        : [
            `Is everything saved from ${list(standalone)} that you want? Afterwards there is the final snapshot.`,
          ]),
      ...(before.retired.length === 0
        ? []
        : [`Does ${after.primary.node} work, and has the site been well for a while?`]),
      ...(names.length > 0 && before.replicas.length === 0
        ? [`Until ${list(names)} is there, only the standby of ${after.primary.node} stands by.`]
        : []),
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
      caughtUpText(old, next),
      availableText(next),
      ...followersText(before, next),
    ],
  };
}

export function addReplicaStep(before: DatabaseRoles, options: { readonly slot?: string }): Step {
  const after = addReplica(before, options);
  return {
    title: `add-replica: ${newReplicas(before, after).join(", ")} copies ${after.primary.node}`,
    before,
    after,
    loss: NOTHING,
    checks: [
      "A replica costs as much as its primary, and its standby as much again.",
      "Where several replicas take reads, each has two alarms and three health checks (readerHealth): the plan has " +
        "those too.",
    ],
  };
}

export function retireStep(before: DatabaseRoles, node: string, options: RetireOptions): Step {
  const after = retire(before, node, options);
  const isRestored = before.restored.some((one) => one.node === node);
  const until = options.forGood ? "any more" : "until the rebuild";
  return {
    title: `retire: ${node} goes out of service`,
    before,
    after,
    loss: isRestored
      ? `Nothing yet. With the rebuild, what was written to ${node}: it is in its final snapshot.`
      : NOTHING,
    checks: isRestored
      ? []
      : [
          ...(after.replicas.length === 0
            ? [`No replica can take over ${until}, and all reads go to ${after.primary.node}.`]
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
      "When it is there, deploy once more: RDS restores without Performance Insights, and Terraform then switches it on.",
      `When you have looked into it: tandem roles failover --to ${node}, or tandem roles retire ${node}.`,
    ],
  };
}

function newReplicas(before: DatabaseRoles, after: DatabaseRoles): string[] {
  const known = before.replicas.map(({ node }) => node);
  return after.replicas.map(({ node }) => node).filter((node) => !known.includes(node));
}

function list(nodes: readonly string[]): string {
  return nodes.length < 2 ? nodes.join("") : `${nodes.slice(0, -1).join(", ")} and ${nodes.at(-1)}`;
}
