import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { WatchedItems } from "../monitoring";
import { namePrefix, nameTag } from "../naming";
import { INetwork } from "../network";
import { assumeRolePolicy } from "../policy";
import { PropChecks, isKnown } from "../validation";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const INTERVALS = [0, 1, 5, 10, 15, 30, 60];
const DEFAULT_INTERVAL = 60;
/** Days of Performance Insights that are free. */
const INSIGHTS_RETENTION_DAYS = 7;

/** Enhanced Monitoring looks at the operating system at certain intervals only. */
export function checkMonitoringInterval(checks: PropChecks, seconds: number | undefined): void {
  checks.require(!isKnown(seconds) || INTERVALS.includes(seconds), {
    prop: "monitoringInterval",
    value: seconds,
    allowed: `${INTERVALS.join(", ")} seconds; 0 switches it off`,
    remedy: "60 is enough for alarms.",
  });
}

/** How an instance is monitored, in Terraform's words. */
export interface MonitoringConfig {
  readonly performanceInsightsEnabled: boolean;
  readonly performanceInsightsRetentionPeriod?: number;
  readonly performanceInsightsKmsKeyId?: string;
  readonly monitoringInterval: number;
  readonly monitoringRoleArn?: string;
}

/** What an instance is told about Performance Insights and Enhanced Monitoring, of a pair or of a cluster. */
export function monitoringConfig(
  performanceInsights: boolean,
  options: { readonly monitoringInterval?: number; readonly kmsKeyArn?: string },
  role: MonitoringRole | undefined,
): MonitoringConfig {
  return {
    performanceInsightsEnabled: performanceInsights,
    performanceInsightsRetentionPeriod: performanceInsights ? INSIGHTS_RETENTION_DAYS : undefined,
    performanceInsightsKmsKeyId: performanceInsights ? options.kmsKeyArn : undefined,
    monitoringInterval: options.monitoringInterval ?? DEFAULT_INTERVAL,
    monitoringRoleArn: role?.role.arn,
  };
}

/** What Enhanced Monitoring needs, unless it is off. */
export function createMonitoringRole(
  scope: Construct,
  { monitoringInterval, network }: { readonly monitoringInterval?: number; readonly network: INetwork },
): MonitoringRole | undefined {
  if (monitoringInterval === 0) return undefined;
  return new MonitoringRole(scope, "Monitoring", { partition: network.partition });
}

/** Lets RDS write Enhanced Monitoring's metrics into CloudWatch Logs. */
export class MonitoringRole extends Construct {
  public readonly role: IamRole;
  public readonly attachment: IamRolePolicyAttachment;

  public constructor(scope: Construct, id: string, props: { readonly partition: string }) {
    super(scope, id);
    this.role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, 64),
      assumeRolePolicy: assumeRolePolicy("monitoring.rds.amazonaws.com"),
      tags: nameTag(this),
    });
    this.attachment = new IamRolePolicyAttachment(this, "Attachment", {
      role: this.role.name,
      policyArn: `arn:${props.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
  }
}

/** Where Enhanced Monitoring writes to: a group of the whole account and region, which RDS makes. */
export function monitoringLogs(role: MonitoringRole | undefined, region: string): WatchedItems<object>[] {
  if (role === undefined) return [];
  const title = "Operating systems of databases (Enhanced Monitoring), of the whole account";
  return [{ logs: { title, name: "RDSOSMetrics", kind: "log group", region } }];
}
