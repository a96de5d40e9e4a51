import { AssetType, TerraformAsset } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkKeyArn } from "../../encryption/key-arn";
import { gzippedBase64, numberText } from "../../expressions";
import { DEFAULT_LOG_RETENTION_DAYS, checkLogRetention } from "../../logs";
import { namePrefix, nameTag } from "../../naming";
import { assumeRolePolicy, policyDocument } from "../../policy";
import { PropChecks, isKnown } from "../../validation";
import { DAY } from "../seconds";
import { DEFAULT_PAGE } from "./default-page";

/** What a site answers during maintenance. */
export interface MaintenancePageOptions {
  /**
   * The page, as HTML with everything it needs in it: styles and pictures can't be asked for meanwhile. Up to about
   * 2.9 kB when compressed by gzip, some 8 kB of text.
   *
   * @default - a plain page that says so
   */
  readonly page?: string;

  /**
   * Seconds after which clients and search engines should come again, 1 to 86400 (a day): the header
   * Retry-After.
   *
   * @default 600
   */
  readonly retryAfter?: number;

  /**
   * How many days the function's logs are kept, as CloudWatch Logs allows; 0 keeps them for ever.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;

  /**
   * ARN of a KMS key of your own that encrypts the function's logs, whose policy lets CloudWatch Logs use it:
   * `EncryptionKey` for `logs` makes one. What was written before stays as it is.
   *
   * @default - CloudWatch's own, which is free
   */
  readonly logKmsKeyArn?: string;
}

/** Size of all environment variables: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_LIMIT = 4096;
/** Names of the variables, the seconds, and what Lambda may count around them. */
const ENVIRONMENT_OVERHEAD = 196;
const DEFAULT_RETRY_AFTER = 600;

/** The handler lies beside this file as it is written, and below the bundle that it is compiled into. */
const HANDLER = [join(__dirname, "handler"), join(__dirname, "load-balancer", "maintenance", "handler")];

export function checkMaintenancePage(checks: PropChecks, options: MaintenancePageOptions, path = ""): void {
  const { page, retryAfter, logRetentionDays } = options;
  const range = { min: 1, max: DAY, unit: "seconds" };
  checks.integer(`${path}retryAfter`, retryAfter, range, "Ten minutes are 600.");
  checkLogRetention(checks, `${path}logRetentionDays`, logRetentionDays);
  checkKeyArn(checks, `${path}logKmsKeyArn`, options.logKmsKeyArn);
  if (!isKnown(page)) return;
  checks.matches(`${path}page`, page, /<[a-z!]/i, {
    allowed: "a page of HTML, not the name of a file",
    remedy: 'Read the file: readFileSync("maintenance.html", "utf8").',
  });
  const limit = ENVIRONMENT_LIMIT - ENVIRONMENT_OVERHEAD;
  const size = gzipSync(page).toString("base64").length;
  checks.require(size <= limit, {
    prop: `${path}page`,
    value: page,
    allowed: `a page of up to ${limit} characters once it is compressed by gzip and written in Base64; it has about ${Math.ceil(size / 100) * 100}`,
    remedy: "It is kept in the function's environment of 4 KB: leave out pictures, shorten styles.",
  });
}

/**
 * A page that is answered during maintenance, by a small Lambda function behind a target group: a balancer alone
 * can send no more than 1,024 bytes, and no header that says when to come again. `LoadBalancer` makes one with
 * `maintenance`; use this one behind a balancer that exists already, by a rule that forwards to `targetGroup`.
 *
 * The answer is a 503 with Retry-After, which search engines take for what it is; clients that accept JSON only
 * get JSON. It costs nothing until it is asked, then what Lambda charges for its requests.
 *
 * @throws InvalidPropError for a page that is too long, and numbers out of range.
 */
export class MaintenancePage extends Construct {
  public readonly logGroup: CloudwatchLogGroup;
  public readonly role: IamRole;
  public readonly lambda: LambdaFunction;
  public readonly targetGroup: LbTargetGroup;
  /** Lets balancers call the function, for this target group only. */
  public readonly permission: LambdaPermission;
  /** The function in the target group; a rule that forwards to the group waits for it. */
  public readonly attachment: LbTargetGroupAttachment;

  public constructor(scope: Construct, id: string, props: MaintenancePageOptions = {}) {
    super(scope, id);
    checkMaintenancePage(new PropChecks(this), props);
    this.role = new IamRole(this, "Role", {
      namePrefix: namePrefix(this, 64),
      assumeRolePolicy: assumeRolePolicy("lambda.amazonaws.com"),
      tags: nameTag(this),
    });
    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      // Where Lambda looks for it, by the function's name.
      name: `/aws/lambda/${this.role.name}`,
      retentionInDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
      kmsKeyId: props.logKmsKeyArn,
      tags: nameTag(this),
    });
    this.lambda = this.createFunction(props, this.allowLogs());
    this.targetGroup = new LbTargetGroup(this, "TargetGroup", {
      namePrefix: "web-",
      targetType: "lambda",
      // A target group in use can't be deleted, so its successor must be able to stand beside it.
      lifecycle: { createBeforeDestroy: true },
      tags: nameTag(this),
    });
    this.permission = new LambdaPermission(this, "Permission", {
      functionName: this.lambda.functionName,
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: this.targetGroup.arn,
    });
    this.attachment = new LbTargetGroupAttachment(this, "Attachment", {
      targetGroupArn: this.targetGroup.arn,
      targetId: this.lambda.arn,
      // AWS tries whether it may.
      dependsOn: [this.permission],
    });
  }

  private allowLogs(): IamRolePolicy {
    return new IamRolePolicy(this, "RolePolicy", {
      role: this.role.name,
      policy: policyDocument({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`${this.logGroup.arn}:*`],
      }),
    });
  }

  private createFunction(props: MaintenancePageOptions, policy: IamRolePolicy): LambdaFunction {
    const code = new TerraformAsset(this, "Code", {
      path: HANDLER.find((folder) => existsSync(join(folder, "index.js")))!,
      type: AssetType.ARCHIVE,
    });
    return new LambdaFunction(this, "Function", {
      // Functions have no name_prefix; the role's name is as long, and made by Terraform for this one only.
      functionName: this.role.name,
      description: "Answers during maintenance",
      role: this.role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      // The path has the hash of the content in it: a new handler is a new path.
      filename: code.path,
      memorySize: 128,
      timeout: 5,
      environment: {
        variables: {
          PAGE: gzippedBase64(props.page ?? DEFAULT_PAGE),
          RETRY_AFTER: numberText(props.retryAfter ?? DEFAULT_RETRY_AFTER),
        },
      },
      tags: nameTag(this),
      dependsOn: [policy],
    });
  }
}
