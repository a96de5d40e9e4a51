import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { namePrefix, nameTag, pathName } from "../../naming";
import { assumeRolePolicy, policyDocument } from "../../policy";
import { NotifyOptions } from "./notify-options";

/** Longest name of a channel: https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const NAME_LENGTH = 128;

export interface ChatChannelsProps extends Pick<NotifyOptions, "slack" | "teams"> {
  readonly topicArn: string;
}

/**
 * Channels of Slack and Teams that a topic's alarms are written into, with a picture of the metric. Nobody can change
 * anything from there: the channel's role only reads metrics.
 */
export class ChatChannels extends Construct {
  public readonly slack: Readonly<Record<string, ChatbotSlackChannelConfiguration>>;
  public readonly teams: Readonly<Record<string, ChatbotTeamsChannelConfiguration>>;
  /** The role of the channels, where there are any. */
  public readonly role?: IamRole;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ChatChannelsProps,
  ) {
    super(scope, id);
    const { slack = {}, teams = {} } = props;
    if (Object.keys({ ...slack, ...teams }).length > 0) this.role = this.createRole();
    this.slack = Object.fromEntries(
      Object.entries(slack).map(([key, { workspaceId, channelId }]) => [
        key,
        new ChatbotSlackChannelConfiguration(this, `Slack-${key}`, {
          ...this.channel(`slack-${key}`),
          slackTeamId: workspaceId,
          slackChannelId: channelId,
        }),
      ]),
    );
    this.teams = Object.fromEntries(
      Object.entries(teams).map(([key, { tenantId, teamId, channelId }]) => [
        key,
        new ChatbotTeamsChannelConfiguration(this, `Teams-${key}`, {
          ...this.channel(`teams-${key}`),
          tenantId,
          teamId,
          channelId,
        }),
      ]),
    );
  }

  private channel(name: string) {
    return {
      configurationName: `${pathName(this).slice(0, NAME_LENGTH - name.length - 1)}-${name}`,
      iamRoleArn: this.role!.arn,
      snsTopicArns: [this.props.topicArn],
      // Without it AWS lets the channel's role do anything that the role is given later.
      guardrailPolicyArns: [`arn:${this.partition}:iam::aws:policy/CloudWatchReadOnlyAccess`],
      loggingLevel: "ERROR",
      tags: nameTag(this),
    };
  }

  private get partition(): string {
    return Fn.element(Fn.split(":", this.props.topicArn), 1);
  }

  /** Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-iam-policies.html */
  private createRole(): IamRole {
    const role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, 64),
      assumeRolePolicy: assumeRolePolicy("chatbot.amazonaws.com"),
      tags: nameTag(this),
    });
    new IamRolePolicy(this, "RolePolicy", {
      role: role.name,
      policy: policyDocument({
        actions: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"],
        resources: ["*"],
      }),
    });
    return role;
  }
}
