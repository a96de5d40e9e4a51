/** A field of cron: its numbers, and the names that some of them have. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 7, names: DAYS },
];

/**
 * Whether a text is a recurrence as Auto Scaling takes it: minute, hour, day, month and day of the week, each `*`, a
 * number, a range, or a list of these, with a step where there are several.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
export function isRecurrence(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  return parts.length === FIELDS.length && FIELDS.every((field, index) => isField(parts[index]!, field));
}

function isField(text: string, field: Field): boolean {
  return text.split(",").every((part) => {
    const match = /^(\*|\w+(?:-\w+)?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return false;
    const [, values = "", step] = match;
    if (step !== undefined && (Number(step) === 0 || !/[*-]/.test(values))) return false;
    if (values === "*") return true;
    const [from, to] = [values.split("-")[0]!, values.split("-").at(-1)!].map((value) =>
      numberOf(value, field),
    );
    return from !== undefined && to !== undefined && from <= to;
  });
}

function numberOf(text: string, { min, max, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + min;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= min && number <= max ? number : undefined;
}
