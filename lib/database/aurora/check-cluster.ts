import { checkTwoZones } from "../../network/two-zones";
import { PropChecks } from "../../validation";
import { checkDatabaseNames } from "../database-names";
import { checkDatabaseOptions } from "../database-options";
import { checkTimes } from "../database-times";
import { checkParameters } from "../parameter-group";
import { AuroraClusterProps } from "./aurora-cluster-props";
import { AuroraEngine } from "./aurora-engine";
import { checkSlots, slotsOf, supportsPerformanceInsights } from "./instance-slots";
import { checkRestore } from "./restore";
import { checkServerless } from "./serverless-capacity";

const BACKTRACK = { min: 0, max: 259_200, unit: "seconds" };

/** Whether there is an engine at all, and one of a cluster, whatever the compiler was told. */
export function checkEngineOfCluster(checks: PropChecks, props: AuroraClusterProps): void {
  const remedy = 'As in AuroraEngine.postgres("17"); for a DatabaseEngine there is DatabasePair.';
  checks.given("engine", props?.engine, "an AuroraEngine", remedy);
  checks.instanceOf("engine", props.engine, AuroraEngine, remedy);
}

/** Everything that RDS would refuse at deploy, or take and do something else. */
export function checkCluster(
  checks: PropChecks,
  props: AuroraClusterProps,
  names: { readonly username: string; readonly identifier: string },
): void {
  const { engine } = props;
  engine.check(checks);
  checkDatabaseNames(checks, engine, { databaseName: props.databaseName, ...names }, "-a and -b");
  checkDatabaseOptions(checks, props);
  checkParameters(checks, engine, props.parameters ?? {});
  checkTimes(checks, props, "Aurora keeps a day of backups at least; 7 days suit most.");
  const storageTypes = ["aurora", "aurora-iopt1"];
  checks.oneOf("storageType", props.storageType, storageTypes, '"aurora" suits most clusters.');
  checkTwoZones(checks, props.network, "data");
  checkSlots(checks, props);
  const classes = slotsOf(props).map((slot) => slot.instanceClass);
  checkServerless(checks, props.serverlessCapacity, classes);
  checkInsights(checks, props, classes);
  checkBacktrack(checks, props);
  checkRestore(checks, props.restoreFrom);
}

function checkInsights(
  checks: PropChecks,
  { engine, performanceInsights }: AuroraClusterProps,
  classes: readonly string[],
): void {
  const lacking = classes.find((one) => !supportsPerformanceInsights(engine.name, one));
  checks.require(!performanceInsights || lacking === undefined, {
    prop: "performanceInsights",
    value: performanceInsights,
    allowed: `false for Aurora ${engine.facts.title} on ${lacking}`,
    remedy: "Leave it out, or take a class from db.t4g.medium on.",
  });
}

function checkBacktrack(checks: PropChecks, { engine, backtrackWindow }: AuroraClusterProps): void {
  checks.require(backtrackWindow === undefined || engine.facts.backtracks, {
    prop: "backtrackWindow",
    value: backtrackWindow,
    allowed: `nothing for Aurora ${engine.facts.title}, which can't be wound back`,
    remedy: "Leave it out; restoreFrom makes a cluster of any second that backups are kept for.",
  });
  checks.integer("backtrackWindow", backtrackWindow, BACKTRACK, "259200 seconds are 72 hours.");
}
