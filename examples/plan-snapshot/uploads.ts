import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { TerraformStack, Testing } from "cdktf";

/** A stack of plain provider resources, as any project has. */
export function uploads(expireDays: number, bucket = "acme-uploads"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "uploads");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const uploaded = new S3Bucket(stack, "Bucket", { bucket });
  new S3BucketLifecycleConfiguration(stack, "Expiry", {
    bucket: uploaded.id,
    rule: [{ id: "expire", status: "Enabled", expiration: [{ days: expireDays }] }],
  });
  return stack;
}
