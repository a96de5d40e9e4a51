import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { Construct } from "constructs";
import { Peer } from "../firewall";
import { PropChecks } from "../validation";
import { IpAddressType, PlacementOptions, recordTypes } from "./placement";

/** A prefix list that is known, so that a plan needs no account. */
export interface CloudFrontPrefixList {
  /**
   * Id of CloudFront's prefix list in the region, as in `pl-0123456789abcdef0`: that of IPv4, or of IPv6 with
   * `ipAddressType: "dualstack-without-public-ipv4"`. Listed by:
   *
   *     aws ec2 describe-managed-prefix-lists \
   *       --filters Name=prefix-list-name,Values='com.amazonaws.global.*cloudfront.origin-facing'
   */
  readonly prefixListId: string;
}

export interface CloudFrontOptions {
  /**
   * Whether only CloudFront's servers get through the firewall: `true` looks up the id of AWS's list of their
   * addresses, for which a plan needs an account; `{ prefixListId }` names it. `domain` is then the origin's name, and
   * users' names point at the distribution.
   *
   * The list admits everybody's distributions, so that others can put theirs before the balancer. To admit yours only,
   * prefer a VPC origin: `internal: true` and `clients: [Peer.securityGroup(…)]` with the group that CloudFront makes
   * for it. A rule on a header that CloudFront adds would do too, but its value would be in Terraform's state.
   *
   * Rules by `sourceIps`, and `maintenance.allow`, see CloudFront's addresses; the client's are in X-Forwarded-For.
   * The list counts as 55 of the 60 rules that a security group may have, and so is let in to one port.
   *
   * Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   *
   * @default false
   */
  readonly cloudFrontOnly?: boolean | CloudFrontPrefixList;
}

/** What CloudFront alone goes with, and what not. */
type CheckedOptions = CloudFrontOptions &
  Pick<PlacementOptions, "clients" | "internal"> & { readonly httpRedirect?: boolean };

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html#managed-prefix-list
const PREFIX_LISTS = {
  A: { id: "CloudFront", key: "cloudfront", name: "com.amazonaws.global.cloudfront.origin-facing" },
  AAAA: {
    id: "CloudFrontIpv6",
    key: "cloudfront-ipv6",
    name: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
  },
} as const;

/** Whether clients reach the balancer through CloudFront only. */
export function isCloudFrontOnly({ cloudFrontOnly }: CloudFrontOptions): boolean {
  return cloudFrontOnly !== undefined && cloudFrontOnly !== false;
}

export function checkCloudFront(checks: PropChecks, props: CheckedOptions): void {
  const { cloudFrontOnly } = props;
  if (typeof cloudFrontOnly === "object") {
    const remedy = 'As in { prefixListId: "pl-0123456789abcdef0" }.';
    checks.group("cloudFrontOnly", cloudFrontOnly, remedy);
    const prop = "cloudFrontOnly.prefixListId";
    const allowed = "the id of CloudFront's prefix list in the region, as in pl-0123456789abcdef0";
    checks.given(prop, cloudFrontOnly.prefixListId, allowed, remedy);
    checks.matches(prop, cloudFrontOnly.prefixListId, /^pl-[0-9a-z]+$/, {
      allowed,
      remedy: "Prefix lists are listed by: aws ec2 describe-managed-prefix-lists.",
    });
  } else {
    checks.flag(
      "cloudFrontOnly",
      cloudFrontOnly,
      "true looks the prefix list up, { prefixListId } names it.",
    );
  }
  if (!isCloudFrontOnly(props)) return;
  checks.require(props.clients === undefined, {
    prop: "clients",
    value: props.clients?.length,
    allowed:
      "nothing beside cloudFrontOnly, as CloudFront's addresses take nearly all the rules of a security group",
    remedy: "Leave out one of them.",
  });
  checks.require(!props.internal, {
    prop: "cloudFrontOnly",
    value: cloudFrontOnly,
    allowed: "false with internal, which CloudFront reaches through a VPC origin, from the group of that",
    remedy: 'Name the VPC origin\'s security group: clients: [Peer.securityGroup("sg-…", "cloudfront")].',
  });
  checks.require(props.httpRedirect !== true, {
    prop: "httpRedirect",
    value: props.httpRedirect,
    allowed:
      "false with cloudFrontOnly: CloudFront's addresses count as 55 rules for each port, of the 60 that a group has",
    remedy: "Leave it out, and have CloudFront send viewers to HTTPS.",
  });
}

/** CloudFront's servers, as peers: of each kind of address that clients find the balancer by. */
export function cloudFrontPeers(
  scope: Construct,
  { cloudFrontOnly }: CloudFrontOptions,
  ipAddressType: IpAddressType,
): readonly Peer[] {
  const lists = recordTypes(ipAddressType).map((type) => PREFIX_LISTS[type]);
  if (typeof cloudFrontOnly === "object") {
    // IPv4, where there are both: CloudFront speaks it to origins unless it is told otherwise.
    return [Peer.prefixList(cloudFrontOnly.prefixListId, lists[0]!.key)];
  }
  return lists.map(({ id, key, name }) =>
    Peer.prefixList(new DataAwsEc2ManagedPrefixList(scope, id, { name }).id, key),
  );
}
