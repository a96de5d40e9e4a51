import {
  AutoscalingGroupInstanceRefresh,
  AutoscalingGroupInstanceRefreshPreferences,
} from "@cdktf/provider-aws/lib/autoscaling-group";
import { numberText } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";
import { MachineImage } from "../machine-image";

/**
 * How hosts are replaced one after the other when their template changes.
 *
 * A deploy ends when the replacement has begun; `aws autoscaling describe-instance-refreshes` shows how it goes. After
 * a rollback take the change back in the code as well: the next deploy would begin with it again.
 */
export interface RollingReplacementOptions {
  /**
   * How far above its number of hosts the group may go meanwhile, in percent, 101 to 200: the larger, the more hosts
   * are replaced at the same time; 200 replaces all at once. It never goes below its number.
   *
   * @default - one host at a time with `minHosts` hosts, a tenth of them from ten hosts on
   */
  readonly maxHealthyPercentage?: number;

  /**
   * Whether a replacement that fails, or during which one of `alarmNames` goes off, is undone: hosts go back to the
   * template they had. Not with an image that EC2 looks up when it starts a host (`resolve:ssm:`), as those of the
   * distributions are: AWS can't tell what to go back to.
   *
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
   *
   * @default true with an image of your own by its id, else false
   */
  readonly autoRollback?: boolean;

  /**
   * Names of CloudWatch alarms that stop a replacement when they go off, up to 10; they have to be there before. An
   * alarm on the hosts' own target group is named as text, since that group needs the hosts. Without `autoRollback` the hosts
   * are left as they are then: some old, some new.
   *
   * @default - none
   */
  readonly alarmNames?: readonly string[];

  /**
   * Seconds that a new host has to be healthy before the next one is replaced, 0 to 172800.
   *
   * @default - the group's `warmup`
   */
  readonly instanceWarmup?: number;

  /**
   * Percentages of hosts after which the replacement pauses, rising, 1 to 100: `[10, 100]` for a canary.
   *
   * @default - none
   */
  readonly checkpoints?: readonly number[];

  /**
   * Seconds of a pause, 0 to 172800.
   *
   * @default 3600
   */
  readonly checkpointDelay?: number;

  /**
   * Whether hosts that are as the template wants them already are left alone.
   *
   * @default false
   */
  readonly skipMatching?: boolean;
}

const MAX_ALARMS = 10;
const TWO_DAYS = 172_800;

/** A successor is healthy before its predecessor goes; hosts that fail are replaced all at once. */
export const FULL_STRENGTH = { minHealthyPercentage: 100, maxHealthyPercentage: 200 } as const;

/** The least room that AWS's own console leaves for successors, in percent. */
const LEAST_ROOM = 10;

/** Sources: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
export function checkRollingReplacement(
  checks: PropChecks,
  options: RollingReplacementOptions,
  image: MachineImage,
): void {
  checks.require(!options.autoRollback || !image.isResolvedAtLaunch, {
    prop: "rollingReplacement.autoRollback",
    value: options.autoRollback,
    allowed: "false with an image that EC2 looks up when it starts a host",
    remedy: 'Name one image, MachineImage.ami("ami-…"), or leave autoRollback out.',
  });
  const { alarmNames = [], checkpoints = [] } = options;
  const strength = { min: 101, max: 200, unit: "percent" };
  const most = "Leave it out for one host at a time.";
  checks.integer("rollingReplacement.maxHealthyPercentage", options.maxHealthyPercentage, strength, most);
  checks.require(alarmNames.length <= MAX_ALARMS, {
    prop: "rollingReplacement.alarmNames",
    value: alarmNames,
    allowed: `up to ${MAX_ALARMS} alarms`,
    remedy: "Put several into a composite alarm.",
  });
  for (const name of alarmNames) {
    checks.matches("rollingReplacement.alarmNames", name, /^(?!arn:).{1,255}$/, {
      allowed: "names of alarms, up to 255 characters",
      remedy: "Give the alarm's name, not its ARN.",
    });
  }
  const seconds = { min: 0, max: TWO_DAYS, unit: "seconds" };
  const warmup = "Give it as long as a host takes until its numbers are typical.";
  checks.integer("rollingReplacement.instanceWarmup", options.instanceWarmup, seconds, warmup);
  checks.integer("rollingReplacement.checkpointDelay", options.checkpointDelay, seconds, "An hour is 3600.");
  for (const [index, percentage] of checkpoints.entries()) {
    checks.integer(
      "rollingReplacement.checkpoints",
      percentage,
      { min: 1, max: 100 },
      "As in [10, 50, 100].",
    );
    const before = checkpoints[index - 1];
    checks.require(!isKnown(before) || !isKnown(percentage) || percentage > before, {
      prop: "rollingReplacement.checkpoints",
      value: checkpoints,
      allowed: "percentages that rise",
      remedy: "Sort them, and name each once.",
    });
  }
  const last = checkpoints.at(-1);
  checks.require(!isKnown(last) || last === 100, {
    prop: "rollingReplacement.checkpoints",
    value: checkpoints,
    allowed: "percentages that end with 100, since a replacement stops at the last one",
    remedy: `Write [${checkpoints.join(", ")}, 100].`,
  });
  checks.require(options.checkpointDelay === undefined || checkpoints.length > 0, {
    prop: "rollingReplacement.checkpointDelay",
    value: options.checkpointDelay,
    allowed: "nothing without checkpoints",
    remedy: "Say after which percentages to pause, as in checkpoints: [10, 100].",
  });
}

/** @param hosts how many hosts there are at least */
export function instanceRefresh(
  options: RollingReplacementOptions,
  image: MachineImage,
  hosts: number,
): AutoscalingGroupInstanceRefresh {
  const { alarmNames = [], checkpoints, checkpointDelay, instanceWarmup, skipMatching } = options;
  const preferences: AutoscalingGroupInstanceRefreshPreferences = {
    minHealthyPercentage: 100,
    maxHealthyPercentage: options.maxHealthyPercentage ?? roomForOneMore(hosts),
    autoRollback: options.autoRollback ?? (isKnown(image.imageId) && !image.isResolvedAtLaunch),
    ...(alarmNames.length > 0 && { alarmSpecification: { alarms: [...alarmNames] } }),
    instanceWarmup: instanceWarmup === undefined ? undefined : numberText(instanceWarmup),
    checkpointPercentages: checkpoints && [...checkpoints],
    checkpointDelay: checkpoints && numberText(checkpointDelay ?? 3600),
    skipMatching,
  };
  return { strategy: "Rolling", preferences };
}

/** So many percent that one host more has room, whichever way AWS rounds. */
function roomForOneMore(hosts: number): number {
  return 100 + Math.max(Math.ceil(100 / (isKnown(hosts) ? hosts : 2)), LEAST_ROOM);
}
