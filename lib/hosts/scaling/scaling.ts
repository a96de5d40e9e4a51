import { ITerraformDependable } from "cdktf";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import {
  AutoscalingPolicy,
  AutoscalingPolicyPredictiveScalingConfigurationMetricSpecificationPredefinedMetricPairSpecification,
  AutoscalingPolicyTargetTrackingConfiguration,
} from "@cdktf/provider-aws/lib/autoscaling-policy";
import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import { Construct } from "constructs";
import { numberText } from "../../expressions";
import { longName } from "../../naming";
import { PredictiveScaling, ScalingOptions, ScalingSchedule } from "./scaling-options";

const DEFAULT_CPU = 60;
const DEFAULT_BUFFER_TIME = 300;
/** What the API takes for "leave it as it is". */
const UNCHANGED = -1;

/** What a policy needs to know to count requests. */
export interface RequestSource {
  /** Tells target groups apart in addresses. */
  readonly key: string;
  /** The ends of the balancer's and the target group's ARN, joined by a slash. */
  readonly resourceLabel: string;
  /** What sends requests to the target group, which AWS wants to see first. */
  readonly routedBy?: ITerraformDependable;
}

/** The policies and schedules that add hosts and take them away. */
export class Scaling extends Construct {
  /** Policies by the last part of their construct's path. */
  public readonly policies: Record<string, AutoscalingPolicy> = {};
  /** Schedules by their names. */
  public readonly schedules: Readonly<Record<string, AutoscalingSchedule>>;
  private requestSources = 0;

  public constructor(
    scope: Construct,
    id: string,
    private readonly group: AutoscalingGroup,
    private readonly options: ScalingOptions,
  ) {
    super(scope, id);
    const { metrics = {}, requestsPerHost, predictive } = options;
    const otherAims = requestsPerHost !== undefined || Object.keys(metrics).length > 0;
    const cpu = options.cpuUtilization ?? (otherAims ? false : DEFAULT_CPU);
    if (cpu !== false) this.addCpu(cpu);
    for (const name of Object.keys(metrics)) this.addMetric(name);
    if (predictive && predictive.metric !== "requestsPerHost") {
      this.addPredictive("Predictive", predictive, { predefinedMetricType: "ASGCPUUtilization" });
    }
    this.schedules = Object.fromEntries(
      Object.entries(options.schedules ?? {}).map(([name, schedule]) => [
        name,
        this.addSchedule(name, schedule),
      ]),
    );
  }

  /** What was asked for that needs a balancer. */
  public get needsRequests(): string | undefined {
    if (this.options.requestsPerHost !== undefined) return "scaling.requestsPerHost";
    return this.options.predictive?.metric === "requestsPerHost" ? "scaling.predictive.metric" : undefined;
  }

  /** Whether a target group was named whose requests are counted. */
  public get countsRequests(): boolean {
    return this.requestSources > 0;
  }

  /** Counts the requests that come by a target group. */
  public countRequests({ key, resourceLabel, routedBy }: RequestSource): void {
    this.requestSources++;
    const { requestsPerHost, predictive } = this.options;
    const after = routedBy && [routedBy];
    if (requestsPerHost !== undefined) {
      const specification = { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel };
      this.addTarget(
        `RequestsPerHost-${key}`,
        { targetValue: requestsPerHost, predefinedMetricSpecification: specification },
        after,
      );
    }
    if (predictive?.metric === "requestsPerHost") {
      const pair = { predefinedMetricType: "ALBRequestCount", resourceLabel };
      this.addPredictive(`Predictive-${key}`, predictive, pair, after);
    }
  }

  private addCpu(targetValue: number): void {
    this.addTarget("Cpu", {
      targetValue,
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    });
  }

  private addMetric(name: string): void {
    const { namespace, metricName, targetValue, statistic, unit, dimensions } = this.options.metrics![name]!;
    this.addTarget(`Metric-${name}`, {
      targetValue,
      customizedMetricSpecification: {
        namespace,
        metricName,
        statistic: statistic ?? "Average",
        unit,
        metricDimension:
          dimensions && Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
      },
    });
  }

  private addTarget(
    id: string,
    target: AutoscalingPolicyTargetTrackingConfiguration,
    dependsOn?: ITerraformDependable[],
  ): void {
    this.policies[id] = new AutoscalingPolicy(this, id, {
      ...this.policy(id),
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: { disableScaleIn: this.options.disableScaleIn ?? false, ...target },
      dependsOn,
    });
  }

  private addPredictive(
    id: string,
    { targetValue, mode, bufferTime, maxCapacityBuffer }: PredictiveScaling,
    pair: AutoscalingPolicyPredictiveScalingConfigurationMetricSpecificationPredefinedMetricPairSpecification,
    dependsOn?: ITerraformDependable[],
  ): void {
    this.policies[id] = new AutoscalingPolicy(this, id, {
      ...this.policy(id),
      policyType: "PredictiveScaling",
      predictiveScalingConfiguration: {
        mode: mode ?? "ForecastOnly",
        schedulingBufferTime: numberText(bufferTime ?? DEFAULT_BUFFER_TIME),
        maxCapacityBreachBehavior:
          maxCapacityBuffer === undefined ? "HonorMaxCapacity" : "IncreaseMaxCapacity",
        maxCapacityBuffer: maxCapacityBuffer === undefined ? undefined : numberText(maxCapacityBuffer),
        metricSpecification: { targetValue, predefinedMetricPairSpecification: pair },
      },
      dependsOn,
    });
  }

  private policy(id: string): { name: string; autoscalingGroupName: string } {
    return { name: longName(this, id), autoscalingGroupName: this.group.name };
  }

  private addSchedule(name: string, schedule: ScalingSchedule): AutoscalingSchedule {
    const { minHosts, maxHosts, desiredHosts, recurrence, timeZone, startTime, endTime } = schedule;
    return new AutoscalingSchedule(this, `Schedule-${name}`, {
      autoscalingGroupName: this.group.name,
      scheduledActionName: name,
      minSize: minHosts ?? UNCHANGED,
      maxSize: maxHosts ?? UNCHANGED,
      desiredCapacity: desiredHosts ?? UNCHANGED,
      recurrence,
      timeZone: recurrence === undefined ? undefined : (timeZone ?? "Etc/UTC"),
      startTime,
      endTime,
    });
  }
}
