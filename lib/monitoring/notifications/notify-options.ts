import { checkKeyArn } from "../../encryption/key-arn";
import { PropChecks, isKnown } from "../../validation";

/** A channel of Slack. */
export interface SlackChannel {
  /** Id of the workspace, as in `T0123ABCD`: authorize it once in Amazon Q Developer's console. */
  readonly workspaceId: string;
  /** Id of the channel, as in `C0123ABCD`. */
  readonly channelId: string;
}

/** A channel of Microsoft Teams. */
export interface TeamsChannel {
  /** Id of the tenant: a UUID. */
  readonly tenantId: string;
  /** Id of the team: a UUID. Authorize it once in Amazon Q Developer's console. */
  readonly teamId: string;
  /** Id of the channel, as it stands in the link to it. */
  readonly channelId: string;
}

/** Who is told of alarms. */
export interface NotifyOptions {
  /**
   * Addresses that get an e-mail. Each has to confirm it once, by the link in the first one.
   *
   * @default - nobody
   */
  readonly emails?: readonly string[];

  /**
   * URLs that are called, by keys of your own that are part of addresses: `{ pager: "https://…" }`. What is secret in
   * a URL is in the state, so give one that can do nothing but report. The service at the other end has to confirm,
   * as those for paging do by themselves.
   *
   * @default - none
   */
  readonly https?: Readonly<Record<string, string>>;

  /**
   * Channels of Slack, by keys of your own. Amazon Q Developer in chat applications (once AWS Chatbot) writes into
   * them; an administrator of the workspace allows it once, in its console.
   *
   * Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
   *
   * @default - none
   */
  readonly slack?: Readonly<Record<string, SlackChannel>>;

  /**
   * Channels of Microsoft Teams, by keys of your own, in the same way.
   *
   * Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
   *
   * @default - none
   */
  readonly teams?: Readonly<Record<string, TeamsChannel>>;

  /**
   * ARN of a topic that exists, in place of one that is made. Its policy, and that of its key, have to let
   * `cloudwatch.amazonaws.com` and `events.rds.amazonaws.com` publish; AWS's own key for SNS lets neither.
   *
   * @default - a topic of its own, encrypted
   */
  readonly topicArn?: string;

  /**
   * ARNs of further topics, or of other actions of alarms, for critical alarms only: a pager's.
   *
   * @default - none
   */
  readonly criticalActionArns?: readonly string[];

  /**
   * ARN of a KMS key that encrypts the topic, whose policy lets CloudWatch and RDS use it; `false` for none: what an
   * alarm says then lies unencrypted in SNS until it is delivered.
   *
   * @default - a key of its own, for a small fee a month
   */
  readonly kmsKeyArn?: string | false;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

export function checkNotify(checks: PropChecks, options: NotifyOptions): void {
  checkShapes(checks, options);
  checks.require(new Set(options.emails).size === (options.emails ?? []).length, {
    prop: "notify.emails",
    value: options.emails,
    allowed: "each address once",
    remedy: "Remove the repeated one.",
  });
  const keys = (options.emails ?? []).filter(isKnown).map(emailKey);
  const twin = keys.find((key, place) => keys.indexOf(key) !== place);
  checks.require(twin === undefined, {
    prop: "notify.emails",
    value: options.emails,
    allowed: "addresses that differ in more than marks, since they are part of Terraform addresses",
    remedy: `Two are ${twin}: let one mailbox hand on to the other.`,
  });
  for (const email of options.emails ?? []) {
    const remedy = "Write the address alone, as in oncall@example.com.";
    checks.require(isKnown(email), {
      prop: "notify.emails",
      value: email,
      allowed: "addresses that are known now, since they are part of Terraform addresses",
      remedy,
    });
    checks.matches("notify.emails", email, /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, {
      allowed: "addresses of e-mail",
      remedy,
    });
  }
  for (const [key, url] of Object.entries(options.https ?? {})) {
    checkKey(checks, "https", key);
    checks.matches(`notify.https.${key}`, url, /^https:\/\/[^\s/]+\S*$/, {
      allowed: "a URL that begins with https://",
      remedy: "Alarms are not sent over plain HTTP.",
    });
  }
  for (const [key, channel] of Object.entries(options.slack ?? {})) checkSlack(checks, key, channel);
  for (const [key, channel] of Object.entries(options.teams ?? {})) checkTeams(checks, key, channel);
  checkTopic(checks, options);
}

/** An address as part of a Terraform address. */
export function emailKey(email: string): string {
  return email.replace(/[^A-Za-z0-9]+/g, "-");
}

/** Whether anybody is told of all alarms, not only of critical ones. */
export function tellsAnybody(options: NotifyOptions): boolean {
  const { emails = [], https = {}, slack = {}, teams = {} } = options;
  const channels = [https, slack, teams].flatMap((one) => Object.keys(one));
  return options.topicArn !== undefined || emails.length + channels.length > 0;
}

/** What a program that nobody type-checked may get wrong. */
function checkShapes(checks: PropChecks, options: NotifyOptions): void {
  checks.group("notify", options, 'As in { emails: ["oncall@example.com"] }.');
  checks.known("notify", options, [
    "emails",
    "https",
    "slack",
    "teams",
    "topicArn",
    "criticalActionArns",
    "kmsKeyArn",
  ] satisfies (keyof NotifyOptions)[]);
  checks.list("notify.emails", options.emails, 'As in ["oncall@example.com"].');
  checks.list("notify.criticalActionArns", options.criticalActionArns, "As in [topic.arn].");
  for (const kind of ["https", "slack", "teams"] as const) {
    checks.group(`notify.${kind}`, options[kind], "Give each one a key: { pager: … }.");
  }
}

function checkKey(checks: PropChecks, kind: string, key: string): void {
  checks.matches(`notify.${kind}`, key, KEY, {
    allowed: "keys of letters, digits and hyphens",
    remedy: "Call it by what it is: { pager: … }.",
  });
}

function checkSlack(checks: PropChecks, key: string, channel: SlackChannel): void {
  checkKey(checks, "slack", key);
  const prop = `notify.slack.${key}`;
  checks.group(prop, channel, 'As in { workspaceId: "T0123ABCD", channelId: "C0123ABCD" }.');
  checks.given(`${prop}.workspaceId`, channel.workspaceId, "the workspace's id", "It begins with a T.");
  checks.given(`${prop}.channelId`, channel.channelId, "the channel's id", "It begins with a C or a G.");
  checks.matches(`${prop}.workspaceId`, channel.workspaceId, /^T[A-Z0-9]{5,}$/, {
    allowed: "the id of a workspace, as in T0123ABCD",
    remedy: "It stands in the workspace's URL in a browser.",
  });
  checks.matches(`${prop}.channelId`, channel.channelId, /^[CG][A-Z0-9]{5,}$/, {
    allowed: "the id of a channel, as in C0123ABCD",
    remedy: "Take it from the channel's link: it is no name.",
  });
}

function checkTeams(checks: PropChecks, key: string, channel: TeamsChannel): void {
  checkKey(checks, "teams", key);
  const prop = `notify.teams.${key}`;
  checks.group(prop, channel, "As in { tenantId, teamId, channelId }.");
  const link = "All three stand in the link to the channel.";
  for (const part of ["tenantId", "teamId"] as const) {
    checks.given(`${prop}.${part}`, channel[part], "a UUID", link);
    checks.matches(`${prop}.${part}`, channel[part], UUID, { allowed: "a UUID", remedy: link });
  }
  checks.given(`${prop}.channelId`, channel.channelId, "the channel's id", link);
}

function checkTopic(checks: PropChecks, options: NotifyOptions): void {
  const { topicArn, criticalActionArns = [] } = options;
  const topic = {
    allowed: "the ARN of a topic, as in arn:aws:sns:eu-west-1:123456789012:alarms",
    remedy: "Topics are listed by: aws sns list-topics.",
  };
  checks.matches("notify.topicArn", topicArn, /^arn:aws[a-z-]*:sns:[^:]+:\d{12}:[\w-]+$/, topic);
  for (const arn of criticalActionArns) {
    checks.matches("notify.criticalActionArns", arn, /^arn:aws[a-z-]*:[a-z0-9-]+:[^:]*:\d{12}:\S+$/, {
      allowed: "ARNs of topics or of other actions of alarms",
      remedy: topic.remedy,
    });
  }
  checks.require(topicArn === undefined || options.kmsKeyArn === undefined, {
    prop: "notify.kmsKeyArn",
    value: options.kmsKeyArn,
    allowed: "nothing beside notify.topicArn",
    remedy: "Whoever owns the topic decides how it is encrypted.",
  });
  checkKeyArn(checks, "notify.kmsKeyArn", options.kmsKeyArn || undefined);
}
