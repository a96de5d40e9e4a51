import { Annotations, TerraformStack } from "cdktf";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { IWatchable, Monitoring, MonitoringOptions, NotifyOptions, Watchlist } from "../../lib";
import { TestTarget, testBalancer } from "../support/balancer";
import { NOTIFY, testMonitoring, testSite } from "../support/monitored";
import { componentsInStacks, frankfurt, reference, statementsOf, synth, testStack } from "../support/synth";

describe("Monitoring's topic", () => {
  const topic = (notify: NotifyOptions = NOTIFY) => {
    const stack = testStack();
    const monitoring = new Monitoring(stack, "Monitoring", { notify });
    return { monitoring, json: synth(stack) };
  };

  it("is encrypted with a key that CloudWatch may use, which AWS's own does not let it", () => {
    const { json, monitoring } = topic();
    expect(json.only("aws_sns_topic").kms_master_key_id).toContain("aws_kms_key");
    expect(monitoring.topic.key).toBeDefined();
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    const given = topic({ ...NOTIFY, kmsKeyArn });
    expect(given.json.only("aws_sns_topic").kms_master_key_id).toBe(kmsKeyArn);
    expect(given.json.count("aws_kms_key")).toBe(0);
  });

  it("is written to by this account's alarms and databases only, over TLS", () => {
    const { json, monitoring } = topic();
    const [alarms, events, plain, ...others] = statementsOf(json.only("aws_sns_topic_policy").policy);
    const owner = reference(monitoring.topic.topic!, "owner");
    expect(alarms).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Condition: { StringEquals: { "aws:SourceAccount": owner } },
    });
    expect(events).toMatchObject({
      Principal: { Service: "events.rds.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": owner } },
    });
    expect(plain).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
    expect(others).toEqual([]);
  });

  it("tells people by e-mail, services by HTTPS, and channels of Slack and Teams", () => {
    const { json } = topic({
      emails: ["oncall@example.com", "boss+alarms@example.com"],
      https: { pager: "https://events.example.com/integration" },
      slack: { ops: { workspaceId: "T0123ABCD", channelId: "C0123ABCD" } },
      teams: {
        ops: {
          tenantId: "01234567-89ab-cdef-0123-456789abcdef",
          teamId: "11234567-89ab-cdef-0123-456789abcdef",
          channelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
        },
      },
    });
    const ends = Object.values(json.resources("aws_sns_topic_subscription"));
    expect(ends.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`)).toEqual([
      "email boss+alarms@example.com",
      "email oncall@example.com",
      "https https://events.example.com/integration",
    ]);
    expect(json.only("aws_chatbot_slack_channel_configuration")).toMatchObject({
      slack_channel_id: "C0123ABCD",
      slack_team_id: "T0123ABCD",
    });
    expect(json.only("aws_chatbot_teams_channel_configuration").team_id).toMatch(/^1123/);
    expect(statementsOf(json.only("aws_iam_role_policy").policy)[0]!.Action).toEqual([
      "cloudwatch:Describe*",
      "cloudwatch:Get*",
      "cloudwatch:List*",
    ]);
  });

  it("leaves each subscriber in place when another one comes before it", () => {
    const addresses = (emails: string[]) => topic({ emails }).json.addresses;
    const before = addresses(["b@example.com"]);
    expect(addresses(["a@example.com", "b@example.com"])).toEqual(expect.arrayContaining(before));
  });

  it("may be one that exists, which is left as it is", () => {
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:alarms";
    const { json, monitoring } = topic({ topicArn, emails: ["oncall@example.com"] });
    expect(monitoring.topic.arn).toBe(topicArn);
    expect(["aws_sns_topic", "aws_sns_topic_policy", "aws_kms_key"].map((type) => json.count(type))).toEqual([
      0, 0, 0,
    ]);
    expect(json.only("aws_sns_topic_subscription").topic_arn).toBe(topicArn);
  });

  it("without subscribers is warned of", () => {
    const warn = jest.spyOn(Annotations.prototype, "addWarning");
    topic({});
    topic(NOTIFY);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("Alarms tell nobody"));
    warn.mockRestore();
  });
});

describe("Monitoring's alarms", () => {
  it("tell the topic when they begin; critical ones also when they end, and a pager", () => {
    const pager = "arn:aws:sns:eu-west-1:123456789012:pager";
    const { stack, balancer } = testSite();
    const monitoring = testMonitoring(stack, { notify: { ...NOTIFY, criticalActionArns: [pager] } });
    const { alarms } = monitoring.watch(balancer);
    const json = synth(stack);
    const topic = reference(monitoring.topic.policy!, "arn");
    const warning = json.of(alarms["slow-answers"]!);
    expect([warning.alarm_actions, warning.ok_actions]).toEqual([[topic], undefined]);
    expect(json.of(alarms["balancer-errors"]!)).toMatchObject({
      alarm_actions: [topic, pager],
      ok_actions: [topic, pager],
    });
    expect(json.of(monitoring.siteDown!.alarm).alarm_actions).toEqual([topic, pager]);
  });

  it("say how urgent they are, what they mean, and where it says what to do", () => {
    const { stack, balancer } = testSite();
    const description = (runbookUrl?: string) => {
      const monitoring = new Monitoring(stack, runbookUrl ? "Linked" : "Plain", {
        notify: NOTIFY,
        runbookUrl,
      });
      return monitoring.watch(balancer).alarms["slow-answers"]!.alarmDescriptionInput;
    };
    expect(description()).toBe(
      "[warning] One of a hundred requests waits too long for its answer. " +
        "What to do: docs/runbook.md of cdktf-tandem#slow-answers",
    );
    expect(description("https://wiki.example.com/runbook")).toMatch(
      / What to do: https:\/\/wiki\.example\.com\/runbook#slow-answers$/,
    );
  });

  it("have descriptions and names that AWS takes", () => {
    const { stack, balancer, hosts, database, network } = testSite();
    const monitoring = testMonitoring(stack, { runbookUrl: `https://wiki.example.com/${"x".repeat(370)}` });
    for (const one of [balancer, hosts, database, network]) monitoring.watch<object>(one);
    const names = monitoring.alarms.map(({ alarmNameInput }) => alarmNameInput!);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(255);
    const lengths = monitoring.alarms.map(({ alarmDescriptionInput }) => alarmDescriptionInput!.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
  });

  it("of two components of other stacks are made where the monitoring is", () => {
    const { app, front } = componentsInStacks();
    const stack = testStack("watch", app);
    const monitoring = testMonitoring(stack);
    const balancer = front.node.findChild("LoadBalancer") as Construct & IWatchable;
    const hosts = front.node.findChild("Hosts") as Construct & IWatchable;
    monitoring.watch(balancer);
    monitoring.watch(hosts);
    expect(monitoring.components.map((one) => one.node.id)).toEqual(["front-LoadBalancer", "front-Hosts"]);
    const outside = monitoring.alarms.filter((alarm) => TerraformStack.of(alarm) !== stack);
    expect(outside).toEqual([]);
  });

  it("of an instance in another region are made there, and tell a topic of that region", () => {
    const stack = testStack();
    const region = frankfurt(stack);
    const { database } = testSite({ database: { slots: { b: { region } } } }, stack);
    const monitoring = testMonitoring(stack);
    const { alarms } = monitoring.watch(database);
    const json = synth(stack);
    const abroad = json.of(alarms["replica-lag-b1"]!);
    expect(abroad.provider).toBe("aws.frankfurt");
    const topics = json.resources("aws_sns_topic");
    expect(Object.values(topics).map(({ provider }) => provider)).toEqual(["aws.frankfurt", undefined]);
    expect(abroad.alarm_actions).not.toEqual(json.of(alarms["database-busy-a1"]!).alarm_actions);
    const events = Object.values(json.resources("aws_db_event_subscription"));
    const kinds = ["db-instance", "db-parameter-group"];
    expect(events.map(({ provider, source_type }) => `${provider ?? "home"} ${source_type}`).sort()).toEqual(
      ["aws.frankfurt", "home"].flatMap((place) => kinds.map((kind) => `${place} ${kind}`)),
    );
    // A dashboard and an alarm over alarms can refer to those of their own region only.
    expect(monitoring.dashboard!.dashboard.dashboardBodyInput).not.toContain("replica-lag-b1");
  });

  it("are joined by what happens every day, for those who ask", () => {
    const everyDay = (options: MonitoringOptions) => {
      const { stack, hosts, database } = testSite();
      const monitoring = testMonitoring(stack, options);
      monitoring.watch(hosts);
      monitoring.watch(database);
      const json = synth(stack);
      const sources = Object.values(json.resources("aws_db_event_subscription")).map(
        (one) => one.source_type,
      );
      return {
        sources: sources.sort(),
        hosts: Object.values(json.resources("aws_autoscaling_notification")),
      };
    };
    const few = ["db-instance", "db-parameter-group"];
    expect(everyDay({})).toEqual({ sources: few, hosts: [] });
    const all = everyDay({ routineEvents: true });
    expect(all.sources).toEqual([...few, "db-security-group"]);
    const [made] = all.hosts;
    expect(made!.notifications).toEqual(
      ["LAUNCH", "LAUNCH_ERROR", "TERMINATE", "TERMINATE_ERROR"].map(
        (event) => `autoscaling:EC2_INSTANCE_${event}`,
      ),
    );
  });

  it("may be made before their stack has a provider", () => {
    const { app, front } = componentsInStacks();
    const stack = new TerraformStack(app, "watch");
    const hosts = front.node.findChild("Hosts") as Construct & IWatchable;
    expect(() => testMonitoring(stack).watch(hosts)).not.toThrow();
  });

  it("of another region that nobody there hears of are warned of", () => {
    const warn = jest.spyOn(Annotations.prototype, "addWarning");
    const abroad = (notify: NotifyOptions) => {
      const stack = testStack();
      const { database } = testSite({ database: { slots: { b: { region: frankfurt(stack) } } } }, stack);
      testMonitoring(stack, { notify }).watch(database);
      return synth(stack);
    };
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:alarms";
    abroad({ ...NOTIFY, topicArn });
    expect(warn).not.toHaveBeenCalled();
    abroad({ topicArn });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("Alarms of eu-central-1 tell nobody"));
    warn.mockRestore();
    expect(abroad({ ...NOTIFY, kmsKeyArn: false }).count("aws_kms_key")).toBe(0);
  });

  it("of a construct of somebody's own follow from its watchlist", () => {
    interface QueueThresholds {
      /** @default 10 */
      readonly waiting?: number | false;
    }
    class Queue extends Construct implements IWatchable<QueueThresholds> {
      public readonly watchlist = new Watchlist<QueueThresholds>(this, {
        tier: "other",
        region: "eu-west-1",
        thresholds: { waiting: { min: 1, max: 1000 } },
      });
    }
    const stack = testStack();
    const queue = new Queue(stack, "Queue");
    queue.watchlist.add({
      alarm: {
        kind: "messages-wait",
        meaning: "Messages wait.",
        severity: "warning",
        metric: {
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: "mail" },
          statistic: "Maximum",
        },
        alarmWhen: "above",
        threshold: { name: "waiting", default: 10 },
        periods: 3,
        missingData: "good",
      },
    });
    testMonitoring(stack).watch(queue, { waiting: 20 });
    expect(synth(stack).only("aws_cloudwatch_metric_alarm")).toMatchObject({
      alarm_name: "shop-Monitoring-Queue-messages-wait",
      threshold: 20,
    });
  });
});

describe("the alarm for the whole site", () => {
  const rule = (monitoring: Monitoring, stack: TerraformStack) => {
    const nameOf = (name: string) =>
      monitoring.alarms.find((alarm) => name.includes(alarm.friendlyUniqueId))!.node.id;
    const text: string = synth(stack).of(monitoring.siteDown!.alarm).alarm_rule;
    return text.replace(/ALARM\("(.*?)"\)/g, (_, name: string) => nameOf(name));
  };

  it("is raised without hosts, with failing requests, and without the database", () => {
    const { stack, balancer, database } = testSite();
    const monitoring = testMonitoring(stack);
    monitoring.watch(balancer);
    monitoring.watch(database);
    expect(rule(monitoring, stack)).toBe(
      "(most-requests-refused) OR (no-healthy-host-Targets) OR (most-requests-fail-Targets) OR (writer-silent)",
    );
  });

  it("is not raised while one of several targets of the site can answer, nor for one application of several", () => {
    const { stack, balancer } = testBalancer();
    const monitoring = testMonitoring(stack);
    monitoring.watch(balancer);
    balancer.forwardTo(new TestTarget(), { weight: 90 });
    balancer.forwardTo(new TestTarget(), { key: "Canary", weight: 10 });
    balancer.addTargets("Blog", { target: new TestTarget(), paths: ["/blog/*"] });
    expect(rule(monitoring, stack)).toBe(
      "(most-requests-refused) OR (no-healthy-host-Targets AND no-healthy-host-Targets-Canary) OR " +
        "(most-requests-fail-Targets AND most-requests-fail-Targets-Canary)",
    );
  });

  it("does not count on targets that get no requests", () => {
    const { stack, balancer } = testBalancer();
    const monitoring = testMonitoring(stack);
    monitoring.watch(balancer);
    balancer.forwardTo(new TestTarget(), { weight: 100 });
    balancer.forwardTo(new TestTarget(), { key: "Canary", weight: 0 });
    expect(rule(monitoring, stack)).toBe(
      "(most-requests-refused) OR (no-healthy-host-Targets) OR (most-requests-fail-Targets)",
    );
  });

  it("is not there where nothing is watched without which a site is down", () => {
    const { stack, hosts } = testSite();
    const monitoring = testMonitoring(stack);
    monitoring.watch(hosts);
    expect(monitoring.siteDown).toBeUndefined();
    expect(synth(stack).count("aws_cloudwatch_composite_alarm")).toBe(0);
  });
});

it("every alarm of Monitoring acts", () => {
  const { stack, balancer, hosts, database, network } = testSite();
  const monitoring = testMonitoring(stack);
  for (const one of [balancer, hosts, database, network]) monitoring.watch<object>(one);
  const json = synth(stack);
  const silent = monitoring.alarms.filter((alarm: CloudwatchMetricAlarm) => {
    const { alarm_actions, actions_enabled } = json.of(alarm);
    return alarm_actions.length === 0 || actions_enabled === false;
  });
  expect(silent).toEqual([]);
});
