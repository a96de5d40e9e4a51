import { CheckRow } from "../check-row";
import { add, allow, remove, set, unset } from "../mutations";
import { Statement, statementsOf } from "../policies";
import { Resource, Topology, block, blocks } from "../topology";
import { isForEveryone } from "./keys-and-secrets";

const BUCKET = "aws_s3_bucket";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const BLOCK = "aws_s3_bucket_public_access_block";
const OWNERSHIP = "aws_s3_bucket_ownership_controls";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";

const WAYS_IN = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

function statements(bucket: Resource, topology: Topology): Statement[] {
  return topology.naming(bucket, "aws_s3_bucket_policy").flatMap(({ config }) => statementsOf(config.policy));
}

function algorithms(bucket: Resource, topology: Topology): string[] {
  return topology
    .naming(bucket, ENCRYPTION)
    .flatMap(({ config }) => blocks(config.rule))
    .map((rule) => block(rule.apply_server_side_encryption_by_default).sse_algorithm);
}

function blocksPublicAccess({ config }: Resource): boolean {
  return WAYS_IN.every((way) => config[way] === true);
}

/** Something that is about the bucket. */
function ofBucket(topology: Topology) {
  return { bucket: `\${${topology.all(BUCKET)[0]!.address}.id}` };
}

export const LOG_BUCKET: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_18", "AWS-0089", "AwsSolutions-S1", "S3.9"],
    demands: "a bucket's own accesses are logged",
    metBy: "loadBalancer.accessLogs.bucketName, a bucket that is kept for all logs",
    on: [BUCKET],
    passes: (bucket, topology) => topology.naming(bucket, "aws_s3_bucket_logging").length > 0,
    mends: add("aws_s3_bucket_logging", ofBucket),
    breaks: remove("aws_s3_bucket_logging"),
  },
  {
    ids: ["CKV_AWS_19"],
    demands: "buckets are encrypted",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) => algorithms(bucket, topology).length > 0,
    breaks: remove(ENCRYPTION),
  },
  {
    ids: ["CKV_AWS_145", "AWS-0132"],
    demands: "buckets are encrypted with keys of KMS",
    metBy: "loadBalancer.accessLogs.bucketName, so that there is no bucket",
    on: [BUCKET],
    passes: (bucket, topology) => algorithms(bucket, topology).some((one) => one.startsWith("aws:kms")),
    mends: set(ENCRYPTION, "rule.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms"),
    breaks: remove(ENCRYPTION),
  },
  {
    ids: ["CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "CKV_AWS_379", "CKV2_AWS_43", "AWS-0092", "S3.12"],
    demands: "buckets have no access lists",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      bucket.config.acl === undefined && topology.naming(bucket, "aws_s3_bucket_acl").length === 0,
    breaks: [set(BUCKET, "acl", "public-read"), add("aws_s3_bucket_acl", ofBucket)],
  },
  {
    ids: ["CKV2_AWS_65"],
    demands: "the bucket's owner owns every object",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      topology
        .naming(bucket, OWNERSHIP)
        .some(({ config }) => block(config.rule).object_ownership === "BucketOwnerEnforced"),
    breaks: set(OWNERSHIP, "rule.object_ownership", "ObjectWriter"),
  },
  {
    ids: ["CKV_AWS_21", "AWS-0090"],
    demands: "buckets keep versions",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      topology
        .naming(bucket, "aws_s3_bucket_versioning")
        .some(({ config }) => block(config.versioning_configuration).status === "Enabled"),
    breaks: set("aws_s3_bucket_versioning", "versioning_configuration.status", "Suspended"),
  },
  {
    ids: [
      "CKV_AWS_53",
      "CKV_AWS_54",
      "CKV_AWS_55",
      "CKV_AWS_56",
      "CKV2_AWS_6",
      "AWS-0086",
      "AWS-0087",
      "AWS-0091",
      "AWS-0093",
      "AWS-0094",
      "AwsSolutions-S2",
      "S3.1",
      "S3.2",
      "S3.3",
      "S3.8",
    ],
    demands: "public access to buckets is blocked, in all four ways",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) => topology.naming(bucket, BLOCK).some(blocksPublicAccess),
    breaks: [remove(BLOCK), ...WAYS_IN.map((way) => set(BLOCK, way, false))],
  },
  {
    ids: ["CKV_AWS_70", "S3.6"],
    demands: "a bucket's policy allows nothing to everyone, nor to other accounts",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      statements(bucket, topology).every(
        (statement) =>
          !isForEveryone(statement) &&
          (statement.effect === "Deny" || !statement.principals.some((one) => one.startsWith("AWS:"))),
      ),
    breaks: ["*", { AWS: "*" }, { AWS: "arn:aws:iam::123456789012:root" }].map((Principal) =>
      allow("aws_s3_bucket_policy", { Principal, Action: "s3:PutBucketPolicy", Resource: "*" }),
    ),
  },
  {
    ids: ["CKV_AWS_93"],
    demands: "a bucket's policy locks nobody out for ever",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      statements(bucket, topology).every(
        ({ effect, conditions }) => effect === "Allow" || Object.keys(conditions).length > 0,
      ),
    breaks: allow("aws_s3_bucket_policy", { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
  },
  {
    ids: ["AwsSolutions-S10", "S3.5"],
    demands: "a bucket refuses requests without TLS",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      statements(bucket, topology).some(
        ({ effect, actions, conditions }) =>
          effect === "Deny" &&
          actions.includes("s3:*") &&
          String(block(conditions.Bool)["aws:SecureTransport"]) === "false",
      ),
    breaks: remove("aws_s3_bucket_policy"),
  },
  {
    ids: ["CKV_AWS_300", "CKV2_AWS_61", "S3.13"],
    demands: "objects go when they are old, and so do uploads that nobody ended",
    metBy: "loadBalancer.accessLogs.retentionDays",
    on: [BUCKET],
    passes: (bucket, topology) =>
      topology
        .naming(bucket, LIFECYCLE)
        .flatMap(({ config }) => blocks(config.rule))
        .some(
          (rule) =>
            blocks(rule.expiration).length > 0 && blocks(rule.abort_incomplete_multipart_upload).length > 0,
        ),
    breaks: [
      remove(LIFECYCLE),
      unset(LIFECYCLE, "rule.expiration"),
      unset(LIFECYCLE, "rule.abort_incomplete_multipart_upload"),
    ],
  },
  {
    ids: ["CKV_AWS_144"],
    demands: "a bucket is copied to another region",
    metBy: "loadBalancer.accessLogs.bucketName, so that there is no bucket",
    on: [BUCKET],
    passes: (bucket, topology) =>
      topology.naming(bucket, "aws_s3_bucket_replication_configuration").length > 0,
    mends: add("aws_s3_bucket_replication_configuration", ofBucket),
    breaks: remove("aws_s3_bucket_replication_configuration"),
  },
  {
    ids: ["CKV2_AWS_62"],
    demands: "a bucket tells of its objects",
    metBy: "aws_s3_bucket_notification, or loadBalancer.accessLogs.bucketName",
    on: [BUCKET],
    passes: (bucket, topology) => topology.naming(bucket, "aws_s3_bucket_notification").length > 0,
    mends: add("aws_s3_bucket_notification", ofBucket),
    breaks: remove("aws_s3_bucket_notification"),
  },
  {
    ids: ["AWS-0320"],
    demands: "a bucket's name can be one of DNS",
    metBy: "AccessLogBucket",
    on: [BUCKET],
    passes: ({ config }) => /^[a-z0-9][a-z0-9-]*$/.test(config.bucket ?? config.bucket_prefix),
    breaks: set(BUCKET, "bucket", "Logs.of_a.shop"),
  },
  {
    ids: ["AWS-0170"],
    demands: "deleting a version needs a second factor",
    metBy: "the root user, by hand",
    on: ["aws_s3_bucket_versioning"],
    passes: ({ config }) => block(config.versioning_configuration).mfa_delete === "Enabled",
    mends: set("aws_s3_bucket_versioning", "versioning_configuration.mfa_delete", "Enabled"),
    breaks: unset("aws_s3_bucket_versioning", "versioning_configuration.mfa_delete"),
  },
];
