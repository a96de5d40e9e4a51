import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { DatabaseEngine, DistributedWeb, DistributedWebProps } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, testApp } from "../support/synth";

interface Props extends Partial<DistributedWebProps> {
  readonly tags?: Record<string, string>;
  readonly alarm?: boolean;
}

const database = { engine: DatabaseEngine.postgres("17"), databaseName: "shop" };
const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };

testChanges<Props>({
  of: "DistributedWeb",
  stack: ({ tags = { Team: "web" }, alarm = false, ...props }) => {
    const stack = new TerraformStack(testApp(), "shop");
    new AwsProvider(stack, "aws", { region: "eu-west-1", defaultTags: [{ tags }] });
    const web = new DistributedWeb(stack, "Web", {
      availabilityZones: ZONES,
      ...(props.domain ? {} : { plainHttp: true }),
      database,
      ...props,
    });
    if (alarm) {
      new CloudwatchMetricAlarm(stack, "Alarm", {
        alarmName: "shop-hosts",
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 1,
        metricName: "GroupInServiceInstances",
        namespace: "AWS/AutoScaling",
        period: 60,
        statistic: "Minimum",
        threshold: 2,
        dimensions: { AutoScalingGroupName: web.hosts.autoScalingGroup.name },
      });
    }
    return stack;
  },
  inPlace: {
    "a zone is added": { availabilityZones: [...ZONES, "eu-west-1c"] },
    "a host is added": { hosts: { minHosts: 3 } },
    "everything gets another tag": { tags: { Team: "web", CostCenter: "42" } },
    "an alarm is added": { alarm: true },
    "it gets a domain": { domain },
  },
  destroying: {
    "a zone is taken away": [{ availabilityZones: [...ZONES, "eu-west-1c"] }, {}],
  },
});
