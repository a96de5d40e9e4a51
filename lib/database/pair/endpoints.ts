import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import { checkHostedZoneId } from "../../dns";
import { nameTag } from "../../naming";
import { PropChecks } from "../../validation";

/** A private hosted zone that exists, for the names of the database. */
export interface PrivateZone {
  /** Id of the zone, as in `Z0123456789ABC`; it has to be associated with the VPC. */
  readonly hostedZoneId: string;
  /** Name of the zone, as in `internal.example.com`. */
  readonly name: string;
}

/** An instance that answers to the reader's name. */
export interface ReaderTarget {
  /** RDS's own name of it. */
  readonly address: string;
  /** Its share of those who ask, against the others' shares. With 0 it answers only while no other can. */
  readonly weight: number;
  /** Id of a health check; while that fails, others answer. */
  readonly healthCheckId?: string;
}

export interface EndpointsProps {
  /** Networks that know the names of a zone that is made; the region, if it is another one than the provider's. */
  readonly vpcs: readonly { readonly vpcId: string; readonly vpcRegion?: string }[];
  /** What tells this database's names from others'. */
  readonly identifier: string;
  /** A zone that exists, in place of one that is made and named after the identifier. */
  readonly zone?: PrivateZone;
  /** RDS's own name of the instance that takes writes. */
  readonly writer: string;
  /** Those that take reads, keyed by slot and generation. */
  readonly readers: Readonly<Record<string, ReaderTarget>>;
}

/**
 * Seconds that a resolver may keep a name. Route 53 itself takes up to a minute to give out a new answer.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
const TTL = 5;

export function checkPrivateZone(checks: PropChecks, zone: PrivateZone): void {
  checkHostedZoneId(checks, "privateZone.hostedZoneId", zone.hostedZoneId);
  checks.matches("privateZone.name", zone.name, /^(?=.{1,200}$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.?$/, {
    allowed: "the name of the zone, as in internal.example.com",
    remedy: "Hosted zones and their names are listed by: aws route53 list-hosted-zones.",
  });
}

/**
 * Names for the writer and the reader that stay the same whichever instance has the role.
 *
 * The reader's name has a record for each instance that may answer to it. The primary's has no weight: Route 53
 * gives it out while there is no replica, or none that is healthy. So there is an answer at every moment while
 * roles move, though Terraform deletes records before it makes others.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
export class Endpoints extends Construct {
  /** The private zone, unless one was given. */
  public readonly zone?: Route53Zone;
  public readonly writerRecord: Route53Record;
  /** The reader's records, keyed by slot and generation: one name with an answer for each. */
  public readonly readerRecords: Readonly<Record<string, Route53Record>>;
  /** `writer.shop.internal`. */
  public readonly writerName: string;
  /** `reader.shop.internal`. */
  public readonly readerName: string;

  public constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    this.zone = props.zone
      ? undefined
      : new Route53Zone(this, "Zone", {
          name: ownZoneName(props.identifier),
          comment: "Names of a database that stay the same when its roles move",
          vpc: [...props.vpcs],
          tags: nameTag(scope),
        });
    this.writerName = endpointName(props, "writer");
    this.readerName = endpointName(props, "reader");
    const common = { zoneId: props.zone?.hostedZoneId ?? this.zone!.zoneId, type: "CNAME", ttl: TTL };
    this.writerRecord = new Route53Record(this, "writer", {
      ...common,
      name: this.writerName,
      records: [props.writer],
    });
    this.readerRecords = Object.fromEntries(
      Object.entries(props.readers).map(([node, { address, weight, healthCheckId }]) => [
        node,
        new Route53Record(this, `reader-${node}`, {
          ...common,
          name: this.readerName,
          records: [address],
          setIdentifier: node,
          weightedRoutingPolicy: { weight },
          healthCheckId,
        }),
      ]),
    );
  }
}

/** Name of a role: `writer.shop.internal`, or `shop-writer.example.internal` in a zone that exists. */
export function endpointName(
  { zone, identifier }: Pick<EndpointsProps, "zone" | "identifier">,
  role: "writer" | "reader",
): string {
  return zone
    ? `${identifier}-${role}.${zone.name.replace(/\.$/, "")}`
    : `${role}.${ownZoneName(identifier)}`;
}

function ownZoneName(identifier: string): string {
  return `${identifier}.internal`;
}
