import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AlarmRule, MonitoringOptions, NotifyOptions, Watchlist, WebHosts } from "../../lib";
import { testRefusals } from "../support/bad-input";
import { testMonitoring, testSite } from "../support/monitored";
import { testApp, testNetwork, testStack } from "../support/synth";

const anything = (value: unknown) => value as never;

const monitoring = (options: object) => () => testMonitoring(testStack(), options as MonitoringOptions);
const notify = (options: object) => monitoring({ notify: options as NotifyOptions });
const slack = (channel: unknown) => notify({ slack: { ops: channel } });
const team = "01234567-89ab-cdef-0123-456789abcdef";
const teams = (channel: object) =>
  notify({ teams: { ops: { tenantId: team, teamId: team, channelId: "19:x", ...channel } } });
const hosts = (thresholds: unknown) => () => {
  const site = testSite();
  testMonitoring(site.stack).watch(site.hosts, anything(thresholds));
};

testRefusals({
  "one address in place of a list": notify({ emails: "oncall@example.com" }),
  "an address with a name": notify({ emails: ["On call <oncall@example.com>"] }),
  "an address twice": notify({ emails: ["oncall@example.com", "oncall@example.com"] }),
  "addresses that differ in marks": notify({ emails: ["on+call@example.com", "on-call@example.com"] }),
  "a misspelt way to tell": notify({ email: ["oncall@example.com"] }),
  "an address that is known only after deploy": notify({ emails: [Fn.join("@", ["oncall", "example.com"])] }),
  "a URL without a key": notify({ https: ["https://example.com"] }),
  "a URL over plain HTTP": notify({ https: { pager: "http://example.com" } }),
  "a key with a space": notify({ https: { "my pager": "https://example.com" } }),
  "a name for a channel of Slack": slack({ workspaceId: "T0123ABCD", channelId: "#ops" }),
  "no workspace": slack({ channelId: "C0123ABCD" }),
  "a word for a channel of Slack": slack("ops"),
  "a name for a team": teams({ teamId: "Operations" }),
  "no channel of Teams": teams({ channelId: undefined }),
  "a name for a topic": notify({ topicArn: "alarms" }),
  "a key for somebody else's topic": notify({
    topicArn: "arn:aws:sns:eu-west-1:123456789012:alarms",
    kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
  }),
  "an alias for a key": notify({ kmsKeyArn: "alias/aws/sns" }),
  "a name for an action": notify({ criticalActionArns: ["pager"] }),
  "one action in place of a list": notify({ criticalActionArns: "arn:aws:sns:eu-west-1:123456789012:pager" }),
  "a runbook that is a path": monitoring({ runbookUrl: "docs/runbook.md" }),
  "a section of a runbook": monitoring({ runbookUrl: "https://wiki.example.com/runbook#shop" }),
  "a word for routine events": monitoring({ routineEvents: "no" }),
  "a dashboard with a space": monitoring({ dashboard: { name: "my shop" } }),
  "a word for a dashboard": monitoring({ dashboard: "shop" }),
  "a threshold that there is none of": hosts({ cpu: 80 }),
  "a threshold out of range": hosts({ cpuUtilization: 120 }),
  "more failed checks than EC2 says": hosts({ failedStatusChecks: 2 }),
  "a threshold that is a word": hosts({ cpuUtilization: "80%" }),
  "a threshold that is true": hosts({ cpuUtilization: true }),
  "a number for all thresholds": hosts(80),
  "a component of another region": () => {
    const app = testApp();
    const abroad = new TerraformStack(app, "abroad");
    new AwsProvider(abroad, "aws", { region: "eu-central-1" });
    testMonitoring(abroad).watch(testNetwork(testStack("shop", app)));
  },
  "something that nothing is known of": () => testMonitoring(testStack()).watch(anything({})),
  "nothing to watch": () => testMonitoring(testStack()).watch(anything(undefined)),
  "a component twice": () => {
    const site = testSite();
    const made = testMonitoring(site.stack);
    made.watch(site.hosts);
    made.watch(site.hosts, { cpuUtilization: 90 });
  },
  "a word for whether hosts report memory": () => {
    const stack = testStack();
    new WebHosts(stack, "Hosts", { network: testNetwork(stack), metrics: anything("yes") });
  },
});

interface QueueThresholds {
  readonly waiting?: number | false;
}

/** A construct of somebody's own whose watchlist, or the alarm in it, is otherwise. */
const queue =
  (alarm: object, options: object = {}, times = 1) =>
  () => {
    const watchlist = new Watchlist<QueueThresholds>(new Construct(testStack(), "Queue"), {
      tier: "other",
      region: "eu-west-1",
      thresholds: { waiting: { min: 1, max: 100 } },
      ...options,
    });
    for (let time = 0; time < times; time++) watchlist.add({ alarm: { ...LONG_QUEUE, ...alarm } });
  };
const METRIC = {
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "mail" },
  statistic: "Maximum",
} as const;
const LONG_QUEUE: AlarmRule<QueueThresholds> = {
  kind: "queue-long",
  meaning: "Messages wait.",
  severity: "warning",
  metric: METRIC,
  alarmWhen: "above",
  threshold: { name: "waiting", default: 10 },
  periods: 3,
  missingData: "good",
};

describe("a watchlist of somebody's own", () => {
  testRefusals({
    "a tier that there is not": queue({}, { tier: "queue" }),
    "no region": queue({}, { region: undefined }),
    "no thresholds": queue({}, { thresholds: [] }),
    "a kind of two words": queue({ kind: "Queue Long" }),
    "a severity that there is not": queue({ severity: "high" }),
    "a sign for a comparison": queue({ alarmWhen: ">" }),
    "no periods": queue({ periods: 0 }),
    "more bad periods than there are": queue({ badPeriods: 4 }),
    "more periods than a day has": queue({ metric: { ...METRIC, period: 3600 }, periods: 25 }),
    "an unknown reading of missing numbers": queue({ missingData: "ok" }),
    "a short word for a statistic": queue({ metric: { ...METRIC, statistic: "Max" } }),
    "a threshold that the watchlist does not have": queue({ threshold: { name: "length", default: 1 } }),
    "two alarms of one kind": queue({}, {}, 2),
  });

  it("is taken where it is whole", () => {
    expect(queue({})).not.toThrow();
  });
});
