import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { DEFAULT_LOG_RETENTION_DAYS } from "../../logs";
import { nameTag } from "../../naming";
import { HostLogsOptions } from "../services/host-logs";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const MAX_LOG_GROUP_NAME = 512;

/** Known before the log group is made, so that user data is the same whatever Terraform does. */
export function logGroupName(scope: Construct, logs: HostLogsOptions | false | undefined): string {
  const given = logs ? logs.logGroupName : undefined;
  return given ?? `/${scope.node.path.replace(/[^\w./#-]/g, "-").slice(0, MAX_LOG_GROUP_NAME - 1)}`;
}

/** The group that hosts send their logs to. */
export function createHostLogGroup(scope: Construct, logs: HostLogsOptions): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, "LogGroup", {
    name: logGroupName(scope, logs),
    retentionInDays: logs.retentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    kmsKeyId: logs.kmsKeyArn,
    tags: nameTag(scope),
  });
}
