import { Token } from "cdktf";
import { AutoscalingGroup, AutoscalingGroupWarmPool } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { memoryOf } from "../../instance-types";
import { longName, nameTag } from "../../naming";
import { PropChecks, isKnown } from "../../validation";
import { MachineImage } from "../machine-image";
import { READY_HOOK } from "../services/lifecycle";

/**
 * Who works.
 *
 * - `activeActive`: all hosts do. When one is lost, the others carry its load at once; nothing has to start.
 * - `activePassive`: one host does; the other one sleeps, stopped, until the first is lost, and sleeps again when
 *   all is well.
 *
 * What active-passive saves is the running cost of one host: a stopped one costs its volume. What it costs is time:
 * expect three to five minutes without an answer when the active host is lost at once. The balancer notices
 * (interval × unhealthyThreshold of the health check, half a minute by default), the alarm goes off (one to two
 * minutes, CloudWatch's metrics of balancers come every minute), the host starts and its application with it (about
 * a minute; a hibernated one has its memory back, and takes less), and it passes the health check (two intervals).
 * With active-active the same loss costs the requests of that half minute that go to the lost host.
 *
 * AWS promises that a group that scales out draws on its warm pool first, which is why an alarm raises the group to
 * two. It promises neither that the replacement of an unhealthy host comes from the pool, nor how long a start
 * takes, nor that there is capacity for a stopped host when it is needed, nor that the sleeping host is in another
 * zone than the active one; it balances the group's zones where it can. A sleeping host gets no security updates
 * until it wakes; a new image or application replaces it as well. When there is no healthy host for another reason,
 * as before the first one is up, the sleeping one is started too, and sleeps again later.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
export type HostSetup = "activeActive" | "activePassive";

/** What can be chosen about the host that sleeps, with `activePassive`. */
export interface PassiveHostOptions {
  /**
   * Whether the host hibernates: its memory is kept on its volume, and its application goes on where it was. With
   * Amazon Linux 2023 or an image of your own that can; the volume has to hold the memory.
   *
   * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
   *
   * @default false: it is stopped
   */
  readonly hibernate?: boolean;

  /**
   * Minutes for which two hosts have to be healthy before one is put to sleep again, 1 to 1440.
   *
   * @default 10
   */
  readonly sleepAfter?: number;
}

/** GiB of a volume that the system and the application need besides the memory. */
const SYSTEM_SIZE = 8;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html#instance-ram-size */
const MAX_HIBERNATED_MEMORY = 150;
/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const MIN_HEARTBEAT = 30;

export function checkPassiveHost(
  checks: PropChecks,
  options: PassiveHostOptions,
  host: {
    readonly image: MachineImage;
    readonly instanceType: string;
    readonly rootVolumeSize: number;
  },
): void {
  const minutes = { min: 1, max: 1440, unit: "minutes" };
  checks.integer("passiveHost.sleepAfter", options.sleepAfter, minutes, "10 suits most.");
  if (!options.hibernate) return;
  const { image, instanceType, rootVolumeSize } = host;
  checks.require(!image.isStock || image.facts.hibernates, {
    prop: "passiveHost.hibernate",
    value: true,
    allowed: `false with ${image.distribution}, whose images EC2 can't hibernate`,
    remedy: "Leave it out, or use MachineImage.amazonLinux2023().",
  });
  checks.require(!isKnown(instanceType) || !instanceType.includes(".metal"), {
    prop: "instanceTypes",
    value: instanceType,
    allowed: "no bare metal beside passiveHost.hibernate",
    remedy: "Take a virtual machine, or leave hibernate out.",
  });
  const memory = isKnown(instanceType) ? memoryOf(instanceType) : undefined;
  checks.require(memory === undefined || memory < MAX_HIBERNATED_MEMORY, {
    prop: "instanceTypes",
    value: instanceType,
    allowed: `types with less than ${MAX_HIBERNATED_MEMORY} GiB of memory beside passiveHost.hibernate`,
    remedy: "Take a smaller type, or leave hibernate out.",
  });
  const needed = memory === undefined ? 0 : Math.ceil(memory) + SYSTEM_SIZE;
  checks.require(!isKnown(rootVolumeSize) || rootVolumeSize >= needed, {
    prop: "rootVolumeSize",
    value: rootVolumeSize,
    allowed: `at least ${needed} GiB beside passiveHost.hibernate: the memory of ${instanceType}, and ${SYSTEM_SIZE}`,
    remedy: `Write rootVolumeSize: ${needed}, or leave hibernate out.`,
  });
}

/**
 * Two hosts in all: one stopped beside the one in service, and none once both are. A least size of the pool would
 * have AWS start a third host in the middle of a failover.
 */
export function warmPool(options: PassiveHostOptions): AutoscalingGroupWarmPool {
  return {
    poolState: options.hibernate ? "Hibernated" : "Stopped",
    minSize: 0,
    maxGroupPreparedCapacity: 2,
    instanceReusePolicy: { reuseOnScaleIn: true },
  };
}

/**
 * What holds a host back until its application is healthy: before it sleeps, and before it serves.
 *
 * @param timeout seconds after which a host counts as ready although it didn't say so
 */
export function readyHook(timeout: number) {
  return {
    name: READY_HOOK,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    heartbeatTimeout: Token.isUnresolved(timeout) ? timeout : Math.max(timeout, MIN_HEARTBEAT),
    // In a failover a host that can't say that it is ready is better than none: health checks judge it.
    defaultResult: "CONTINUE",
  } as const;
}

/**
 * The same hook as the group's own first one, which starts with the first host but whose change would replace the
 * group.
 */
export function createReadyHook(
  scope: Construct,
  group: AutoscalingGroup,
  timeout: number,
): AutoscalingLifecycleHook {
  return new AutoscalingLifecycleHook(scope, "ReadyHook", {
    autoscalingGroupName: group.name,
    ...readyHook(timeout),
  });
}

/** How CloudWatch names a target group and the balancer before it. */
export interface TargetGroupDimensions {
  readonly TargetGroup: string;
  readonly LoadBalancer: string;
}

/** Wakes the sleeping host when there is no healthy one, and puts one to sleep when there are two. */
export class Failover extends Construct {
  public readonly activeHostLost: CloudwatchMetricAlarm;
  public readonly twoHostsHealthy: CloudwatchMetricAlarm;

  public constructor(
    scope: Construct,
    id: string,
    group: AutoscalingGroup,
    dimensions: TargetGroupDimensions,
    options: PassiveHostOptions,
  ) {
    super(scope, id);
    const toHosts = (name: string, scalingAdjustment: number, bound: object) =>
      new AutoscalingPolicy(this, name, {
        name: longName(this, name),
        autoscalingGroupName: group.name,
        policyType: "StepScaling",
        adjustmentType: "ExactCapacity",
        stepAdjustment: [{ scalingAdjustment, ...bound }],
      });
    const wake = toHosts("Wake", 2, { metricIntervalUpperBound: "0" });
    const sleep = toHosts("Sleep", 1, { metricIntervalLowerBound: "0" });
    const healthyHosts = (stat: string) => ({
      id: "healthy",
      metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "HealthyHostCount",
        period: 60,
        stat,
        dimensions: { ...dimensions },
      },
    });
    this.activeHostLost = new CloudwatchMetricAlarm(this, "ActiveHostLost", {
      alarmName: longName(this, "active-host-lost"),
      alarmDescription: "No healthy host: the sleeping one is started.",
      metricQuery: [
        healthyHosts("Maximum"),
        // A target group without any host reports nothing, and a step needs a number.
        { id: "filled", expression: "FILL(healthy, 0)", label: "Healthy hosts", returnData: true },
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: [wake.arn],
      tags: nameTag(this),
    });
    this.twoHostsHealthy = new CloudwatchMetricAlarm(this, "TwoHostsHealthy", {
      alarmName: longName(this, "two-hosts-healthy"),
      alarmDescription: "Two healthy hosts: one is put to sleep again.",
      metricQuery: [{ ...healthyHosts("Minimum"), returnData: true }],
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 2,
      evaluationPeriods: options.sleepAfter ?? 10,
      treatMissingData: "notBreaching",
      alarmActions: [sleep.arn],
      tags: nameTag(this),
    });
  }
}
