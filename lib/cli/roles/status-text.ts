import { type DatabaseRoles, stageOf } from "../../database/roles";
import { HOME_SLOT, slotOf } from "../../database/roles/node-name";
import { rolesPicture } from "./roles-picture";

/** Where a pair is, and what can be done next. */
export function statusText(roles: DatabaseRoles, file: string): string {
  const { replicas, replicaCount, retired, restored, primary } = roles;
  const missing = replicaCount - replicas.length;
  const candidates = [...replicas, ...restored].map(({ node }) => node);
  const next = [
    ...replicas.map(({ node }) => [
      `failover${replicas.length > 1 ? ` --to ${node}` : ""}`,
      `${node} takes over from ${primary.node}`,
    ]),
    ...restored.map(({ node }) => [
      `failover --to ${node}`,
      `${node} takes over from ${primary.node}, with the data of its backup`,
    ]),
    ...(retired.length > 0 || missing > 0
      ? [
          [
            "rebuild",
            rebuildText(
              retired.map(({ node }) => node),
              missing,
            ),
          ],
        ]
      : []),
    ...(slotOf(primary.node) !== HOME_SLOT && replicas.some(({ node }) => slotOf(node) === HOME_SLOT)
      ? [["switch-back", `the node in slot ${HOME_SLOT} is the primary again`]]
      : []),
    ...candidates.map((node) => [`retire ${node}`, `${node} goes out of service`]),
    ["add-replica", "one replica more"],
    ["restore …", "a node from a backup, beside the others"],
  ];
  const width = Math.max(...next.map(([command]) => command!.length));
  return [
    `${file}: ${stageOf(roles)}`,
    "",
    ...rolesPicture(roles),
    "",
    ...(missing > 0 ? [`${missing} of ${replicaCount} replicas missing.`, ""] : []),
    "Next steps (tandem roles …), each with --dry-run:",
    ...next.map(([command, what]) => `  ${command!.padEnd(width)}  ${what}`),
    "",
  ].join("\n");
}

function rebuildText(retired: readonly string[], missing: number): string {
  const parts = [
    ...(retired.length > 0 ? [`${retired.join(", ")} deleted`] : []),
    ...(missing > 0 ? [`${missing} replica${missing === 1 ? "" : "s"} made`] : []),
  ];
  return parts.join(", ");
}
