import { Construct } from "constructs";
import { checkTwoZones } from "../../network/two-zones";
import { PropChecks } from "../../validation";
import { checkDatabaseNames } from "../database-names";
import { DatabaseEngine } from "../engine";
import { DEFAULT_USERNAME, checkDatabaseOptions } from "../database-options";
import { checkTimes } from "../database-times";
import { checkInstanceClass, supportsPerformanceInsights } from "../instance-class";
import { checkParameters } from "../parameter-group";
import { DatabaseRoles, InvalidRolesError, checkRoles } from "../roles";
import { slotOf } from "../roles/node-name";
import { DatabasePairProps } from "./database-pair-props";
import { checkPrivateZone } from "./endpoints";
import { instanceClassOf, isMultiAz, zoneOfSlot } from "./instance-config";
import { checkSlots } from "./slot-options";
import { Storage, readStorage } from "./storage";

const LAGS = { min: 1, max: 86_400, unit: "seconds" };

/** Whether there is an engine at all, and one of a pair, whatever the compiler was told. */
export function checkEngineOfPair(checks: PropChecks, props: DatabasePairProps): void {
  const remedy = 'As in DatabaseEngine.postgres("17"); for an AuroraEngine there is AuroraCluster.';
  checks.given("engine", props?.engine, "a DatabaseEngine", remedy);
  checks.instanceOf("engine", props.engine, DatabaseEngine, remedy);
}

/** Checks all props of a pair, and fills in what is said of storage. */
export function checkPair(
  scope: Construct,
  props: DatabasePairProps,
  { identifier, roles }: { readonly identifier: string; readonly roles: DatabaseRoles },
): Storage {
  const checks = new PropChecks(scope);
  const { engine, parameters = {} } = props;
  engine.check(checks);
  checkDatabaseNames(checks, engine, {
    databaseName: props.databaseName,
    username: props.credentials?.username ?? DEFAULT_USERNAME,
    identifier,
  });
  checkDatabaseOptions(checks, props);
  checkInstanceClass(checks, props.instanceClass);
  checkParameters(checks, engine, parameters);
  checkTimes(checks, props);
  if (props.privateZone) checkPrivateZone(checks, props.privateZone);
  checkReaderHealth(checks, props);
  checkTwoZones(checks, props.network, "data");
  checkSlots(checks, props.slots ?? {}, props);
  checkInsights(checks, props);
  checkRolesOf(checks, roles);
  checkZones(checks, props, roles);
  checkKeys(checks, props, roles);
  return readStorage(checks, engine, props);
}

function checkReaderHealth(checks: PropChecks, { readerHealth }: DatabasePairProps): void {
  if (typeof readerHealth !== "object") return;
  const remedy = "A PostgreSQL primary without writes lets replicas report up to 300.";
  checks.integer("readerHealth.maxLag", readerHealth.maxLag, LAGS, remedy);
}

function checkInsights(checks: PropChecks, props: DatabasePairProps): void {
  const { performanceInsights, engine } = props;
  const classes = [undefined, ...Object.values(props.slots ?? {})].map((slot) =>
    instanceClassOf(props, slot),
  );
  const lacking = classes.find((one) => !supportsPerformanceInsights(engine.name, one));
  checks.require(!performanceInsights || lacking === undefined, {
    prop: "performanceInsights",
    value: performanceInsights,
    allowed: `false for ${engine.facts.title} on ${lacking}`,
    remedy: "Leave it out, or take a class from medium on.",
  });
}

function checkRolesOf(checks: PropChecks, roles: DatabaseRoles): void {
  try {
    checkRoles(roles);
  } catch (error) {
    if (!(error instanceof InvalidRolesError)) throw error;
    const { where, problem, allowed, remedy } = error;
    const value = valueAt(roles, where);
    checks.require(false, { prop: `roles.${where}`, value, allowed, remedy: `${problem}. ${remedy}` });
  }
}

/** What stands at a path such as `replicas[0].node`. */
function valueAt(roles: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  return steps.reduce(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    roles,
  );
}

/** Without standbys a replica has to stand in another zone than its primary, or a zone takes both. */
function checkZones(checks: PropChecks, props: DatabasePairProps, roles: DatabaseRoles): void {
  const { slots = {}, network } = props;
  const single = [roles.primary, ...roles.replicas]
    .map(({ node }) => slotOf(node))
    .filter((slot) => !slots[slot]?.region && !isMultiAz(props, slots[slot]));
  for (const slot of single) {
    checks.require(zoneOfSlot(network, slot, slots[slot]) !== undefined, {
      prop: slots[slot]?.multiAz === undefined ? "multiAz" : `slots.${slot}.multiAz`,
      value: false,
      allowed: "true where the network's zones are known by keys only",
      remedy:
        "Key the network's dataSubnetIds by names of zones, so that primary and replica can be kept apart.",
    });
  }
  const [primary, ...replicas] = single;
  if (primary !== slotOf(roles.primary.node) || replicas.length === 0) return;
  if (replicas.length < roles.replicas.length) return;
  const zones = new Set(single.map((slot) => zoneOfSlot(network, slot, slots[slot])));
  checks.require(zones.size > 1, {
    prop: "multiAz",
    value: false,
    allowed: "true where primary and replicas stand in one zone",
    remedy:
      `Slots ${single.join(" and ")} are all in ${[...zones].join()}: name another zone for one, ` +
      `slots: { ${replicas[0]}: { availabilityZone: "…" } }, before it is made, or rebuild in another slot.`,
  });
}

/** What goes to another region is encrypted with a key of that region, the pair's own included. */
function checkKeys(checks: PropChecks, props: DatabasePairProps, roles: DatabaseRoles): void {
  const isAbroad = (node: string) => props.slots?.[slotOf(node)]?.region !== undefined;
  const home = roles.replicas.find(({ node }) => !isAbroad(node));
  checks.require(!isAbroad(roles.primary.node) || !home || props.kmsKeyArn !== undefined, {
    prop: "kmsKeyArn",
    value: props.kmsKeyArn,
    allowed: `a key for ${home?.node}, a copy of ${roles.primary.node} in another region`,
    remedy: "Give the ARN of a KMS key of the pair's own region.",
  });
}
