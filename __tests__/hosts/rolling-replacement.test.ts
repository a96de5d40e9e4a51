import { Token } from "cdktf";
import {
  HostApplication,
  MachineImage,
  RollingReplacementOptions,
  TargetGroup,
  WebHostsProps,
} from "../../lib";
import { webHosts } from "./hosts";

const OWN_IMAGE = {
  image: MachineImage.ami("ami-0123456789abcdef0"),
  application: HostApplication.bakedImage({ port: 80 }),
};

function preferences(rollingReplacement: RollingReplacementOptions, props = {}) {
  const { made, stack, tf } = webHosts({ rollingReplacement, ...props });
  const group = new TargetGroup(stack, "Group", { network: { vpcId: "vpc-0123" }, port: made.port });
  made.attachToTargetGroup(group.targetGroup, { loadBalancerArnSuffix: "app/web/1" });
  return tf().of(made.autoScalingGroup).instance_refresh.preferences;
}

describe("rolling replacement", () => {
  it("never falls below full strength, and has room for one host more at a time", () => {
    const percentages = (props: Partial<WebHostsProps>) => {
      const { min_healthy_percentage: min, max_healthy_percentage: max } = preferences({}, props);
      return [min, max];
    };
    expect(percentages({})).toEqual([100, 150]);
    expect(percentages({ minHosts: 3 })).toEqual([100, 134]);
    expect(percentages({ minHosts: 5 })).toEqual([100, 120]);
    expect(percentages({ minHosts: 40 })).toEqual([100, 110]);
    expect(percentages({ setup: "activePassive" })).toEqual([100, 200]);
  });

  it("replaces more at a time when told so", () => {
    expect(preferences({ maxHealthyPercentage: 200 })).toMatchObject({
      min_healthy_percentage: 100,
      max_healthy_percentage: 200,
    });
  });

  it("replaces hosts that fail at once, each when its successor is healthy", () => {
    const { made, tf } = webHosts();
    expect(tf().of(made.autoScalingGroup).instance_maintenance_policy).toEqual({
      min_healthy_percentage: 100,
      max_healthy_percentage: 200,
    });
  });

  it("is undone when it fails, where AWS knows what to go back to: with an image by its id", () => {
    expect(preferences({}).auto_rollback).toBe(false);
    expect(preferences({}, OWN_IMAGE).auto_rollback).toBe(true);
    expect(preferences({ autoRollback: false }, OWN_IMAGE).auto_rollback).toBe(false);
    const byParameter = { ...OWN_IMAGE, image: MachineImage.ami("resolve:ssm:/shop/image") };
    expect(preferences({}, byParameter).auto_rollback).toBe(false);
  });

  it("doesn't guess about an image that is known only after deploy", () => {
    const unknown = { ...OWN_IMAGE, image: MachineImage.ami(Token.asString({ resolve: () => "ami-1" })) };
    expect(preferences({}, unknown).auto_rollback).toBe(false);
    expect(preferences({ autoRollback: true }, unknown).auto_rollback).toBe(true);
  });

  it("stops when an alarm goes off, and pauses at checkpoints", () => {
    expect(
      preferences(
        {
          alarmNames: ["shop-5xx"],
          checkpoints: [10, 100],
          checkpointDelay: 600,
          instanceWarmup: 60,
          skipMatching: true,
        },
        OWN_IMAGE,
      ),
    ).toEqual({
      auto_rollback: true,
      alarm_specification: { alarms: ["shop-5xx"] },
      checkpoint_delay: "600",
      checkpoint_percentages: [10, 100],
      instance_warmup: "60",
      min_healthy_percentage: 100,
      max_healthy_percentage: 150,
      skip_matching: true,
    });
  });
});
