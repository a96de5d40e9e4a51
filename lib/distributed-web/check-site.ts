import { PropChecks } from "../validation";
import { DistributedWebProps, SiteMonitoringOptions, SiteThresholds } from "./distributed-web-props";

const THRESHOLDS: readonly (keyof SiteThresholds)[] = [
  "webAcl",
  "loadBalancer",
  "hosts",
  "database",
  "network",
];
const MONITORING: readonly (keyof SiteMonitoringOptions)[] = [
  "notify",
  "runbookUrl",
  "routineEvents",
  "dashboard",
  "thresholds",
];

/** Refuses what is no site: parts of another shape, which would be taken for parts that nothing is said of. */
export function checkSite(checks: PropChecks, props: DistributedWebProps): void {
  checks.given("props", props, "an object of props", "As in { availabilityZones, domain, database }.");
  const engine = 'As in { engine: DatabaseEngine.postgres("17"), databaseName: "shop" }.';
  checks.given("database", props.database, "engine and name of a database", engine);
  checks.group("database", props.database, engine);
  checks.group("network", props.network, 'As in { nat: "single" }, or Network.fromAttributes(…).');
  checks.group("loadBalancer", props.loadBalancer, "As in { httpRedirect: false }.");
  checks.group("hosts", props.hosts, "As in { minHosts: 3 }.");
  for (const part of ["webAcl", "monitoring", "encryption"] as const) {
    if (props[part] !== false)
      checks.group(part, props[part], "Leave it out for what is made, or say false.");
  }
  checks.flag("deletionProtection", props.deletionProtection, "Write it without quotes.");
  if (props.monitoring) checkMonitoring(checks, props, props.monitoring);
}

function checkMonitoring(
  checks: PropChecks,
  props: DistributedWebProps,
  monitoring: SiteMonitoringOptions,
): void {
  checks.known("monitoring", monitoring, MONITORING);
  checks.group("monitoring.notify", monitoring.notify, 'As in { emails: ["oncall@example.com"] }.');
  const { thresholds } = monitoring;
  checks.group("monitoring.thresholds", thresholds, "As in { hosts: { cpuUtilization: 90 } }.");
  if (thresholds) checks.known("monitoring.thresholds", thresholds, THRESHOLDS);
  checks.require(props.webAcl !== false || thresholds?.webAcl === undefined, {
    prop: "monitoring.thresholds.webAcl",
    value: thresholds?.webAcl,
    allowed: "nothing with webAcl: false",
    remedy: "Leave out one of them.",
  });
}
