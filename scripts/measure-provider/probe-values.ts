import { type Value, type Values, isObject, isUnknown } from "../../lib/testing/offline-provider/values";
import type { KnownValues } from "./known-values";
import type { Attribute, CtyType } from "./schema";

/** Two different values for one attribute: before a change, and after it. */
export type Pair = readonly [Value, Value];

type Text = (side: 0 | 1) => string;
const ONE_OF =
  (...pair: [string, string]): Text =>
  (side) =>
    pair[side];

/** What a text of this name looks like. The first that matches counts. */
const TEXTS: readonly [RegExp, Text][] = [
  [/assume_role_policy$|(^|_)policy(_document|_body)?$|^policy_/, (side) => policy(side)],
  [/json|configuration_text|_filter$|document$|^definition$|_template$|schema$/, (side) => `{"a":"${side}"}`],
  [
    /(^|_)arns?$|_role$|kms_key_id$|kms_key$|^kms_master_key_id$/,
    (side) => `arn:aws:iam::12345678901${side}:role/x${side}`,
  ],
  [/ipv6.*cidr|cidr.*ipv6/, (side) => `2600:1f1${side}::/56`],
  [/cidr/, (side) => `10.${side}.0.0/16`],
  [/ipv6_address/, (side) => `2600::${side + 1}`],
  [/_ip$|ip_address|_ips$/, (side) => `10.0.0.${side + 1}`],
  [/window/, ONE_OF("mon:03:00-mon:04:00", "tue:03:00-tue:04:00")],
  [
    /(^|_)(time|timestamp)$|_at$|date$|valid_(until|from)|expir|(^|_)(since|start|end|(start|end)_inclusive)$/,
    (side) => `2030-01-0${side + 1}T00:00:00Z`,
  ],
  [/timeout|duration|delay$/, (side) => `${side + 1}m`],
  [/base64|user_data|binary|blob/, ONE_OF("YWE=", "YmI=")],
  [/engine_version/, ONE_OF("8.0.1", "8.0.2")],
  [/availability_zone_id/, ONE_OF("use1-az1", "use1-az2")],
  [/availability_zone/, ONE_OF("us-east-1a", "us-east-1b")],
  [/region$/, ONE_OF("us-west-1", "us-west-2")],
  [/account_id$|owner_id$|^account$/, (side) => `12345678901${side}`],
  [/_ids?$/, (side) => `x-0123456${side}`],
  [/(^|_)(url|uri|endpoint)$/, (side) => `https://${side}.example.com`],
  [/email/, (side) => `${side}@example.com`],
  [/domain$|domain_name$|fqdn$/, (side) => `x${side}.example.com`],
  [/^(min|max)_.*price$/, (side) => `0.${side + 1}`],
];

function policy(side: 0 | 1): string {
  const Resource = `arn:aws:s3:::x${side}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource }],
  });
}

/** A value of this type that suits an attribute of this name. */
export function plausibleValue(type: CtyType, name: string, side: 0 | 1): Value {
  if (type === "string")
    return (TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? ONE_OF("vala", "valb"))(side);
  if (type === "number") return side + 1;
  if (type === "bool") return side === 1;
  if (typeof type === "string") return null;
  const [kind, inner] = type;
  if (kind === "list" || kind === "set") return [plausibleValue(inner as CtyType, name, side)];
  if (kind === "map") return { key: plausibleValue(inner as CtyType, name, side) };
  if (kind === "tuple") return (inner as CtyType[]).map((part) => plausibleValue(part, name, side));
  return Object.fromEntries(
    Object.entries(inner).map(([member, part]) => [member, plausibleValue(part as CtyType, member, side)]),
  );
}

/** The value, with a plausible one for each part that is not known. */
export function completed(type: CtyType, name: string, value: Value): Value {
  if (isUnknown(value)) return plausibleValue(type, name, 0);
  if (typeof type === "string") return value;
  const [kind, inner] = type;
  if (Array.isArray(value))
    return value.map((part, index) =>
      completed(kind === "tuple" ? (inner as CtyType[])[index]! : (inner as CtyType), name, part),
    );
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, part]) => [
      member,
      kind === "map"
        ? completed(inner as CtyType, name, part)
        : completed((inner as Record<string, CtyType>)[member]!, member, part),
    ]),
  );
}

/** The value made of this scalar, for a scalar's type and collections of scalars. */
function ofScalar(type: CtyType, scalar: string): Value | undefined {
  if (type === "string") return scalar;
  // The provider ends when it gets NaN.
  if (type === "number") return Number.isFinite(Number(scalar)) ? Number(scalar) : undefined;
  if (typeof type === "string") return undefined;
  const [kind, inner] = type;
  const part = kind === "list" || kind === "set" ? ofScalar(inner as CtyType, scalar) : undefined;
  return part === undefined ? undefined : [part];
}

/** The values to try on one resource type. */
export class Probes {
  private readonly learned = new Map<string, readonly string[]>();

  public constructor(private readonly known: KnownValues = {}) {}

  /** The value that every configuration of this type must have here. */
  public base(path: string): Value | undefined {
    return this.known.always?.[path];
  }

  /** Whether every configuration of this type must have a block here. */
  public hasBlock(path: string): boolean {
    return Object.keys(this.known.always ?? {}).some((known) => `${known}.`.startsWith(`${path}.`));
  }

  /** What else must be configured where this attribute is. */
  public companions(path: string): Readonly<Values> {
    return this.known.beside?.[path] ?? {};
  }

  /** Takes note of values that the provider says it allows. @returns whether that is news */
  public learn(path: string, allowed: readonly string[]): boolean {
    const isNews = this.learned.get(path)?.join() !== allowed.join();
    this.learned.set(path, allowed);
    return isNews;
  }

  public pair(path: string, { type, name }: Attribute): Pair {
    const known = this.known.between?.[path];
    if (known) return known;
    const [before, after] = (this.learned.get(path) ?? []).map((scalar) => ofScalar(type, scalar));
    return [before ?? plausibleValue(type, name, 0), after ?? plausibleValue(type, name, 1)];
  }

  /** Whether the provider may allow one value alone, so that the second of the pair is no more than a try. */
  public hasSingleValue(path: string): boolean {
    return this.learned.get(path)?.length === 1;
  }
}

/** Formats that the provider names in complaints, and names of attributes that it expects to have them. */
const FORMATS: readonly [RegExp, string][] = [
  [/^Invalid ARN Value/, "arn"],
  [/^Invalid JSON String Value/, "json"],
  [/^Invalid RFC3339 String Value/, "time"],
  [/^Invalid Time Duration String Value/, "duration"],
];

/** The values that the provider names in a complaint about another one, if it does. */
export function allowedValues(complaint: string): string[] {
  const list = /(?:one of|valid values(?: are)?):?\s*\[([^\]]*)\]/i.exec(complaint)?.[1];
  if (list !== undefined) return readList(list);
  const format = FORMATS.find(([pattern]) => pattern.test(complaint))?.[1];
  if (format !== undefined)
    return [0, 1].map((side) => String(plausibleValue("string", format, side as 0 | 1)));
  const range = /(?:range|between) \(?(-?\d+)(?: - | and )(-?\d+)\)?/i.exec(complaint);
  if (range && !/length/i.test(complaint)) return [range[1]!, String(Number(range[1]) + 1)];
  const least = /at least \(?(\d+)\)?, got/i.exec(complaint)?.[1];
  return least === undefined ? [] : [least, String(Number(least) + 1)];
}

function readList(list: string): string[] {
  const quoted = [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, value]) => value!);
  const values = quoted.length > 0 ? quoted : list.split(/[\s,]+/);
  return [...new Set(values)].filter((value) => value !== "");
}
