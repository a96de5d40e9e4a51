import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";

/** Logs that a component writes. */
export interface LogDestination {
  /** What is in them, as in "Flow logs of the VPC". */
  readonly title: string;
  /** Name of the log group or of the bucket, or the ARN of another destination. */
  readonly name: string;
  readonly kind: "log group" | "bucket" | "destination";
  /** Days that they are kept, 0 for ever; undefined where somebody else decides. */
  readonly retentionDays?: number;
  /** ARN of the key that encrypts them; undefined where it is AWS's own. */
  readonly kmsKeyArn?: string;
  /** Region that they are in. */
  readonly region: string;
}

/** The logs in a log group. */
export function logsIn(group: CloudwatchLogGroup, title: string, region: string): LogDestination {
  return {
    title,
    name: group.name,
    kind: "log group",
    retentionDays: group.retentionInDaysInput,
    kmsKeyArn: group.kmsKeyIdInput,
    region,
  };
}
