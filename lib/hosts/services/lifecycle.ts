import { MachineImage } from "../machine-image";
import { HostContent } from "../user-data/host-content";
import {
  HOST_ENVIRONMENT_FILE,
  SCRIPT_DIRECTORY,
  UNIT_DEFAULTS,
  execArgument,
  unitFile,
} from "../user-data/systemd-unit";
import { SECRET_UNIT } from "./database-secret";

const SCRIPT = `${SCRIPT_DIRECTORY}/tell-ready`;
const UNIT = "tell-ready.service";

/** Lifecycle hook that a host answers once its application is healthy. */
export const READY_HOOK = "ready";

/**
 * Tells the Auto Scaling group that the host is ready, at every start: before that it is neither put to sleep nor
 * put into service. It goes on until it is heard, or until nobody waits for it.
 *
 * @param url page of the host that answers 200 once it is healthy
 * @param fetchesSecret whether the application has a secret that may have been rotated while the host slept
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export function tellReady(image: MachineImage, url: string, fetchesSecret: boolean): HostContent {
  const { packages, commands } = image.installation("awsCli");
  return {
    packages,
    files: [
      {
        path: SCRIPT,
        content: `#!/bin/sh
set -eu
PATH="$PATH:/usr/local/bin:/snap/bin"
until curl --fail --silent --insecure --max-time 5 --output /dev/null "$1"; do sleep 2; done
group="$(aws autoscaling describe-auto-scaling-instances --instance-ids "$INSTANCE_ID" \
  --query 'AutoScalingInstances[0].AutoScalingGroupName' --output text)"
if answer="$(aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$group" \
  --instance-id "$INSTANCE_ID" --lifecycle-hook-name ${READY_HOOK} --lifecycle-action-result CONTINUE 2>&1)"
then exit; fi
echo "$answer" >&2
case "$answer" in *"No active Lifecycle Action"*) ;; *) exit 1 ;; esac
`,
        permissions: "0755",
      },
      unitFile(UNIT, {
        Unit: {
          Description: "Tells the Auto Scaling group that the host is ready",
          ...UNIT_DEFAULTS,
          // EC2's agent has to be ready to hibernate the host; and waking from that starts no other target.
          After: [UNIT_DEFAULTS.After, "hibinit-agent.service", "hibernate.target"],
        },
        Service: {
          Type: "exec",
          EnvironmentFile: HOST_ENVIRONMENT_FILE,
          Restart: "on-failure",
          RestartSec: "5",
          ...(fetchesSecret && { ExecStartPre: `-/usr/bin/systemctl start ${SECRET_UNIT}` }),
          ExecStart: `${SCRIPT} ${execArgument(url)}`,
        },
        Install: { WantedBy: ["multi-user.target", "hibernate.target"] },
      }),
    ],
    setup: commands,
    services: [UNIT],
  };
}
