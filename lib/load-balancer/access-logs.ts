import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { nameTag, pathName } from "../naming";
import { policyDocument } from "../policy";
import { PropChecks } from "../validation";
import { checkBucketName } from "./bucket-name";

/** Where one kind of a balancer's logs goes. */
export interface AccessLogsOptions {
  /**
   * Name of a bucket that exists, in the same region, encrypted with SSE-S3 (the balancer can't write with
   * KMS), whose policy lets `logdelivery.elasticloadbalancing.amazonaws.com` put objects.
   *
   * @default - a bucket of the balancer's own
   */
  readonly bucketName?: string;

  /**
   * Folder in the bucket; without AWSLogs, and without slashes at its ends.
   *
   * @default - the top of the bucket
   */
  readonly prefix?: string;

  /**
   * How many days logs are kept in the balancer's own bucket, 1 to 3650; the same for all kinds of logs in it.
   *
   * @default 365
   */
  readonly retentionDays?: number;
}

/**
 * Who delivers access logs, connection logs and health check logs, in every region of every partition. The
 * accounts of regions older than August 2022 that policies named before are still let in where one names them,
 * but needed nowhere; only zones of Outposts have another one, where there are no subnets of these tiers.
 *
 * Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html,
 * enable-connection-logging.html and enable-health-check-logging.html beside it
 */
const DELIVERY_SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com";

export const DEFAULT_RETENTION_DAYS = 365;
const DAYS_TO_UNDO = 30;

/** Longest `bucket_prefix`: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket */
const BUCKET_PREFIX_LENGTH = 37;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
export function checkAccessLogs(checks: PropChecks, options: AccessLogsOptions, prop = "accessLogs"): void {
  checkBucketName(checks, `${prop}.bucketName`, options.bucketName);
  checks.matches(`${prop}.prefix`, options.prefix, /^(?!\/)(?!.*AWSLogs).*[^/]$/, {
    allowed: "a folder without AWSLogs in its name, and without slashes at its ends",
    remedy: "The balancer adds AWSLogs and the rest itself.",
  });
  const range = { min: 1, max: 3650, unit: "days" };
  checks.integer(`${prop}.retentionDays`, options.retentionDays, range, "A year is 365.");
}

export interface AccessLogBucketProps extends Pick<AccessLogsOptions, "retentionDays"> {
  /** Account that the balancer belongs to. */
  readonly accountId: string;
  /** Folders that the balancer may write to; undefined for the top of the bucket. @default - the top */
  readonly prefixes?: readonly (string | undefined)[];
}

/**
 * A private, encrypted, versioned bucket that a load balancer may write its logs to, of every kind.
 *
 * AWS deletes no bucket that holds logs. Where the balancer is given another bucket, or no logs any more, it is
 * changed first; then the deletion of this one fails until it is empty, versions and all: empty it and deploy
 * again, or keep it by `terraform state rm`.
 */
export class AccessLogBucket extends Construct {
  public readonly bucket: S3Bucket;
  /** What lets the balancer write; the balancer waits for it. */
  public readonly policy: S3BucketPolicy;

  public constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, "Bucket", {
      bucketPrefix: `${pathName(this)
        .toLowerCase()
        .slice(0, BUCKET_PREFIX_LENGTH - 1)}-`,
      // What writes into the bucket is changed before it is deleted, which fails while it holds logs.
      lifecycle: { createBeforeDestroy: true },
      tags: nameTag(this),
    });
    const bucket = this.bucket.id;
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "OwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays ?? DEFAULT_RETENTION_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: DAYS_TO_UNDO }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      // Rules about versions want versioning switched on first:
      // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_lifecycle_configuration
      dependsOn: [versioning],
    });
    this.policy = this.allowDelivery(props, publicAccessBlock);
  }

  private allowDelivery(props: AccessLogBucketProps, after: S3BucketPublicAccessBlock): S3BucketPolicy {
    const { prefixes = [undefined] } = props;
    return new S3BucketPolicy(this, "Policy", {
      bucket: this.bucket.id,
      policy: policyDocument(
        {
          sid: "LoadBalancerWrites",
          principals: { Service: DELIVERY_SERVICE },
          actions: ["s3:PutObject"],
          resources: prefixes.map((prefix) => {
            const folder = prefix === undefined ? "" : `${prefix}/`;
            return `${this.bucket.arn}/${folder}AWSLogs/${props.accountId}/*`;
          }),
        },
        {
          sid: "OnlyTls",
          effect: "Deny",
          principals: "*",
          actions: ["s3:*"],
          resources: [this.bucket.arn, `${this.bucket.arn}/*`],
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
      // Both change the bucket's policy status; side by side they fail with a conflict.
      dependsOn: [after],
    });
  }
}
