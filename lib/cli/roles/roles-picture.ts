import { type DatabaseRoles } from "../../database/roles";
import { describeSource } from "../../database/roles/restore-source";

const INDENT = " ".repeat(10);
const WRITER = "writer ─▶ ";
const READER = " ◀─ reader";
const WIDTH = 40;
const GAP = 4;

/**
 * A pair as a picture: where the names of writer and reader lead, who copies whom, and what is out of service.
 *
 * @example
 * writer ─▶ ┌────────────┐
 *           │ a1 primary │
 *           └─┬──────────┘
 *             │  ┌────────────┐
 *             └─▶│ b1 replica │ ◀─ reader
 *                └────────────┘
 */
export function rolesPicture(roles: DatabaseRoles): readonly string[] {
  const { primary, replicas, restored, retired } = roles;
  const alone = replicas.length === 0;
  const [top, middle, bottom] = box(`${primary.node} primary`);
  return [
    INDENT + top,
    WRITER + middle + (alone ? READER : ""),
    INDENT + (alone ? bottom : `└─┬${bottom!.slice(3)}`),
    ...(alone && primary.restoredFrom ? [`${INDENT}  from ${describeSource(primary.restoredFrom)}`] : []),
    ...replicas.flatMap(({ node }, index) => {
      const isLast = index === replicas.length - 1;
      const [above, beside, below] = box(`${node} replica`);
      return [
        `${INDENT}  │  ${above}`,
        `${INDENT}  ${isLast ? "└" : "├"}─▶${beside}${READER}`,
        `${INDENT}  ${isLast ? " " : "│"}  ${below}`,
      ];
    }),
    ...restored.flatMap(({ node, restoredFrom }) => [
      ...box(`${node} restored`).map((line) => INDENT + line),
      `${INDENT}  from ${describeSource(restoredFrom)}`,
    ]),
    ...retired.flatMap(({ node }) => box(`${node} retired`, "┄").map((line) => INDENT + line)),
  ];
}

/** Two pictures beside each other, or below each other where there is no room. */
export function pictureOfStep(
  before: readonly string[],
  after: readonly string[],
  [titleBefore, titleAfter]: readonly [string, string],
  columns = 2 * WIDTH + GAP,
): string {
  const left = [titleBefore, "", ...before];
  const right = [titleAfter, "", ...after];
  const widest = Math.max(WIDTH, ...left.map((line) => line.length)) + GAP;
  if (widest + Math.max(...right.map((line) => line.length)) > columns)
    return [...left, "", ...right].join("\n");
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row) =>
    `${(left[row] ?? "").padEnd(widest)}${right[row] ?? ""}`.trimEnd(),
  ).join("\n");
}

function box(text: string, edge = "─"): readonly string[] {
  const line = edge.repeat(text.length + 2);
  const side = edge === "─" ? "│" : "┆";
  return [`┌${line}┐`, `${side} ${text} ${side}`, `└${line}┘`];
}
