import { createHash } from "node:crypto";
import { mapBlocks } from "./planning";
import type { Block, Type } from "./schema";
import { noBlocks } from "./state";
import { type Value, type Values, isAbsent, isObject, isUnknown } from "./values";

/** The account that everything is made in; AWS uses this number in its documentation. */
export const ACCOUNT_ID = "123456789012";

/** Hosts that can't exist (RFC 2606), so that nobody's machine is ever meant. */
const DOMAIN = "offline.invalid";

/** Hexadecimal digits of made-up texts, seventeen as in ids of AWS. */
const DIGEST_LENGTH = 13;
const TWIN_LENGTH = 4;

/** How AWS begins the ids of some resources. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  aws_ebs_volume: "vol",
  aws_egress_only_internet_gateway: "eigw",
  aws_eip: "eipalloc",
  aws_flow_log: "fl",
  aws_instance: "i",
  aws_internet_gateway: "igw",
  aws_launch_template: "lt",
  aws_nat_gateway: "nat",
  aws_network_acl: "acl",
  aws_network_interface: "eni",
  aws_route_table: "rtb",
  aws_route_table_association: "rtbassoc",
  aws_security_group: "sg",
  aws_default_security_group: "sg",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpce",
  aws_vpc_security_group_egress_rule: "sgr",
  aws_vpc_security_group_ingress_rule: "sgr",
};

/** Attributes that have the value of another one, by type. */
const SAME_AS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_acm_certificate: { id: "arn" },
  aws_autoscaling_group: { id: "name" },
  aws_cloudwatch_log_group: { id: "name" },
  aws_cloudwatch_metric_alarm: { id: "alarm_name" },
  aws_db_parameter_group: { id: "name" },
  aws_db_subnet_group: { id: "name" },
  aws_iam_instance_profile: { id: "name" },
  aws_iam_role: { id: "name" },
  aws_kms_key: { id: "key_id" },
  aws_lb: { id: "arn" },
  aws_lb_listener: { id: "arn" },
  aws_lb_target_group: { id: "arn" },
  aws_route53_record: { fqdn: "name" },
  aws_route53_zone: { id: "zone_id" },
  aws_s3_bucket: { id: "bucket" },
  aws_secretsmanager_secret: { id: "arn" },
  aws_sns_topic: { id: "arn" },
};

/** Lists that are empty on what has just been made, by type. */
const EMPTY: Readonly<Record<string, readonly string[]>> = { aws_db_instance: ["replicas"] };

/** Whom made-up values are for. Equal makers make equal values. */
export interface Maker {
  readonly type: string;
  readonly region: string;
  /** What tells it from others of its type: its configuration. */
  readonly seed: string;
  /** Number among those of the same configuration, from zero. */
  readonly twin: number;
}

/** A resource or data source with everything unknown replaced by something made up. */
export function makeUp(block: Block, value: Values, maker: Maker): Values {
  const made = madeUpBlock(block, value, maker);
  for (const [name, other] of Object.entries(SAME_AS[maker.type] ?? {})) {
    if (isUnknown(value[name])) made[name] = made[other] ?? null;
  }
  for (const name of EMPTY[maker.type] ?? []) {
    if (isUnknown(value[name])) made[name] = [];
  }
  return made;
}

function madeUpBlock(block: Block, value: Values, maker: Maker, path: readonly string[] = []): Values {
  const made = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (!(name in made)) continue;
    const prefix = value[`${name}_prefix`];
    made[name] =
      isUnknown(made[name]) && typeof prefix === "string"
        ? prefix + token(maker)
        : completed(attribute.type, made[name]!, [...path, name], maker);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    made[name] = isUnknown(made[name])
      ? noBlocks(nested)
      : mapBlocks(nested, made[name], (element, key) =>
          madeUpBlock(nested.block, element, maker, [
            ...path,
            name,
            ...(key === undefined ? [] : [String(key)]),
          ]),
        );
  }
  return made;
}

function completed(type: Type, value: Value, path: readonly string[], maker: Maker): Value {
  if (isUnknown(value)) return madeUp(type, path, maker);
  if (isAbsent(value) || typeof type === "string") return value;
  if (Array.isArray(value)) {
    return value.map((one, index) =>
      completed(elementType(type, index), one, [...path, String(index)], maker),
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      completed(elementType(type, key), one, [...path, key], maker),
    ]),
  );
}

function elementType(type: Exclude<Type, string>, key: string | number): Type {
  if (type[0] === "object") return type[1][key] ?? "dynamic";
  if (type[0] === "tuple") return type[1][key as number] ?? "dynamic";
  return type[1];
}

function madeUp(type: Type, path: readonly string[], maker: Maker): Value {
  if (type === "string") return madeUpText(path, maker);
  if (type === "number") return (number(path, maker) % 9_000) + 1;
  if (type === "bool") return false;
  if (typeof type === "string") return null;
  if (type[0] === "object") {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, one]) => [name, madeUp(one, [...path, name], maker)]),
    );
  }
  if (type[0] === "tuple") return type[1].map((one, index) => madeUp(one, [...path, String(index)], maker));
  if (type[0] === "map") return {};
  // A list that others take the first element of has one.
  return type[0] === "list" ? [madeUp(type[1], [...path, "0"], maker)] : [];
}

function madeUpText(path: readonly string[], maker: Maker): string {
  const name = path.at(-1)!;
  const what = maker.type.replace(/^[a-z0-9]+_/, "").replaceAll("_", "-");
  const place = path.length > 1 ? path.join("-").replaceAll("_", "-") : undefined;
  if (/(^|_)arn$/.test(name)) {
    return `arn:aws:offline:${maker.region}:${ACCOUNT_ID}:${place ?? what}/${token(maker)}`;
  }
  if (name === "id") return `${place ?? ID_PREFIXES[maker.type] ?? what}-${token(maker)}`;
  if (/(^|_)(dns_name|domain_name|address|endpoint|fqdn|hostname|host)$/.test(name)) {
    return `${place ?? what}-${token(maker)}.${DOMAIN}`;
  }
  if (/(^|_)(public_ip|private_ip|ip_address)$/.test(name)) {
    // A block that is set aside for documentation (RFC 5737).
    return `192.0.2.${(number(path, maker) % 254) + 1}`;
  }
  if (/(^|_)cidr(_block)?$/.test(name)) return "10.0.0.0/16";
  if (/(^|_)(owner_id|account_id)$/.test(name)) return ACCOUNT_ID;
  return `${place ?? name.replaceAll("_", "-")}-${token(maker)}`;
}

/** The part of a made-up text that only this resource has: what twins share, and the number of the twin. */
function token({ seed, twin }: Maker): string {
  return digits(seed, DIGEST_LENGTH) + twin.toString(16).padStart(TWIN_LENGTH, "0");
}

function number(path: readonly string[], { seed }: Maker): number {
  return parseInt(digits(`${seed}/${path.join("/")}`, 4), 16);
}

function digits(text: string, count: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, count);
}
