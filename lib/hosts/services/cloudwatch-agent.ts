import { MachineImage } from "../machine-image";
import { HostContent, installAfterwards } from "../user-data/host-content";
import { HOST_DIRECTORY } from "../user-data/systemd-unit";

const CONFIGURATION = `${HOST_DIRECTORY}/cloudwatch-agent.json`;
const CONTROL = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl";

/**
 * What CloudWatch's agent does on a host, in its own words.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
export interface AgentConfiguration {
  readonly logs?: object;
  readonly metrics?: object;
}

/** CloudWatch's agent, which sends logs and numbers of a host. */
export function cloudWatchAgent(image: MachineImage, configuration: AgentConfiguration): HostContent {
  const agent = installAfterwards(image.installation("cloudWatchAgent"));
  return {
    ...agent,
    files: [{ path: CONFIGURATION, content: `${JSON.stringify(configuration)}\n` }],
    afterwards: [
      ...(agent.afterwards ?? []),
      `${CONTROL} -a fetch-config -m ec2 -s -c file:${CONFIGURATION}`,
    ],
  };
}
