import { createHash } from "node:crypto";
import { PropChecks, isKnown } from "../validation";
import { EngineFacts } from "./engine-facts";

/** Room for a slot and a generation behind the identifier: `-a12`. */
const SUFFIX_LENGTH = 4;
const MAX_IDENTIFIER_LENGTH = 63 - SUFFIX_LENGTH;

/**
 * Names that RDS would refuse at deploy.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 *
 * @param suffixes what the instances add to the identifier
 */
export function checkDatabaseNames(
  checks: PropChecks,
  engine: { readonly facts: EngineFacts },
  names: { databaseName: string; username: string; identifier: string },
  suffixes = "-a1 and -b1",
): void {
  const { title, service, maxDatabaseNameLength, maxUserNameLength, reservedNames, reservedPrefixes } =
    engine.facts;
  const isReserved = (name: string) =>
    reservedNames.includes(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
  const wanted = "a name of letters, digits and underscores, as in shop";
  checks.given("databaseName", names.databaseName, wanted, "Name the database that applications use.");
  const word = (length: number) => ({
    form: new RegExp(`^[A-Za-z][A-Za-z0-9_]{0,${length - 1}}$`),
    allowed: `1 to ${length} letters, digits and underscores, starting with a letter`,
  });
  const parts = [
    { prop: "databaseName", value: names.databaseName, ...word(maxDatabaseNameLength) },
    { prop: "credentials.username", value: names.username, ...word(maxUserNameLength) },
  ];
  for (const { prop, value, form, allowed } of parts) {
    checks.matches(prop, value, form, {
      allowed,
      remedy: `Choose a name that ${title} on ${service} takes.`,
    });
    checks.require(!isKnown(value) || !isReserved(value.toLowerCase()), {
      prop,
      value,
      allowed: `names that ${title} does not keep for itself`,
      remedy: `Choose another one, as in "app_${value}".`,
    });
  }
  checks.matches(
    "identifier",
    names.identifier,
    new RegExp(`^(?!.*--)[a-z][a-z0-9-]{0,${MAX_IDENTIFIER_LENGTH - 1}}(?<!-)$`),
    {
      allowed: `1 to ${MAX_IDENTIFIER_LENGTH} lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen`,
      remedy: `Give a shorter or simpler identifier; instances add ${suffixes} to it.`,
    },
  );
}

/** An identifier from the path of a construct; of a path that is too long, the start and a hash of all of it. */
export function identifierFrom(path: string): string {
  const word = path.toLowerCase().replace(/^[^a-z]+/, "");
  if (word.length <= MAX_IDENTIFIER_LENGTH) return word;
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  return `${word.slice(0, MAX_IDENTIFIER_LENGTH - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
