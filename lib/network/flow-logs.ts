import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { checkKeyArn } from "../encryption/key-arn";
import { DEFAULT_LOG_RETENTION_DAYS, checkLogRetention } from "../logs";
import { namePrefix, nameTag, pathName } from "../naming";
import { assumeRolePolicy, policyDocument } from "../policy";
import { PropChecks } from "../validation";

export type FlowLogsTraffic = "ALL" | "ACCEPT" | "REJECT";

export interface FlowLogsOptions {
  /**
   * Which traffic is logged.
   *
   * @default "ALL"
   */
  readonly traffic?: FlowLogsTraffic;

  /**
   * How many days logs are kept, one of the numbers CloudWatch Logs knows; 0 keeps them for ever.
   *
   * @default 365
   */
  readonly retentionDays?: number;

  /**
   * ARN of a KMS key of your own that encrypts them, whose policy lets CloudWatch Logs use it: `EncryptionKey` for
   * `logs` makes one. What was written before stays as it is.
   *
   * @default - CloudWatch's own, which is free
   */
  readonly kmsKeyArn?: string;
}

export interface FlowLogsProps extends FlowLogsOptions {
  readonly vpcId: string;
}

export function checkFlowLogs(checks: PropChecks, options: FlowLogsOptions): void {
  const remedy = 'Log "ALL", or only what security groups and network ACLs let through or stop.';
  checks.oneOf("flowLogs.traffic", options.traffic, ["ALL", "ACCEPT", "REJECT"], remedy);
  checkLogRetention(checks, "flowLogs.retentionDays", options.retentionDays);
  checkKeyArn(checks, "flowLogs.kmsKeyArn", options.kmsKeyArn);
}

/** Who talked to whom in the VPC, and what was rejected, in a log group. */
export class FlowLogs extends Construct {
  public readonly logGroup: CloudwatchLogGroup;
  public readonly role: IamRole;
  public readonly rolePolicy: IamRolePolicy;
  public readonly flowLog: FlowLog;

  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    checkFlowLogs(new PropChecks(this), props);

    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      namePrefix: `/aws/vpc-flow-logs/${pathName(this)}-`,
      retentionInDays: props.retentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
      kmsKeyId: props.kmsKeyArn,
      tags: nameTag(this),
    });
    this.role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, 64),
      assumeRolePolicy: assumeRolePolicy("vpc-flow-logs.amazonaws.com"),
      tags: nameTag(this),
    });
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; the group exists, so the
    // service need not create one.
    this.rolePolicy = new IamRolePolicy(this, "RolePolicy", {
      role: this.role.name,
      policy: policyDocument(
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          resources: [`${this.logGroup.arn}:*`],
        },
        { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ),
    });
    this.flowLog = new FlowLog(this, "FlowLog", {
      vpcId: props.vpcId,
      trafficType: props.traffic ?? "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: this.logGroup.arn,
      iamRoleArn: this.role.arn,
      tags: nameTag(this),
      dependsOn: [this.rolePolicy],
    });
  }
}
