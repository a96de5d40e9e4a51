import { PropChecks } from "../validation";

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html */
export function checkHostedZoneId(checks: PropChecks, prop: string, hostedZoneId: string | undefined): void {
  checks.matches(prop, hostedZoneId, /^Z[A-Z0-9]{1,31}$/, {
    allowed: "the id of a hosted zone, as in Z0123456789ABC",
    remedy: "Hosted zones are listed by: aws route53 list-hosted-zones.",
  });
}
