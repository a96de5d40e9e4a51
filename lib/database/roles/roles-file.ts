import { readFileSync } from "node:fs";
import { JsonObject, isJsonObject, parseJson } from "../../json";
import { checkRoles } from "./check-roles";
import { DatabaseNode, DatabaseRoles } from "./database-roles";
import { InvalidRolesError } from "./invalid-roles-error";

/** What a roles file may have in it; all but the primary may be left out. */
const KEYS = {
  primary: "node",
  replicas: "nodes",
  replicaCount: "number",
  restored: "nodes",
  retired: "nodes",
  deleted: "names",
} as const;

/** Keys of a node, by where it is listed. */
const NODE_KEYS = ["node", "replicates", "promotedFrom", "restoredFrom"] as const;
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  primary: ["node", "promotedFrom", "restoredFrom"],
  replicas: ["node", "replicates"],
  restored: ["node", "restoredFrom"],
  retired: NODE_KEYS,
};
/** What a node has to have beside its name. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  replicas: ["replicates"],
  restored: ["restoredFrom"],
};
const REMEDY = "`tandem roles init` writes a file to begin with.";

/**
 * Reads the roles of a pair from a JSON file, which is kept with the program, one for each environment.
 *
 * @throws InvalidRolesError that names the file, and what in it is wrong
 *
 * @example
 * new DatabasePair(stack, "Database", { roles: readRoles("roles/production.json"), … });
 */
export function readRoles(path: string): DatabaseRoles {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fault(
      path,
      "",
      `the file can't be read (${(error as NodeJS.ErrnoException).code})`,
      "a file of roles",
      {
        remedy: "`tandem roles init` writes the file of a new pair.",
      },
    );
  }
  return parseRoles(text, path);
}

/**
 * Reads roles from JSON.
 *
 * @param source what messages call it
 * @throws InvalidRolesError
 */
export function parseRoles(text: string, source: string): DatabaseRoles {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    throw fault(source, "", `it is no JSON (${(error as Error).message})`, "one JSON object");
  }
  if (!isJsonObject(json)) throw fault(source, "", `it is ${describe(json)}`, "one JSON object");
  // JSON takes the last of two members of one name; a merge of two branches may leave both.
  const twice = repeatedMember(text);
  if (twice) throw fault(source, twice, "it is given twice", "each member once");
  checkKeys(source, "", json, Object.keys(KEYS));
  for (const [key, kind] of Object.entries(KEYS)) checkKind(source, key, json[key], kind);
  if (json.primary === undefined)
    throw fault(source, "primary", "it is not given", 'a node, as in { "node": "a1" }');
  const given = json as unknown as Partial<DatabaseRoles> & { readonly primary: DatabaseNode };
  const replicas = given.replicas ?? [];
  const roles: DatabaseRoles = {
    primary: given.primary,
    replicas,
    replicaCount: given.replicaCount ?? Math.max(1, replicas.length),
    restored: given.restored ?? [],
    retired: given.retired ?? [],
    deleted: given.deleted ?? [],
  };
  checkRoles(roles, source);
  return roles;
}

/** Roles as the file has them, laid out as Prettier would: what is empty is left out. */
export function formatRoles(roles: DatabaseRoles): string {
  const { primary, replicas, replicaCount, restored, retired, deleted } = roles;
  const unlessEmpty = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined);
  const json = JSON.stringify(
    {
      primary,
      replicas: unlessEmpty(replicas),
      replicaCount,
      restored: unlessEmpty(restored),
      retired: unlessEmpty(retired),
      deleted: unlessEmpty(deleted),
    } satisfies Record<keyof typeof KEYS, unknown>,
    null,
    2,
  );
  // Names on one line.
  return `${json.replace(/\[[^[\]{}]*\]/g, (names) => JSON.stringify(JSON.parse(names)).replaceAll(",", ", "))}\n`;
}

/** A member that the file, or one node in it, has twice. */
function repeatedMember(text: string): string | undefined {
  const timesIn = (part: string, key: string) => part.split(new RegExp(`"${key}"\\s*:`)).length - 1;
  const nodes = text.match(/\{[^{}]*\}/g) ?? [];
  return (
    Object.keys(KEYS).find((key) => timesIn(text, key) > 1) ??
    NODE_KEYS.find((key) => nodes.some((node) => timesIn(node, key) > 1))
  );
}

function checkKind(
  source: string,
  key: string,
  value: unknown,
  kind: (typeof KEYS)[keyof typeof KEYS],
): void {
  if (value === undefined) return;
  const wrong = (allowed: string) => fault(source, key, `it is ${describe(value)}`, allowed);
  switch (kind) {
    case "number":
      if (typeof value !== "number") throw wrong("a number");
      return;
    case "names":
      if (!Array.isArray(value)) throw wrong('a list of names, as in ["a1"]');
      return;
    case "node":
      checkNode(source, key, value, ALLOWED[key]!);
      return;
    case "nodes":
      if (!Array.isArray(value)) throw wrong("a list of nodes");
      value.forEach((one, index) => checkNode(source, `${key}[${index}]`, one, ALLOWED[key]!));
  }
}

function checkNode(source: string, where: string, value: unknown, allowed: readonly string[]): void {
  const shape = `a node, with ${allowed.join(", ")}`;
  if (!isJsonObject(value)) throw fault(source, where, `it is ${describe(value)}`, shape);
  checkKeys(source, where, value, allowed);
  for (const [key, one] of Object.entries(value)) {
    const fits = key === "restoredFrom" ? isJsonObject(one) : typeof one === "string";
    if (!fits) {
      const what = key === "restoredFrom" ? "an object, with snapshot or instance" : "a text";
      throw fault(source, `${where}.${key}`, `it is ${describe(one)}`, what);
    }
  }
  const needed = ["node", ...(NEEDED[where.split("[")[0]!] ?? [])];
  const missing = needed.find((key) => value[key] === undefined);
  if (missing) throw fault(source, `${where}.${missing}`, "it is not given", shape);
}

function checkKeys(source: string, where: string, value: JsonObject, allowed: readonly string[]): void {
  const stray = Object.keys(value).find((key) => !allowed.includes(key));
  if (stray === undefined) return;
  throw fault(source, where, `${JSON.stringify(stray)} is not known`, allowed.join(", "));
}

function fault(
  source: string,
  where: string,
  problem: string,
  allowed: string,
  { remedy = REMEDY } = {},
): InvalidRolesError {
  return new InvalidRolesError({ where, problem, allowed, remedy }, source);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
