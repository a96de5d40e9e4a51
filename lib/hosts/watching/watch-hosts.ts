import { AutoscalingNotification } from "@cdktf/provider-aws/lib/autoscaling-notification";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IConstruct } from "constructs";
import { EventSource, MINUTE, Metric, Statistic, WatchedItems, Watchlist, logsIn } from "../../monitoring";
import { worstHost } from "../services/host-metrics";
import { HOSTS_THRESHOLDS, HostsThresholds } from "./hosts-thresholds";

export interface WatchedHosts {
  readonly region: string;
  readonly autoScalingGroupName: string;
  /** Whether EC2 reports every minute, and not every five. */
  readonly detailedMonitoring: boolean;
  /** What the hosts are called together where they report numbers of their own; undefined where they don't. */
  readonly hostGroup?: string;
  readonly logGroup?: CloudwatchLogGroup;
}

/** What tells whether hosts are well, as EC2, Auto Scaling and they themselves see it. */
export function watchHosts(owner: IConstruct, hosts: WatchedHosts): Watchlist<HostsThresholds> {
  const { region, hostGroup, logGroup } = hosts;
  const watchlist = new Watchlist<HostsThresholds>(owner, {
    tier: "hosts",
    region,
    thresholds: HOSTS_THRESHOLDS,
  });
  const dimensions = { AutoScalingGroupName: hosts.autoScalingGroupName };
  watchlist.add(...processors(dimensions, hosts.detailedMonitoring ? 1 : 5), ...group(dimensions));
  if (hostGroup !== undefined) watchlist.add(...insides(hostGroup));
  watchlist.add({ routineEvents: comingsAndGoings(hosts.autoScalingGroupName) });
  if (logGroup) watchlist.add({ logs: logsIn(logGroup, "Hosts: application, nginx, cloud-init", region) });
  return watchlist;
}

type Items = WatchedItems<HostsThresholds>[];
type Dimensions = Readonly<Record<string, string>>;

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html */
function processors(dimensions: Dimensions, minutes: number): Items {
  const ec2 = (metricName: string, statistic: Statistic): Metric => ({
    namespace: "AWS/EC2",
    metricName,
    statistic,
    dimensions,
    period: minutes * MINUTE,
  });
  return [
    {
      alarm: {
        kind: "hosts-busy",
        meaning: "The hosts' processors are busy, and no more hosts come to help: answers become slow.",
        severity: "warning",
        metric: ec2("CPUUtilization", "Average"),
        alarmWhen: "above",
        threshold: { name: "cpuUtilization", default: 85 },
        periods: 15 / minutes,
        missingData: "good",
      },
      chart: {
        title: "Processors",
        unit: "percent",
        lines: [
          { label: "all hosts", metric: ec2("CPUUtilization", "Average") },
          { label: "busiest host", metric: ec2("CPUUtilization", "Maximum") },
        ],
        alarms: ["hosts-busy"],
      },
    },
    {
      alarm: {
        kind: "host-impaired",
        meaning: "EC2 finds a host impaired; the group replaces it.",
        severity: "warning",
        metric: ec2("StatusCheckFailed", "Maximum"),
        alarmWhen: "atLeast",
        threshold: { name: "failedStatusChecks", default: 1 },
        periods: 5 / minutes,
        missingData: "good",
      },
    },
  ];
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
function group(dimensions: Dimensions): Items {
  const hosts = (metricName: string): Metric => ({
    namespace: "AWS/AutoScaling",
    metricName,
    statistic: "Average",
    dimensions,
  });
  return [
    {
      alarm: {
        kind: "hosts-missing",
        meaning:
          "There are fewer hosts than there are to be: new ones do not start, or do not become healthy.",
        severity: "critical",
        metric: {
          expression: "desired - serving",
          metrics: { desired: hosts("GroupDesiredCapacity"), serving: hosts("GroupInServiceInstances") },
        },
        alarmWhen: "atLeast",
        threshold: { name: "missingHosts", default: 1 },
        periods: 15,
        missingData: "good",
      },
      chart: {
        title: "Hosts",
        unit: "hosts",
        lines: [
          { label: "to be", metric: hosts("GroupDesiredCapacity") },
          { label: "in service", metric: hosts("GroupInServiceInstances") },
          { label: "starting", metric: hosts("GroupPendingInstances") },
          { label: "at most", metric: hosts("GroupMaxSize") },
        ],
      },
    },
  ];
}

function insides(hostGroup: string): Items {
  const memory = worstHost(hostGroup, "mem");
  const disk = worstHost(hostGroup, "disk");
  return [
    {
      alarm: {
        kind: "host-memory-full",
        meaning: "A host's memory is nearly full; its application may be killed.",
        severity: "warning",
        metric: memory,
        alarmWhen: "above",
        threshold: { name: "memoryUtilization", default: 90 },
        periods: 10,
        missingData: "good",
      },
      chart: {
        title: "Memory and disk of the fullest host",
        unit: "percent",
        lines: [
          { label: "memory", metric: memory },
          { label: "root volume", metric: disk },
        ],
        alarms: ["host-memory-full", "host-disk-full"],
      },
    },
    {
      alarm: {
        kind: "host-disk-full",
        meaning: "A host's root volume is nearly full; its application may fail to write.",
        severity: "warning",
        metric: disk,
        alarmWhen: "above",
        threshold: { name: "diskUtilization", default: 85 },
        periods: 5,
        missingData: "good",
      },
    },
  ];
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html */
function comingsAndGoings(autoScalingGroupName: string): EventSource {
  const events = ["LAUNCH", "LAUNCH_ERROR", "TERMINATE", "TERMINATE_ERROR"];
  return (scope, topicArn) =>
    new AutoscalingNotification(scope, "HostEvents", {
      groupNames: [autoScalingGroupName],
      notifications: events.map((event) => `autoscaling:EC2_INSTANCE_${event}`),
      topicArn,
    });
}
