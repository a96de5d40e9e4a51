import { MachineImage } from "../machine-image";
import { HostContent } from "../user-data/host-content";
import { HOST_ENVIRONMENT_FILE, SCRIPT_DIRECTORY, UNIT_DEFAULTS, unitFile } from "../user-data/systemd-unit";

const SCRIPT = `${SCRIPT_DIRECTORY}/tell-ready`;
const UNIT = "tell-ready.service";

/** Lifecycle hook that a host answers once its application is healthy. */
export const READY_HOOK = "ready";

/**
 * Tells the Auto Scaling group that the host is ready, at every start: before that it is neither put to sleep nor
 * put into service.
 *
 * @param url page of the host that answers 200 once it is healthy
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export function tellReady(image: MachineImage, url: string): HostContent {
  const { packages, commands } = image.installation("awsCli");
  return {
    packages,
    files: [
      {
        path: SCRIPT,
        content: `#!/bin/sh
set -eu
PATH="$PATH:/usr/local/bin:/snap/bin"
until curl --fail --silent --insecure --max-time 5 --output /dev/null ${url}; do sleep 2; done
group="$(aws autoscaling describe-auto-scaling-instances --instance-ids "$INSTANCE_ID" \\
  --query 'AutoScalingInstances[0].AutoScalingGroupName' --output text)"
aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$group" --instance-id "$INSTANCE_ID" \\
  --lifecycle-hook-name ${READY_HOOK} --lifecycle-action-result CONTINUE
`,
        permissions: "0755",
      },
      unitFile(UNIT, {
        Unit: {
          Description: "Tells the Auto Scaling group that the host is ready",
          ...UNIT_DEFAULTS,
          After: [UNIT_DEFAULTS.After, "hibernate.target"],
          // Where no hook waits for an answer, asking again won't help.
          StartLimitIntervalSec: "300",
          StartLimitBurst: "5",
        },
        Service: {
          Type: "exec",
          EnvironmentFile: HOST_ENVIRONMENT_FILE,
          Restart: "on-failure",
          RestartSec: "5",
          ExecStart: SCRIPT,
        },
        // Waking from hibernation starts no other target.
        Install: { WantedBy: ["multi-user.target", "hibernate.target"] },
      }),
    ],
    setup: commands,
    services: [UNIT],
  };
}
