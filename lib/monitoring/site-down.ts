import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { longName, nameTag } from "../naming";

export interface SiteDownProps {
  readonly description: string;
  readonly actions: string[];
}

/**
 * One alarm that says that the site is down, whatever the cause: what an on-call phone should ring for. What stands in
 * for each other, as the target groups that share a site's requests, has to be gone altogether.
 */
export class SiteDown extends Construct {
  public readonly alarm: CloudwatchCompositeAlarm;
  private readonly causes = new Map<string, CloudwatchMetricAlarm[]>();

  public constructor(scope: Construct, id: string, props: SiteDownProps) {
    super(scope, id);
    this.alarm = new CloudwatchCompositeAlarm(this, "Alarm", {
      alarmName: longName(scope, "site-down"),
      alarmDescription: props.description,
      alarmRule: Lazy.stringValue({ produce: () => this.rule }),
      alarmActions: props.actions,
      okActions: props.actions,
      tags: nameTag(scope),
    });
  }

  /** @param cause what the alarm's subject can be stood in for by */
  public add(cause: string, alarm: CloudwatchMetricAlarm): void {
    this.causes.set(cause, [...(this.causes.get(cause) ?? []), alarm]);
  }

  private get rule(): string {
    const groups = [...this.causes.values()].map((alarms) =>
      alarms.map(({ alarmName }) => `ALARM("${alarmName}")`).join(" AND "),
    );
    return groups.length === 1 ? groups[0]! : groups.map((group) => `(${group})`).join(" OR ");
  }
}
