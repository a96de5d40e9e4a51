import { TerraformIterator, Token } from "cdktf";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { nameTag } from "../naming";
import { PropChecks } from "../validation";

/** A name that the site is reached by, in a public hosted zone of Route 53. */
export interface DomainOptions {
  /** The name, as in `shop.example.com`; up to 64 characters. */
  readonly name: string;

  /** Id of the public hosted zone that the name lies in, as in `Z0123456789ABC`. */
  readonly hostedZoneId: string;

  /**
   * Further names in the same hosted zone, on the same certificate and pointing at the same balancer.
   *
   * @default - none
   */
  readonly alternativeNames?: readonly string[];
}

const LABELS =
  "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
export function checkDomain(checks: PropChecks, domain: DomainOptions): void {
  checks.matches("domain.name", domain.name, new RegExp(`^(?=.{1,64}$)${LABELS}$`), {
    allowed: "a name of up to 64 lower-case letters, digits, hyphens and dots, as in shop.example.com",
    remedy:
      "Write the name alone, without https://. Longer names and wildcards go into domain.alternativeNames.",
  });
  for (const name of domain.alternativeNames ?? []) {
    checks.matches("domain.alternativeNames", name, new RegExp(`^(?:\\*\\.)?${LABELS}$`), {
      allowed: "names as in www.example.com or *.example.com",
      remedy: "Write the name without https:// and without a path.",
    });
  }
  const names = [domain.name, ...(domain.alternativeNames ?? [])];
  checks.require(new Set(names).size === names.length, {
    prop: "domain.alternativeNames",
    value: domain.alternativeNames,
    allowed: "names that differ from each other and from domain.name",
    remedy: "Remove the repeated name.",
  });
  checkHostedZoneId(checks, "domain.hostedZoneId", domain.hostedZoneId);
}

/** A certificate that ACM issues and renews, validated by records in the domain's hosted zone. */
export class Certificate extends Construct {
  public readonly certificate: AcmCertificate;
  /** One record for each name, keyed by the name. */
  public readonly validationRecords: Route53Record;
  public readonly validation: AcmCertificateValidation;

  public constructor(scope: Construct, id: string, domain: DomainOptions) {
    super(scope, id);
    checkDomain(new PropChecks(this), domain);
    this.certificate = new AcmCertificate(this, "Certificate", {
      domainName: domain.name,
      subjectAlternativeNames: domain.alternativeNames && [...domain.alternativeNames],
      validationMethod: "DNS",
      tags: nameTag(this),
      // A certificate in use can't be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const options = TerraformIterator.fromComplexList(
      this.certificate.domainValidationOptions,
      "domain_name",
    );
    this.validationRecords = new Route53Record(this, "ValidationRecord", {
      forEach: options,
      zoneId: domain.hostedZoneId,
      name: options.getString("resource_record_name"),
      type: options.getString("resource_record_type"),
      records: [options.getString("resource_record_value")],
      ttl: 60,
      // A name and its wildcard are validated by one and the same record.
      allowOverwrite: true,
    });
    this.validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: this.certificate.arn,
      validationRecordFqdns: Token.asList(`\${[for record in ${this.recordsAddress()} : record.fqdn]}`),
    });
  }

  /** ARN of the certificate once it is valid: what a listener needs. */
  public get arn(): string {
    return this.validation.certificateArn;
  }

  private recordsAddress(): string {
    return `${this.validationRecords.terraformResourceType}.${this.validationRecords.friendlyUniqueId}`;
  }
}
