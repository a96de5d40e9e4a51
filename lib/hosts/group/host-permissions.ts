import { PolicyStatement } from "../../policy";
import { METRICS_NAMESPACE } from "../services/host-metrics";

/** Leave to write logs into a group. */
export function writeLogs(logGroupArn: string): PolicyStatement {
  return {
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    resources: [`${logGroupArn}:*`],
  };
}

/** Leave to report numbers, which know no resources, under one name space. */
export function reportMetrics(): PolicyStatement {
  return {
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    conditions: { StringEquals: { "cloudwatch:namespace": METRICS_NAMESPACE } },
  };
}

/** Leave to tell a group whose name begins so that a host is ready; which group it is in it has to ask. */
export function sayReady(partition: string, groupNamePrefix: string): PolicyStatement[] {
  const groups = `arn:${partition}:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${groupNamePrefix}*`;
  return [
    { actions: ["autoscaling:CompleteLifecycleAction"], resources: [groups] },
    { actions: ["autoscaling:DescribeAutoScalingInstances"], resources: ["*"] },
  ];
}
