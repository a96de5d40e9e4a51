import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataResource, Lazy, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { longName, nameTag } from "../naming";

export interface SiteDownProps {
  readonly description: string;
  readonly actions: string[];
}

/**
 * One alarm that says that the site is down, whatever the cause: what an on-call phone should ring for. Of causes that
 * are one for each of several parts, as the target groups that share a site's requests, all have to be there.
 *
 * When causes come or go it is made anew, within seconds: AWS does not delete an alarm that another one is made of, and
 * Terraform would try to before it changes that other one.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/34807
 */
export class SiteDown extends Construct {
  public readonly alarm: CloudwatchCompositeAlarm;
  private readonly causes = new Map<string, CloudwatchMetricAlarm[]>();

  public constructor(scope: Construct, id: string, props: SiteDownProps) {
    super(scope, id);
    const causes = new DataResource(this, "Causes", {
      input: { alarms: Lazy.listValue({ produce: () => this.names }) },
    });
    this.alarm = new CloudwatchCompositeAlarm(this, "Alarm", {
      alarmName: longName(scope, "site-down"),
      alarmDescription: props.description,
      alarmRule: Lazy.stringValue({ produce: () => this.rule }),
      alarmActions: props.actions,
      okActions: props.actions,
      tags: nameTag(scope),
      lifecycle: { replaceTriggeredBy: [addressOf(causes)] },
    });
  }

  /** @param cause what the alarm's subject can be stood in for by */
  public add(cause: string, alarm: CloudwatchMetricAlarm): void {
    this.causes.set(cause, [...(this.causes.get(cause) ?? []), alarm]);
  }

  /** Names, not references: those of alarms that stay are known before anything changes. */
  private get names(): string[] {
    return [...this.causes.values()].flat().map(({ alarmNameInput }) => alarmNameInput!);
  }

  private get rule(): string {
    const groups = [...this.causes.values()].map((alarms) =>
      alarms.map(({ alarmName }) => `ALARM("${alarmName}")`).join(" AND "),
    );
    return groups.length === 1 ? groups[0]! : groups.map((group) => `(${group})`).join(" OR ");
  }
}

/** As Terraform wants it here: CDKTF writes a reference as an expression, which is refused. */
function addressOf(resource: TerraformResource): string {
  return Lazy.stringValue({
    produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
  });
}
