import { checkKeyArn } from "../encryption/key-arn";
import { checkNetwork, checkTwoZones } from "../network/two-zones";
import { PropChecks, isKnown } from "../validation";
import { checkPassiveHost } from "./group/active-passive";
import { DEFAULT_MIN_HOSTS, twice } from "./group/auto-scaling-group";
import { checkTags } from "./group/host-tags";
import { checkRollingReplacement } from "./group/rolling-replacement";
import { HostApplication, checkEnvironment } from "./host-application";
import { checkEgress } from "./host-egress";
import { checkInstanceTypes } from "./instance-types";
import { MachineImage } from "./machine-image";
import { ReadProps } from "./read-props";
import { checkScaling } from "./scaling/check-scaling";
import { checkHostLogs } from "./services/host-logs";
import { checkReverseProxy } from "./services/reverse-proxy";
import { WebHostsProps } from "./web-hosts-props";

/** A typing error more likely than a wish. */
const MAX_HOSTS = 10_000;

/** What only hosts have of which more than one works. */
const OF_ACTIVE_ACTIVE = ["minHosts", "maxHosts", "scaling", "spotShare", "onDemandBase"] as const;

/** Refuses what can't be read: props that are none of ours. */
export function checkClasses(checks: PropChecks, props: WebHostsProps): void {
  checkNetwork(checks, props?.network);
  const application = 'As in HostApplication.container("ghcr.io/acme/shop:1.4", { port: 8080 }).';
  checks.instanceOf("application", props.application, HostApplication, application);
  checks.instanceOf("image", props.image, MachineImage, 'As in MachineImage.ami("ami-0123456789abcdef0").');
}

/** Refuses what can't work, but for the length of the user data. */
export function checkHosts(checks: PropChecks, props: WebHostsProps, read: ReadProps): void {
  checkShapes(checks, props);
  const { image, application, reverseProxy } = read;
  checkTwoZones(checks, props.network, "application");
  image.check(checks);
  checkEgress(checks, props, read);
  checkInstanceTypes(checks, props.instanceTypes, image.architecture);
  checkSetup(checks, props, read);
  checkNumbers(checks, props);
  checkRollingReplacement(checks, props.rollingReplacement ?? {}, image);
  checkScaling(checks, props.scaling ?? {}, {
    minHosts: props.minHosts ?? DEFAULT_MIN_HOSTS,
    maxHosts: props.maxHosts ?? twice(props.minHosts ?? DEFAULT_MIN_HOSTS),
  });
  checkTags(checks, props.tags);
  checkEnvironment(checks, "environment", props.environment);
  const port = props.environment?.PORT ?? application.environment.PORT;
  checks.require(!isKnown(port) || !isKnown(application.port) || port === String(application.port), {
    prop: "environment.PORT",
    value: port,
    allowed: `the application's port, ${application.port}, which requests are sent to`,
    remedy: "Leave it out, or give the application that port.",
  });
  application.check(checks, image);
  if (reverseProxy) checkReverseProxy(checks, reverseProxy, application.port);
  if (props.logs) checkHostLogs(checks, props.logs);
  checkKeyArn(checks, "volumeKmsKeyArn", props.volumeKmsKeyArn);
}

/** What a program that nobody type-checked may get wrong. */
function checkShapes(checks: PropChecks, props: WebHostsProps): void {
  const { passiveHost, scaling, rollingReplacement, reverseProxy, logs } = props;
  checks.list("instanceTypes", props.instanceTypes, 'Write it as in ["m7i.large", "m7a.large"].');
  checks.group("passiveHost", passiveHost, "As in { hibernate: true }.");
  checks.group("scaling", scaling, "As in { cpuUtilization: 50 }.");
  checks.group("rollingReplacement", rollingReplacement, "As in { checkpoints: [50, 100] }.");
  checks.list("rollingReplacement.alarmNames", rollingReplacement?.alarmNames, 'As in ["shop-5xx"].');
  checks.flag("metrics", props.metrics, "Write it without quotes.");
  if (reverseProxy !== false) checks.group("reverseProxy", reverseProxy, "Leave it out for nginx as it is.");
  if (logs !== false) checks.group("logs", logs, "Leave it out for a log group of the hosts' own.");
}

function checkSetup(checks: PropChecks, props: WebHostsProps, read: ReadProps): void {
  const { setup = "activeActive", passiveHost } = props;
  checks.oneOf("setup", setup, ["activeActive", "activePassive"], "Leave it out for hosts that all work.");
  if (setup === "activeActive") {
    checks.require(passiveHost === undefined, {
      prop: "passiveHost",
      value: passiveHost,
      allowed: 'nothing without setup: "activePassive"',
      remedy: 'Say setup: "activePassive", or leave passiveHost out.',
    });
    return;
  }
  for (const prop of OF_ACTIVE_ACTIVE) {
    checks.require(props[prop] === undefined, {
      prop,
      value: props[prop],
      allowed: "nothing with activePassive, which has one host at work and another one asleep",
      remedy: `Leave ${prop} out, or let all hosts work.`,
    });
  }
  checks.require(read.instanceTypes.length === 1, {
    prop: "instanceTypes",
    value: props.instanceTypes,
    allowed: "one type with activePassive, since the host that sleeps is of a type already",
    remedy: `Write instanceTypes: ["${read.instanceTypes[0]}"].`,
  });
  checkPassiveHost(checks, passiveHost ?? {}, { ...read, instanceType: read.instanceTypes[0]! });
}

function checkNumbers(checks: PropChecks, props: WebHostsProps): void {
  const { minHosts = DEFAULT_MIN_HOSTS, maxHosts } = props;
  const hosts = { min: 2, max: MAX_HOSTS, unit: "hosts" };
  const remedy = "Two hosts in two zones are the least that survives the loss of one.";
  checks.integer("minHosts", minHosts, hosts, remedy);
  checks.integer("maxHosts", maxHosts, hosts, remedy);
  checks.require(!isKnown(maxHosts) || !isKnown(minHosts) || maxHosts >= minHosts, {
    prop: "maxHosts",
    value: maxHosts,
    allowed: `at least minHosts, ${minHosts}`,
    remedy: "Raise maxHosts, or lower minHosts.",
  });
  const percent = { min: 0, max: 100, unit: "percent" };
  checks.integer("spotShare", props.spotShare, percent, "0 means no spot instances.");
  const base = { min: 0, max: MAX_HOSTS, unit: "hosts" };
  checks.integer("onDemandBase", props.onDemandBase, base, "Leave it out for minHosts.");
  checks.require(props.onDemandBase === undefined || props.spotShare !== undefined, {
    prop: "onDemandBase",
    value: props.onDemandBase,
    allowed: "nothing without spotShare",
    remedy: "Say spotShare, or leave onDemandBase out: without spot instances all hosts are on demand.",
  });
  const highest = maxHosts ?? twice(minHosts);
  const onDemand = props.onDemandBase ?? minHosts;
  const neverSpot = isKnown(onDemand) && isKnown(highest) && onDemand >= highest;
  checks.require(!props.spotShare || !neverSpot, {
    prop: "spotShare",
    value: props.spotShare,
    allowed: `0 where all hosts are on demand: onDemandBase is ${onDemand}, and there are never more than ${highest}`,
    remedy: "Say onDemandBase: 0 for a share of all hosts.",
  });
  const sizes = { min: 8, max: 16_384, unit: "GiB" };
  checks.integer("rootVolumeSize", props.rootVolumeSize, sizes, "20 suits most applications.");
  const periods = { min: 0, max: 7200, unit: "seconds" };
  checks.integer("healthCheckGracePeriod", props.healthCheckGracePeriod, periods, "300 suits most.");
  const warmups = { min: 0, max: 3600, unit: "seconds" };
  checks.integer("warmup", props.warmup, warmups, "120 suits most.");
  const days = { min: 1, max: 365, unit: "days" };
  checks.integer("maxLifetime", props.maxLifetime, days, "30 brings a new image every month.");
}
