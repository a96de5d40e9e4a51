import { LbListenerMutualAuthentication } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTrustStore } from "@cdktf/provider-aws/lib/lb-trust-store";
import { LbTrustStoreRevocation } from "@cdktf/provider-aws/lib/lb-trust-store-revocation";
import { Construct } from "constructs";
import { nameTag } from "../naming";
import { PropChecks, isKnown } from "../validation";
import { checkBucketName } from "./bucket-name";

/** A file in S3 that exists when the stack is deployed, in a bucket that whoever deploys may read. */
export interface S3File {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Key of the file. */
  readonly key: string;
  /**
   * Version of the file, in a bucket with versioning. Without it a new content of the file is not noticed.
   *
   * @default - the newest when it is read
   */
  readonly version?: string;
}

/** What is verified about clients, besides whose certificate they bring. */
export interface VerifyOptions {
  /**
   * Whether certificates are taken that have expired.
   *
   * @default false
   */
  readonly ignoreExpiry?: boolean;

  /**
   * Whether clients are told which authorities are trusted, so that they can choose among their certificates.
   *
   * @default false
   */
  readonly advertiseCaNames?: boolean;
}

/** Verifies clients by a trust store that exists. */
export interface TrustStoreOptions extends VerifyOptions {
  /** ARN of the trust store. */
  readonly trustStoreArn: string;
}

/** Verifies clients by a trust store that is made for it. */
export interface CaBundleOptions extends VerifyOptions {
  /** Certificates of the authorities that are trusted: a file in PEM. */
  readonly caBundle: S3File;

  /**
   * Lists of certificates that are revoked: files of one revocation list each (CRL), in PEM, by a key of your own
   * that is part of the address.
   *
   * @default - none
   */
  readonly revocations?: Readonly<Record<string, S3File>>;
}

/**
 * Clients that have to show a certificate of their own. Applications find it in the headers
 * X-Amzn-Mtls-Clientcert-….
 *
 * To end it, deploy `MutualTls.off()` first: Terraform's provider leaves a listener as it was where nothing is said,
 * and AWS deletes no trust store that is in use.
 *
 * @example
 * mutualTls: MutualTls.verify({ caBundle: { bucket: "shop-authorities", key: "ca.pem" } })
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export class MutualTls {
  /** The balancer lets in only clients whose certificate an authority of the trust store issued. */
  public static verify(options: TrustStoreOptions | CaBundleOptions): MutualTls {
    return new MutualTls("verify", options);
  }

  /** The balancer lets everyone in and hands on the certificates: the application has to verify them. */
  public static passthrough(): MutualTls {
    return new MutualTls("passthrough");
  }

  /** Clients need no certificates any more. */
  public static off(): MutualTls {
    return new MutualTls("off");
  }

  private constructor(
    private readonly mode: "verify" | "passthrough" | "off",
    private readonly options?: TrustStoreOptions | CaBundleOptions,
  ) {}

  /** @internal */
  public check(checks: PropChecks, https: boolean): void {
    checks.require(https, {
      prop: "mutualTls",
      value: this.options ?? this.mode,
      allowed: "nothing with plainHttp",
      remedy: "Give the balancer a domain or certificateArn.",
    });
    if (this.options === undefined) return;
    const { trustStoreArn, caBundle, revocations } = { ...this.options } as Partial<
      TrustStoreOptions & CaBundleOptions
    >;
    checks.require((trustStoreArn === undefined) !== (caBundle === undefined), {
      prop: "mutualTls",
      value: this.options,
      allowed: "either trustStoreArn or caBundle",
      remedy: "Name a trust store that exists, or the certificates to make one of.",
    });
    checks.require(trustStoreArn === undefined || revocations === undefined, {
      prop: "mutualTls.revocations",
      value: revocations,
      allowed: "nothing beside trustStoreArn",
      remedy: "Whoever looks after the trust store adds revocation lists to it.",
    });
    checks.arn("mutualTls.trustStoreArn", trustStoreArn, "elasticloadbalancing", "truststore");
    if (caBundle) checkFile(checks, "mutualTls.caBundle", caBundle);
    for (const [key, file] of Object.entries(revocations ?? {})) {
      checks.require(isKnown(key), {
        prop: "mutualTls.revocations",
        value: key,
        allowed: "keys that are known now, since they are part of Terraform addresses",
        remedy: 'Give each list a name of your own: { partners: { bucket: "…", key: "…" } }.',
      });
      checkFile(checks, `mutualTls.revocations.${key}`, file);
    }
  }

  /**
   * Makes what the listener needs.
   *
   * @internal
   */
  public bind(scope: Construct): { trustStore?: LbTrustStore; arguments: LbListenerMutualAuthentication } {
    const { mode, options } = this;
    if (options === undefined) return { arguments: { mode } };
    const trustStore = "caBundle" in options ? createTrustStore(scope, options) : undefined;
    return {
      trustStore,
      arguments: {
        mode,
        trustStoreArn: trustStore?.arn ?? (options as TrustStoreOptions).trustStoreArn,
        ignoreClientCertificateExpiry: options.ignoreExpiry ?? false,
        advertiseTrustStoreCaNames: options.advertiseCaNames ? "on" : "off",
      },
    };
  }
}

function createTrustStore(scope: Construct, { caBundle, revocations = {} }: CaBundleOptions): LbTrustStore {
  const place = new Construct(scope, "MutualTls");
  const trustStore = new LbTrustStore(place, "TrustStore", {
    namePrefix: "web-",
    caCertificatesBundleS3Bucket: caBundle.bucket,
    caCertificatesBundleS3Key: caBundle.key,
    caCertificatesBundleS3ObjectVersion: caBundle.version,
    tags: nameTag(place),
    // A trust store in use can't be deleted: the listener has to leave it first.
    lifecycle: { createBeforeDestroy: true },
  });
  for (const [key, file] of Object.entries(revocations)) {
    new LbTrustStoreRevocation(place, `Revocation-${key}`, {
      trustStoreArn: trustStore.arn,
      revocationsS3Bucket: file.bucket,
      revocationsS3Key: file.key,
      revocationsS3ObjectVersion: file.version,
    });
  }
  return trustStore;
}

function checkFile(checks: PropChecks, prop: string, file: S3File): void {
  checkBucketName(checks, `${prop}.bucket`, file.bucket);
  checks.matches(`${prop}.key`, file.key, /^(?!\/).{1,1024}$/, {
    allowed: "the key of a file, as in authorities/ca.pem, without a slash at its start",
    remedy: "Files are listed by: aws s3 ls s3://BUCKET --recursive.",
  });
}
