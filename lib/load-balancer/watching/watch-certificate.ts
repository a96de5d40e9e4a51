import type { WatchedItems } from "../../monitoring";
import { LoadBalancerThresholds } from "./load-balancer-thresholds";

const DAY = 86_400;

/**
 * How long a certificate is valid, which ACM says twice a day, and no more once it is not.
 *
 * Source: https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 *
 * @param key of a further certificate
 */
export function watchCertificate(certificateArn: string, key?: string): WatchedItems<LoadBalancerThresholds> {
  return {
    alarm: {
      kind: "certificate-expires",
      key,
      meaning: "A certificate of the site expires soon; browsers will then refuse the site.",
      severity: "warning",
      metric: {
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        dimensions: { CertificateArn: certificateArn },
        statistic: "Minimum",
        period: DAY,
      },
      alarmWhen: "below",
      threshold: { name: "certificateDays", default: 30 },
      periods: 1,
      missingData: "unchanged",
    },
  };
}
