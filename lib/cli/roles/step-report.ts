import { type DatabaseRoles, type NodeChange, nodeChanges, readersOf, stageOf } from "../../database/roles";
import { describeSource } from "../../database/roles/restore-source";
import { IDENTIFIER, type Step } from "./step";
import { pictureOfStep, rolesPicture } from "./roles-picture";

/** Everything that somebody wants to know of a step before it is taken. */
export function stepReport(
  step: Step,
  { columns, identifier = IDENTIFIER }: { readonly columns?: number; readonly identifier?: string },
): string {
  const { before, after, title, checks, loss } = step;
  const changes = nodeChanges(before, after).filter(({ node }) => node !== step.lost);
  const picture = pictureOfStep(
    rolesPicture(before),
    rolesPicture(after),
    [`today: ${stageOf(before)}`, `next: ${stageOf(after)}`],
    columns,
  );
  return [
    title,
    "",
    picture,
    "",
    section("The next plan", [
      ...changes.map(changeText),
      ...(step.lost ? [`  ${step.lost}  is not there any more; if the plan deletes it, stop`] : []),
      ...namesText(before, after),
      ...logsText(changes),
      planCount(changes),
    ]),
    section("How long it takes", durations(changes)),
    section("What is lost at worst", [loss]),
    section("Before you deploy", checksText(checks, identifier)),
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}

function checksText(checks: readonly string[], identifier: string): string[] {
  const texts = checks.map((check) => check.replaceAll(IDENTIFIER, identifier));
  return identifier === IDENTIFIER && checks.some((check) => check.includes(IDENTIFIER))
    ? [
        ...texts,
        `(${IDENTIFIER} is what your instances' names in RDS begin with; say it with --identifier. Add --region for one elsewhere.)`,
      ]
    : texts;
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `${title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function changeText({ node, kind, as }: NodeChange): string {
  switch (kind) {
    case "create":
      return as.replicates === undefined
        ? `+ ${node}  is made from ${as.restoredFrom ? describeSource(as.restoredFrom) : "nothing"}`
        : `+ ${node}  is made, a replica of ${as.replicates}`;
    case "promote":
      return `~ ${node}  is promoted: replicate_source_db goes, its final snapshot gets a name`;
    case "retire":
      return `~ ${node}  is retired: deletion protection goes off; it stays until the rebuild`;
    case "reinstate":
      return `~ ${node}  serves again: deletion protection goes on`;
    case "delete":
      return as.replicates === undefined
        ? `- ${node}  is deleted, with a final snapshot`
        : `- ${node}  is deleted, a copy`;
  }
}

function namesText(before: DatabaseRoles, after: DatabaseRoles): string[] {
  const [was, is] = [readersOf(before), readersOf(after)];
  const nodes = [...new Set([...was.keys(), ...is.keys()])].filter((node) => was.get(node) !== is.get(node));
  const writer =
    before.primary.node === after.primary.node
      ? []
      : [`~ writer's record leads to ${after.primary.node}, after that has changed`];
  const readers = nodes.sort().map((node) => {
    if (!was.has(node)) return `+ reader's record of ${node}`;
    return is.has(node) ? `~ reader's record of ${node} gets another weight` : `- reader's record of ${node}`;
  });
  return [...writer, ...readers];
}

function logsText(changes: readonly NodeChange[]): string[] {
  const made = changes.filter(({ kind }) => kind === "create").map(({ node }) => node);
  return made.length > 0 ? [`+ log groups of ${made.join(", ")}; those of nodes that are deleted stay`] : [];
}

function planCount(changes: readonly NodeChange[]): string {
  const count = (action: NodeChange["action"]) => changes.filter((one) => one.action === action).length;
  const counts = `${count("create")} to add, ${count("update")} to change, ${count("delete")} to destroy`;
  return `Of instances: ${counts}. Anything else about aws_db_instance: stop. (Terraform's count has records, logs and alarms too.)`;
}

/**
 * What AWS says, and where it gives no numbers, rules of thumb.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Create.html,
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
function durations(changes: readonly NodeChange[]): string[] {
  const has = (kind: NodeChange["kind"], isReplica: boolean) =>
    changes.some((one) => one.kind === kind && (one.as.replicates !== undefined) === isReplica);
  const lines = [
    ...(has("promote", false)
      ? ["A promotion takes some minutes, longer for a large database. The names follow within a minute."]
      : []),
    ...(has("create", true)
      ? ["A replica is made from a snapshot: some ten minutes for a small database, hours for a large one."]
      : []),
    ...(has("create", false)
      ? [
          "A restore takes some ten minutes for a small database, hours for a large one; it reads slowly at first.",
        ]
      : []),
    ...(has("delete", false) ? ["A deletion waits for its final snapshot: minutes, or longer."] : []),
    ...(has("delete", true) ? ["A replica is deleted in some minutes."] : []),
  ];
  return lines.length > 0 ? lines : ["Some minutes: nothing is interrupted."];
}
