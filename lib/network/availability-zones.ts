import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { awsProvidersOf } from "../synthesis";
import { PropChecks, isKnown } from "../validation";
import { regionOfZone } from "./region";

/**
 * The availability zones of a network: names (`["eu-west-1a", "eu-west-1b"]`), or names under keys of your
 * own (`{ a: zoneA, b: zoneB }`) where the names are known only after deploy.
 *
 * The name, or the key, becomes part of the Terraform address of everything made for that zone, so that
 * adding a zone moves nothing else.
 */
export type AvailabilityZones = readonly string[] | Readonly<Record<string, string>>;

/** One zone: the stable key, which is part of addresses, and AWS's name for it, which may be a token. */
export interface Zone {
  readonly key: string;
  readonly name: string;
}

const KEY_FORM = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Reads and checks the zones of a construct. */
export function readZones(scope: IConstruct, value: AvailabilityZones): readonly Zone[] {
  const checks = new PropChecks(scope);
  const prop = "availabilityZones";
  checks.require(value !== null && typeof value === "object", {
    prop,
    value,
    allowed: 'a list of zone names, as in ["eu-west-1a", "eu-west-1b"]',
    remedy: "Name at least two zones of the provider's region.",
  });
  const named = Array.isArray(value);
  // A list that is itself a token holds an unknown number of zones, none of which has a name to key it by.
  const literal = named ? !Token.isUnresolved(value) && value.every((zone) => isKnown(zone)) : true;
  checks.require(literal, {
    prop,
    value,
    allowed: "names that are known now, since they are part of Terraform addresses",
    remedy:
      "Where the names are known only after deploy, give each a key: " +
      "availabilityZones: { a: Fn.element(names, 0), b: Fn.element(names, 1) }.",
  });

  const zones: Zone[] = named
    ? value.map((name) => ({ key: name, name }))
    : Object.entries(value as Readonly<Record<string, string>>).map(([key, name]) => ({ key, name }));
  checks.require(zones.length >= 2, {
    prop,
    value,
    allowed: "at least two zones",
    remedy: "Name a second zone of the same region, so that the loss of one leaves the other.",
  });
  for (const { key, name } of zones) {
    checks.matches(prop, key, KEY_FORM, {
      allowed: "keys of letters, digits, hyphens and underscores",
      remedy: "Name zones as AWS does (eu-west-1a), or by short keys (a, b).",
    });
    checks.require(!isKnown(name) || regionOfZone(name) !== undefined, {
      prop,
      value: name,
      allowed: "names of availability zones, as in eu-west-1a",
      remedy: "A region's zones are listed by: aws ec2 describe-availability-zones --region REGION.",
    });
  }

  const names = zones.map((zone) => zone.name).filter(isKnown);
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  checks.require(repeated === undefined, {
    prop,
    value: names,
    allowed: "different zones",
    remedy: `Replace the second ${repeated} by another zone of the same region.`,
  });
  checkOneRegion(checks, prop, names);
  return zones;
}

/** A VPC lies in one region, and so do its zones. */
export function checkOneRegion(checks: PropChecks, prop: string, zones: readonly string[]): void {
  const regions = [...new Set(zones.map(regionOfZone).filter((region) => region !== undefined))];
  checks.require(regions.length <= 1, {
    prop,
    value: zones,
    allowed: "zones of one region",
    remedy: `A VPC lies in one region; these are of ${regions.join(" and ")}. Make one network a region.`,
  });
}

/**
 * Refuses zones of another region than the provider's, where both are literal: at once if the provider is
 * there already, else when the stack is synthesized.
 */
export function checkZonesAgainstProvider(scope: IConstruct, prop: string, zones: readonly string[]): void {
  const checks = new PropChecks(scope);
  const names = zones.filter((zone) => isKnown(zone) && regionOfZone(zone) !== undefined);
  if (names.length === 0) return;
  const check = () => {
    const given = awsProvidersOf(scope).map((provider) => provider.region);
    // A provider whose region is not known yet may be the one that is meant.
    const regions = given.every(isKnown) ? given : [];
    const foreign = names.find((name) => !regions.includes(regionOfZone(name) ?? ""));
    checks.require(regions.length === 0 || foreign === undefined, {
      prop,
      value: names,
      allowed: `zones of the AWS provider's region, ${regions.join(" or ")}`,
      remedy: `Name zones of that region, or set the provider's region to ${regionOfZone(foreign ?? "")}.`,
    });
  };
  check();
  scope.node.addValidation({
    validate: () => {
      try {
        check();
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    },
  });
}
