import type { PlacedWidget } from "../../lib/monitoring/dashboard/layout";

const COLUMN = 42;
const ROW = 22;
const GAP = 4;
const COLORS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b"];

interface Limit {
  readonly label: string;
  readonly value: number;
}

/** The layout of a dashboard as a picture: what is where, which lines a chart has and where alarms begin. */
export function drawDashboard(widgets: readonly PlacedWidget[]): string {
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  const [width, height] = [24 * COLUMN, bottom * ROW];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#f2f3f3"/>`,
    ...widgets.flatMap(drawWidget),
    "</svg>",
    "",
  ].join("\n");
}

function drawWidget(widget: PlacedWidget): string[] {
  const x = widget.x * COLUMN + GAP / 2;
  const y = widget.y * ROW + GAP / 2;
  const [width, height] = [widget.width * COLUMN - GAP, widget.height * ROW - GAP];
  const inside = { text: drawText, alarm: drawAlarms, metric: drawChart }[widget.type](widget);
  const frame =
    widget.type === "text"
      ? []
      : [`<rect width="${width}" height="${height}" fill="#fff" stroke="#d5dbdb"/>`];
  return [`<g transform="translate(${x} ${y})">`, ...frame, ...inside, "</g>"];
}

function drawText({ properties }: PlacedWidget): string[] {
  const lines = String(properties.markdown)
    .split("\n")
    .filter((line) => !/^\|[-|]+$/.test(line));
  return lines.flatMap((line, place) => {
    const heading = /^(#+) (.*)/.exec(line);
    if (heading) return [label(6, 17, heading[2]!, { bold: true, size: heading[1]!.length === 1 ? 16 : 13 })];
    const y = 17 + place * ROW;
    if (!line.startsWith("|")) return [label(6, y, line)];
    const cells = line.split("|").slice(1, -1);
    return cells.map((cell, column) => label(6 + [0, 300, 720, 840][column]!, y, short(cell.trim())));
  });
}

function drawAlarms({ properties }: PlacedWidget): string[] {
  const names = (properties.alarms as string[]).map(nameOf);
  return [
    label(6, 15, String(properties.title), { bold: true }),
    ...names.flatMap((name, place) => {
      const [x, y] = [6 + (place % 4) * 6 * COLUMN, 22 + Math.floor(place / 4) * ROW];
      return [
        `<rect x="${x}" y="${y}" width="${6 * COLUMN - 12}" height="${ROW - 5}" fill="#e9f5e9" stroke="#2ca02c"/>`,
        label(x + 5, y + 12, name),
      ];
    }),
  ];
}

function drawChart({ width, height, properties }: PlacedWidget): string[] {
  const { metrics, title, annotations, yAxis } = properties as {
    metrics: unknown[][];
    title: string;
    annotations: { horizontal: Limit[] };
    yAxis: { left: { label: string } };
  };
  const lines = metrics
    .map((line) => line.at(-1) as { label?: string; visible?: boolean; yAxis?: string })
    .filter(({ visible }) => visible !== false);
  const [left, right, top, bottom] = [
    8,
    width * COLUMN - GAP - 8,
    40,
    height * ROW - GAP - 8 - 14 * lines.length,
  ];
  return [
    label(8, 16, title, { bold: true }),
    label(8, 31, yAxis.left.label, { color: "#687078" }),
    `<path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="#aab7b8"/>`,
    ...annotations.horizontal.flatMap((limit, place) => drawLimit(limit, left, right, top + 13 + place * 17)),
    ...lines.flatMap(({ label: name, yAxis: side }, place) => {
      const y = bottom + 13 + place * 14;
      const text = side === "right" ? `${name} (on the right)` : name!;
      return [
        `<rect x="${left}" y="${y - 8}" width="9" height="9" fill="${COLORS[place % COLORS.length]}"/>`,
        label(left + 14, y, text),
      ];
    }),
  ];
}

function drawLimit({ label: name, value }: Limit, left: number, right: number, y: number): string[] {
  return [
    `<path d="M${left} ${y}H${right}" stroke="#d62728" stroke-dasharray="5 3"/>`,
    label(left + 6, y - 4, `${name}: ${Number(value.toPrecision(3)).toLocaleString("en")}`, {
      color: "#d62728",
    }),
  ];
}

interface TextStyle {
  readonly bold?: boolean;
  readonly size?: number;
  readonly color?: string;
}

function label(
  x: number,
  y: number,
  text: string,
  { bold, size, color = "#16191f" }: TextStyle = {},
): string {
  const style = `${bold ? ' font-weight="bold"' : ""}${size ? ` font-size="${size}"` : ""}`;
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" fill="${color}"${style}>${safe}</text>`;
}

/** Terraform's expressions as the part of them that people recognise. */
function short(text: string): string {
  return text.replaceAll("`", "").replace(/\$\{[a-z0-9_]+\.(.+?)_[0-9A-F]{8}\.\w+\}/g, "$1");
}

function nameOf(arn: string): string {
  if (arn.includes("composite_alarm")) return "site-down";
  return /([^_]+)_[0-9A-F]{8}\.arn\}$/.exec(arn)?.[1] ?? arn;
}
