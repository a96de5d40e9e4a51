import { Fn, TerraformStack, Token, ref } from "cdktf";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../dns";
import { nameTag } from "../naming";
import { PropChecks, isKnown } from "../validation";

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
  const zone = "the id of the hosted zone that the name lies in, as in Z0123456789ABC";
  checks.given(
    "domain.hostedZoneId",
    domain.hostedZoneId,
    zone,
    "aws route53 list-hosted-zones lists yours.",
  );
  checkHostedZoneId(checks, "domain.hostedZoneId", domain.hostedZoneId);
}

/** A certificate that ACM issues and renews, validated by records in the domain's hosted zone. */
export class Certificate extends Construct {
  public readonly certificate: AcmCertificate;
  /** The records that prove whose the names are, keyed by name; a wildcard shares that of its parent. */
  public readonly validationRecords: Readonly<Record<string, Route53Record>>;
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
    this.validationRecords = this.createValidationRecords(domain);
    this.validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: this.certificate.arn,
      validationRecordFqdns: Object.values(this.validationRecords).map((record) => record.fqdn),
    });
  }

  /** ARN of the certificate once it is valid: what a listener needs. */
  public get arn(): string {
    return this.validation.certificateArn;
  }

  private createValidationRecords(domain: DomainOptions): Record<string, Route53Record> {
    const names = [domain.name, ...(domain.alternativeNames ?? [])];
    // A wildcard is validated by the record of the name that it stands below.
    const own = names.filter((name) => !name.startsWith("*.") || !names.includes(name.slice(2)));
    const records = own.map((name, index) => {
      const key = isKnown(name) ? name : `domain-${index}`;
      const record = new Route53Record(this, `ValidationRecord-${key}`, {
        zoneId: domain.hostedZoneId,
        name: this.validationOption(name, "resource_record_name"),
        type: this.validationOption(name, "resource_record_type"),
        records: [this.validationOption(name, "resource_record_value")],
        ttl: 60,
        // Another certificate of the same account may have made the same record.
        allowOverwrite: true,
      });
      return [key, record] as const;
    });
    return Object.fromEntries(records);
  }

  /**
   * What ACM wants to see in DNS for a name. The provider gives the options as a set; a `for_each` over it,
   * which CDKTF's iterator would make, has keys that Terraform doesn't know when it plans.
   */
  private validationOption(name: string, attribute: string): string {
    const options = `${this.certificate.terraformResourceType}.${this.certificate.friendlyUniqueId}.domain_validation_options`;
    const byName = ref(
      `{for option in ${options} : option.domain_name => option.${attribute}}`,
      TerraformStack.of(this),
    );
    return Token.asString(Fn.lookupNested(byName, [name]));
  }
}

/** ARN of a certificate that exists, for a balancer in this region: certificates don't leave theirs. */
export function checkCertificateArn(
  checks: PropChecks,
  prop: string,
  arn: string | undefined,
  region: string,
): void {
  checks.arn(prop, arn, "acm", "certificate");
  checks.require(!isKnown(arn) || !isKnown(region) || arn.split(":")[3] === region, {
    prop,
    value: arn,
    allowed: `a certificate of the balancer's region, ${region}`,
    remedy: "Request one there: certificates don't leave their region.",
  });
}
