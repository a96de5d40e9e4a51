import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  Wafv2WebAclLoggingConfiguration,
  Wafv2WebAclLoggingConfigurationLoggingFilter,
} from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { checkKeyArn } from "../../encryption/key-arn";
import { DEFAULT_LOG_RETENTION_DAYS, checkLogRetention } from "../../logs";
import { nameTag, pathName } from "../../naming";
import { PropChecks, isKnown } from "../../validation";

/**
 * Logs of a web ACL, a line for each request.
 *
 * AWS WAF lets itself write to the log group by a resource policy of CloudWatch Logs, as soon as whoever deploys may
 * `logs:CreateLogDelivery`, `logs:PutResourcePolicy`, `logs:DescribeResourcePolicies` and `logs:DescribeLogGroups`.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export interface WebAclLogsOptions {
  /**
   * Which requests are logged: `"matched"`, those that a rule blocked, counted, or put a puzzle to; or `"all"`, which
   * costs what CloudWatch Logs charges for each. The balancer's access logs have every request.
   *
   * @default "matched"
   */
  readonly requests?: "matched" | "all";

  /**
   * Headers whose values are kept out of the logs, besides Authorization and Cookie. Nothing is kept out of what a
   * rule about SQL or scripts says it found.
   *
   * @default - none besides these two
   */
  readonly redactHeaders?: readonly string[];

  /**
   * Whether query strings are kept out of the logs, for sites whose links have secrets in them.
   *
   * @default false
   */
  readonly redactQueryString?: boolean;

  /**
   * ARN of a log group, a Firehose stream or an S3 bucket that exists in the same region; its name has to begin with
   * aws-waf-logs-.
   *
   * @default - a log group of the web ACL's own
   */
  readonly destinationArn?: string;

  /**
   * How many days logs are kept in the web ACL's own log group, a number that CloudWatch Logs knows; 0 keeps them for
   * ever.
   *
   * @default 365
   */
  readonly retentionDays?: number;

  /**
   * ARN of a key to encrypt the web ACL's own log group with, whose policy lets CloudWatch Logs use it.
   *
   * @default - CloudWatch's own
   */
  readonly kmsKeyArn?: string;
}

export interface WebAclLogsProps extends WebAclLogsOptions {
  readonly webAclArn: string;
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html */
const NAME = "aws-waf-logs-";
const DESTINATIONS = [
  `logs:[^:]+:\\d{12}:log-group:${NAME}[^:]+(:\\*)?$`,
  `firehose:[^:]+:\\d{12}:deliverystream/${NAME}`,
  `s3:::${NAME}`,
];
const DESTINATION = new RegExp(`^arn:aws[a-z-]*:(${DESTINATIONS.join("|")})`);

const REDACTED_HEADERS = ["authorization", "cookie"];

/** What a rule did, and how AWS calls rules of a group that only count. */
const MATCHED = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"];

export function checkWebAclLogs(checks: PropChecks, options: WebAclLogsOptions): void {
  checks.group("logs", options, "As in { retentionDays: 90 }, or false for none.");
  const { requests, redactHeaders, redactQueryString, destinationArn, retentionDays, kmsKeyArn } = options;
  checks.oneOf("logs.requests", requests, ["matched", "all"], '"matched" suits most.');
  checks.list("logs.redactHeaders", redactHeaders, 'As in ["x-api-key"].');
  for (const header of redactHeaders ?? []) {
    checks.matches("logs.redactHeaders", header, /^[\w-]{1,40}$/, {
      allowed: "names of headers of 1 to 40 letters, digits, hyphens and underscores",
      remedy: "Write the name alone, without a colon.",
    });
  }
  checks.flag("logs.redactQueryString", redactQueryString, "true keeps them out.");
  checks.matches("logs.destinationArn", destinationArn, DESTINATION, {
    allowed: `the ARN of a log group, a Firehose stream or an S3 bucket whose name begins with ${NAME}`,
    remedy: "AWS WAF writes to no other ones: make one of that name.",
  });
  checkLogRetention(checks, "logs.retentionDays", retentionDays);
  checkKeyArn(checks, "logs.kmsKeyArn", kmsKeyArn);
  for (const [prop, value] of Object.entries({ retentionDays, kmsKeyArn })) {
    checks.require(value === undefined || destinationArn === undefined, {
      prop: `logs.${prop}`,
      value,
      allowed: "nothing beside logs.destinationArn",
      remedy: "Whoever owns the destination decides how long logs stay in it, and how they are encrypted.",
    });
  }
}

/** Where a web ACL's logs go, and which. */
export class WebAclLogs extends Construct {
  /** The web ACL's own log group, unless a destination was given. */
  public readonly logGroup?: CloudwatchLogGroup;
  public readonly logging: Wafv2WebAclLoggingConfiguration;

  public constructor(scope: Construct, id: string, props: WebAclLogsProps) {
    super(scope, id);
    if (props.destinationArn === undefined) this.logGroup = this.createLogGroup(props);
    this.logging = new Wafv2WebAclLoggingConfiguration(this, "Logging", {
      resourceArn: props.webAclArn,
      logDestinationConfigs: [this.logGroup?.arn ?? withoutStreams(props.destinationArn!)],
      redactedFields: [
        ...headersOf(props).map((name) => ({ singleHeader: { name } })),
        ...(props.redactQueryString ? [{ queryString: {} }] : []),
      ],
      loggingFilter: props.requests === "all" ? undefined : matchedOnly(),
    });
  }

  private createLogGroup({ retentionDays, kmsKeyArn }: WebAclLogsProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "LogGroup", {
      namePrefix: `${NAME}${pathName(this).slice(0, 400)}-`,
      retentionInDays: retentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
      kmsKeyId: kmsKeyArn,
      tags: nameTag(this),
    });
  }
}

function headersOf({ redactHeaders = [] }: WebAclLogsOptions): string[] {
  // AWS answers in lower case, which would be a difference in every plan.
  const further = redactHeaders.map((name) => (isKnown(name) ? name.toLowerCase() : name));
  return [...new Set([...REDACTED_HEADERS, ...further])];
}

/** AWS answers with a log group's ARN as its resource has it, without the `:*` that policies need. */
function withoutStreams(arn: string): string {
  return arn.replace(/:\*$/, "");
}

function matchedOnly(): Wafv2WebAclLoggingConfigurationLoggingFilter {
  return {
    defaultBehavior: "DROP",
    filter: [
      {
        behavior: "KEEP",
        requirement: "MEETS_ANY",
        condition: MATCHED.map((action) => ({ actionCondition: { action } })),
      },
    ],
  };
}
