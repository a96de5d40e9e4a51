import { Fn, Op, Token } from "cdktf";
import {
  AutoscalingGroup,
  AutoscalingGroupConfig,
  AutoscalingGroupMixedInstancesPolicy,
} from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { pathName } from "../../naming";
import { ReadProps } from "../read-props";
import { WebHostsProps } from "../web-hosts-props";
import { readyHook, warmPool } from "./active-passive";
import { HostTags, ownTags } from "./host-tags";
import { FULL_STRENGTH, instanceRefresh } from "./rolling-replacement";

export const DEFAULT_MIN_HOSTS = 2;
const DEFAULT_WARMUP = 120;
const DAY = 86_400;

const GROUP_METRICS = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

/** How names of the groups of a construct begin, which policies of the hosts are written for. */
export function groupNamePrefix(scope: Construct): string {
  return `${pathName(scope).slice(0, 200)}-`;
}

/** The props, and what was read from them. */
export type HostGroupProps = Omit<WebHostsProps, keyof ReadProps> &
  ReadProps & { readonly launchTemplate: LaunchTemplate };

/** The Auto Scaling group of the hosts, by their setup. */
export function createAutoScalingGroup(scope: Construct, props: HostGroupProps): AutoscalingGroup {
  const { network, image } = props;
  const tags = new HostTags(() => group, ownTags(scope, props.tags));
  const group: AutoscalingGroup = new AutoscalingGroup(scope, "AutoScalingGroup", {
    namePrefix: groupNamePrefix(scope),
    ...(props.setup === "activePassive" ? activePassive(props) : activeActive(props)),
    vpcZoneIdentifier: network.applicationSubnets.map((subnet) => subnet.subnetId),
    healthCheckType: "EC2",
    healthCheckGracePeriod: props.healthCheckGracePeriod,
    defaultInstanceWarmup: props.warmup ?? DEFAULT_WARMUP,
    // AWS's own, written for checks that want to read it; only simple scaling waits for it, of which there is none.
    defaultCooldown: 300,
    maxInstanceLifetime: props.maxLifetime === undefined ? undefined : seconds(props.maxLifetime),
    instanceMaintenancePolicy: FULL_STRENGTH,
    instanceRefresh: instanceRefresh(props.rollingReplacement ?? {}, image, leastHosts(props)),
    enabledMetrics: GROUP_METRICS,
    metricsGranularity: "1Minute",
    tag: tags.propagated(),
    // Another setup would replace the group; after the first hosts the hook is a resource of its own.
    lifecycle: { ignoreChanges: ["initial_lifecycle_hook"] },
  });
  return group;
}

function leastHosts({ setup, minHosts = DEFAULT_MIN_HOSTS }: HostGroupProps): number {
  return setup === "activePassive" ? 1 : minHosts;
}

type Setup = Pick<
  AutoscalingGroupConfig,
  | "capacityRebalance"
  | "initialLifecycleHook"
  | "launchTemplate"
  | "maxSize"
  | "waitForCapacityTimeout"
  | "minSize"
  | "mixedInstancesPolicy"
  | "warmPool"
>;

function activeActive(props: HostGroupProps): Setup {
  const { instanceTypes, minHosts = DEFAULT_MIN_HOSTS, spotShare = 0 } = props;
  const mixed = instanceTypes.length > 1 || spotShare !== 0;
  return {
    minSize: minHosts,
    maxSize: props.maxHosts ?? twice(minHosts),
    ...(mixed
      ? { mixedInstancesPolicy: mixedInstances(props, minHosts, spotShare) }
      : { launchTemplate: { id: props.launchTemplate.id, version: version(props) } }),
    // A spot instance that AWS is about to take back is replaced before it goes.
    capacityRebalance: spotShare !== 0 ? true : undefined,
  };
}

/** One host in service, and room for the other one to stand beside it. */
function activePassive(props: HostGroupProps): Setup {
  return {
    minSize: 1,
    maxSize: 2,
    launchTemplate: { id: props.launchTemplate.id, version: version(props) },
    warmPool: warmPool(props.passiveHost ?? {}),
    initialLifecycleHook: [readyHook(props.healthCheckGracePeriod)],
    waitForCapacityTimeout: capacityTimeout(props.healthCheckGracePeriod),
  };
}

function mixedInstances(
  { launchTemplate, instanceTypes, onDemandBase, ...props }: HostGroupProps,
  minHosts: number,
  spotShare: number,
): AutoscalingGroupMixedInstancesPolicy {
  return {
    launchTemplate: {
      launchTemplateSpecification: {
        launchTemplateId: launchTemplate.id,
        version: version({ launchTemplate }),
      },
      override: instanceTypes.map((instanceType) => ({ instanceType })),
    },
    instancesDistribution: {
      onDemandAllocationStrategy: "prioritized",
      onDemandBaseCapacity: onDemandBase ?? (props.spotShare === undefined ? 0 : minHosts),
      onDemandPercentageAboveBaseCapacity: Token.isUnresolved(spotShare)
        ? Token.asNumber(Op.sub(100, spotShare))
        : 100 - spotShare,
      spotAllocationStrategy: "price-capacity-optimized",
    },
  };
}

/** A number, since "$Latest" would never start a replacement. */
function version({ launchTemplate }: Pick<HostGroupProps, "launchTemplate">): string {
  return Token.asString(launchTemplate.latestVersion);
}

export function twice(count: number): number {
  return Token.isUnresolved(count) ? Fn.sum([count, count]) : 2 * count;
}

/** Terraform has to wait for longer than a host may take to say that it is ready; its own default is 10 minutes. */
function capacityTimeout(gracePeriod: number): string | undefined {
  return Token.isUnresolved(gracePeriod) ? undefined : `${Math.ceil(gracePeriod / 60) + 10}m`;
}

function seconds(days: number): number {
  return Token.isUnresolved(days) ? Token.asNumber(Op.mul(days, DAY)) : days * DAY;
}
