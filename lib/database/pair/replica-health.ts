import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { nameTag } from "../../naming";

/** When a replica counts as unable to serve reads. */
export interface ReaderHealthOptions {
  /**
   * Seconds that a replica may lag behind the primary, 1 to 86400, before it gets no reads any more. A PostgreSQL
   * primary that nobody writes to lets its replicas report up to five minutes.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
   *
   * @default 600
   */
  readonly maxLag?: number;
}

export interface ReplicaHealthProps extends ReaderHealthOptions {
  /** Identifier of the replica. */
  readonly identifier: string;
  /** Region of the replica. */
  readonly region: string;
  /** Provider of that region, if it is another one. */
  readonly provider?: TerraformProvider;
}

const DEFAULT_MAX_LAG = 600;
const PERIOD = 60;
const PERIODS = 3;

/**
 * Whether a replica can serve reads: it reports its lag, copies its primary, and is not too far behind. Route 53
 * can't reach an instance in a private subnet, so its checks follow CloudWatch's alarms.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html
 */
export class ReplicaHealth extends Construct {
  /** In alarm while the replica is too far behind, and while it says nothing at all. */
  public readonly lagAlarm: CloudwatchMetricAlarm;
  /** In alarm while the replica does not copy its primary, which RDS reports as a lag of -1. */
  public readonly stoppedAlarm: CloudwatchMetricAlarm;
  /** Healthy while neither is in alarm. */
  public readonly healthCheck: Route53HealthCheck;

  public constructor(scope: Construct, id: string, props: ReplicaHealthProps) {
    super(scope, id);
    this.lagAlarm = this.createAlarm("Lag", props, {
      alarmName: `${props.identifier}-replica-lag`,
      alarmDescription: `${props.identifier} is far behind its primary, or says nothing: it gets no reads`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: props.maxLag ?? DEFAULT_MAX_LAG,
      statistic: "Maximum",
      treatMissingData: "breaching",
    });
    this.stoppedAlarm = this.createAlarm("Stopped", props, {
      alarmName: `${props.identifier}-replica-stopped`,
      alarmDescription: `${props.identifier} does not copy its primary: it gets no reads`,
      comparisonOperator: "LessThanThreshold",
      threshold: 0,
      statistic: "Minimum",
      treatMissingData: "notBreaching",
    });
    // Route 53 follows no alarm that computes with metrics, so there is a check for each, and one for both.
    const checks = [
      this.follow("Lag", this.lagAlarm, props.region),
      this.follow("Stopped", this.stoppedAlarm, props.region),
    ];
    this.healthCheck = new Route53HealthCheck(this, "Health", {
      type: "CALCULATED",
      childHealthThreshold: checks.length,
      childHealthchecks: checks.map((check) => check.id),
      tags: nameTag(this),
    });
  }

  private createAlarm(
    id: string,
    { identifier, provider }: ReplicaHealthProps,
    rule: Pick<
      ConstructorParameters<typeof CloudwatchMetricAlarm>[2],
      "alarmName" | "alarmDescription" | "comparisonOperator" | "threshold" | "statistic" | "treatMissingData"
    >,
  ): CloudwatchMetricAlarm {
    return new CloudwatchMetricAlarm(this, `${id}Alarm`, {
      ...rule,
      namespace: "AWS/RDS",
      metricName: "ReplicaLag",
      dimensions: { DBInstanceIdentifier: identifier },
      period: PERIOD,
      evaluationPeriods: PERIODS,
      tags: nameTag(this),
      provider,
    });
  }

  private follow(id: string, alarm: CloudwatchMetricAlarm, region: string): Route53HealthCheck {
    return new Route53HealthCheck(this, `${id}Health`, {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: region,
      insufficientDataHealthStatus: "LastKnownStatus",
      tags: nameTag(this),
    });
  }
}
