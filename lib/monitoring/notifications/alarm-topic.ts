import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { EncryptionKey } from "../../encryption";
import { nameTag, pathName } from "../../naming";
import { policyDocument } from "../../policy";
import { ChatChannels } from "./chat-channels";
import { NotifyOptions, emailKey } from "./notify-options";

/** Longest `name_prefix` of a topic, of 256 characters in all: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const PREFIX_LENGTH = 200;

/**
 * Who reports to the topic.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html
 */
const RDS_EVENTS = "events.rds.amazonaws.com";
const ALARMS = "cloudwatch.amazonaws.com";

/**
 * Where alarms are reported to, and from where people hear of them: encrypted, and written to by CloudWatch's alarms
 * and RDS's events of this account only. A topic that exists is given further subscribers, and otherwise left as it
 * is.
 */
export class AlarmTopic extends Construct {
  public readonly topic?: SnsTopic;
  /** Key of the topic, unless one was given. */
  public readonly key?: EncryptionKey;
  public readonly policy?: SnsTopicPolicy;
  /** Subscriptions by what they are: `Email-oncall-example-com`, `Https-pager`. */
  public readonly subscriptions: Readonly<Record<string, SnsTopicSubscription>>;
  public readonly chat: ChatChannels;
  /** Where to report to; waits for the policy of a topic that is made. */
  public readonly arn: string;

  public constructor(scope: Construct, id: string, options: NotifyOptions) {
    super(scope, id);
    if (options.topicArn === undefined) {
      // CloudWatch can't use AWS's own key for SNS: an alarm would reach nobody.
      if (options.kmsKeyArn === undefined)
        this.key = new EncryptionKey(this, "Key", { purpose: "notifications" });
      this.topic = this.createTopic(options.kmsKeyArn || this.key?.arn);
      this.policy = this.createPolicy(this.topic);
    }
    // Of the policy, so that nothing is reported before it may be.
    this.arn = options.topicArn ?? this.policy!.arn;
    this.subscriptions = this.createSubscriptions(options);
    this.chat = new ChatChannels(this, "Chat", { ...options, topicArn: this.arn });
  }

  private createTopic(kmsMasterKeyId: string | undefined): SnsTopic {
    return new SnsTopic(this, "Topic", {
      namePrefix: `${pathName(this).slice(0, PREFIX_LENGTH)}-`,
      displayName: pathName(this.node.scope!).slice(-100),
      kmsMasterKeyId,
      tags: nameTag(this),
    });
  }

  /** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#SNS_Alarm_Permissions */
  private createPolicy(topic: SnsTopic): SnsTopicPolicy {
    const parts = Fn.split(":", topic.arn);
    const [partition, region] = [Fn.element(parts, 1), Fn.element(parts, 3)];
    const account = topic.owner;
    const publish = { actions: ["sns:Publish"], resources: [topic.arn] };
    return new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument(
        {
          sid: "Alarms",
          principals: { Service: ALARMS },
          ...publish,
          conditions: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
          },
        },
        {
          sid: "DatabaseEvents",
          principals: { Service: RDS_EVENTS },
          ...publish,
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        },
        {
          sid: "OnlyTls",
          effect: "Deny",
          principals: "*",
          ...publish,
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    });
  }

  private createSubscriptions({
    emails = [],
    https = {},
  }: NotifyOptions): Record<string, SnsTopicSubscription> {
    const made: Record<string, SnsTopicSubscription> = {};
    const subscribe = (id: string, protocol: "email" | "https", endpoint: string) => {
      made[id] = new SnsTopicSubscription(this, id, { topicArn: this.arn, protocol, endpoint });
    };
    for (const email of emails) subscribe(`Email-${emailKey(email)}`, "email", email);
    for (const [key, url] of Object.entries(https)) subscribe(`Https-${key}`, "https", url);
    return made;
  }
}
