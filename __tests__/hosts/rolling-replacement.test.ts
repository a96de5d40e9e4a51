import { Token } from "cdktf";
import { HostApplication, MachineImage, RollingReplacementOptions } from "../../lib";
import { webHosts } from "./hosts";

const OWN_IMAGE = {
  image: MachineImage.ami("ami-0123456789abcdef0"),
  application: HostApplication.bakedImage({ port: 80 }),
};

function preferences(rollingReplacement: RollingReplacementOptions, props = {}) {
  const { made, tf } = webHosts({ rollingReplacement, ...props });
  return tf().of(made.autoScalingGroup).instance_refresh.preferences;
}

describe("rolling replacement", () => {
  it("never falls below full strength", () => {
    const { made, tf } = webHosts();
    const group = tf().of(made.autoScalingGroup);
    const strength = { min_healthy_percentage: 100, max_healthy_percentage: 200 };
    expect(group.instance_refresh.preferences).toMatchObject(strength);
    expect(group.instance_maintenance_policy).toEqual(strength);
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
      max_healthy_percentage: 200,
      skip_matching: true,
    });
  });
});
