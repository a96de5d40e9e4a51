import { createHash } from "node:crypto";
import { Annotations } from "cdktf";
import { NetworkAcl, NetworkAclIngress } from "@cdktf/provider-aws/lib/network-acl";
import { Construct } from "constructs";
import { checkIpv4Block } from "../firewall/address-block";
import { nameTag } from "../naming";
import { PropChecks, isKnown } from "../validation";
import { Zone } from "./availability-zones";
import { regionOfZone } from "./region";
import { SubnetPlan } from "./subnet-plan";
import { SubnetTier } from "./subnet-tier";

export interface DataTierAclOptions {
  /**
   * Who reaches the data tier besides the application tier: IPv4 blocks by keys of your own, which the numbers of
   * rules follow from, as in `{ office: "192.168.0.0/16" }` for a network that is peered, or a bastion's subnet. The
   * firewall of a database has to let them in too.
   *
   * Another block under the same key leaves a moment without either: add it under a key of its own, deploy, then
   * remove the old one.
   *
   * @default - nobody
   */
  readonly clients?: Readonly<Record<string, string>>;
}

export interface DataTierAclProps extends DataTierAclOptions {
  readonly vpcId: string;
  readonly zones: readonly Zone[];
  readonly plan: SubnetPlan;
  readonly dataTier: SubnetTier;
}

/** One of those who may talk to the data tier. */
interface Party {
  readonly key: string;
  readonly cidrBlock: string;
  readonly ruleNumber: number;
}

/** Databases listen there, and clients' ends of connections are there. */
const PORTS = { fromPort: 1024, toPort: 65_535 };

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls: 20 rules a direction, 40
// when asked, of which AWS's own last one is one.
const RULES = 19;
const MOST_RULES = 39;

/** Numbers of rules: the zones of a tier by their letter, all others by a hash of their key. */
const FIRST_NUMBER = { application: 100, data: 200 } as const;
const FIRST_HASHED_NUMBER = 1000;
const LAST_NUMBER = 32_766;

/**
 * The second wall around databases: a network ACL that lets nothing into the data subnets, and nothing out, but TCP
 * from and to the application subnets, between the data subnets, and from and to `clients`. It knows no connections,
 * so that each of them has a rule in both directions.
 *
 * The number of a rule follows from its key alone, as another number would be another rule: adding a zone or a client
 * touches nothing of the others.
 *
 * The rules are part of the ACL, not resources of their own: the provider makes them before it puts subnets behind the
 * ACL, and takes the subnets out before it deletes it, so that no connection is cut on the way. Rules that are added
 * elsewhere are taken away again.
 */
export class DataTierAcl extends Construct {
  public readonly networkAcl: NetworkAcl;

  public constructor(scope: Construct, id: string, props: DataTierAclProps) {
    super(scope, id);
    checkDataTierAcl(new PropChecks(this), props);
    const rules = this.parties(props)
      .sort((one, other) => one.ruleNumber - other.ruleNumber)
      .map(ruleFor);
    this.networkAcl = new NetworkAcl(this, "NetworkAcl", {
      vpcId: props.vpcId,
      subnetIds: props.zones.map(({ key }) => props.dataTier.subnets[key]!.id),
      ingress: rules,
      egress: rules,
      tags: nameTag(this),
    });
  }

  private parties({ zones, plan, clients = {} }: DataTierAclProps): Party[] {
    const ofTier = (tier: keyof typeof FIRST_NUMBER) =>
      zones.map((zone) => ({
        key: `${tier}-${zone.key}`,
        cidrBlock: plan.cidr(tier, zone),
        ruleNumber: numberOfZone(tier, zone),
      }));
    const others = Object.entries(clients).map(([name, cidrBlock]) => {
      const key = `client-${name}`;
      return { key, cidrBlock, ruleNumber: hashedNumber(key) };
    });
    const parties = [...ofTier("application"), ...ofTier("data"), ...others];
    this.checkNumbers(parties);
    if (parties.length > RULES) {
      Annotations.of(this).addWarning(
        `The data tier's network ACL has ${parties.length} rules in each direction; AWS allows ${RULES} and its own ` +
          "one unless asked for more: aws service-quotas request-service-quota-increase --service-code vpc " +
          "--quota-code L-2AEEBF1A --desired-value 40.",
      );
    }
    return parties;
  }

  private checkNumbers(parties: readonly Party[]): void {
    const checks = new PropChecks(this);
    checks.require(parties.length <= MOST_RULES, {
      prop: "dataTierAcl.clients",
      value: `${parties.length} rules in each direction`,
      allowed: `up to ${MOST_RULES} rules in each direction, two of which are a zone's and one a client's`,
      remedy: "Put several clients into one block, or say dataTierAcl: false and make an ACL of your own.",
    });
    const twin = parties.find(
      (party, position) => parties.findIndex((one) => one.ruleNumber === party.ruleNumber) !== position,
    );
    const other = parties.find((party) => party !== twin && party.ruleNumber === twin?.ruleNumber);
    checks.require(twin === undefined, {
      prop: "dataTierAcl",
      value: twin?.key,
      allowed: `another key, since the number that follows from it, ${twin?.ruleNumber}, is that of ${other?.key}`,
      remedy: "Give the one of them that is not deployed yet another key.",
    });
  }
}

/** Replies go to the ports that clients chose, of the same range: what is let in from a party is let out to it. */
function ruleFor({ cidrBlock, ruleNumber }: Party): NetworkAclIngress {
  return {
    ruleNo: ruleNumber,
    action: "allow",
    protocol: "tcp",
    cidrBlock,
    ...PORTS,
  };
}

/** Refuses clients that are none. */
export function checkDataTierAcl(checks: PropChecks, { clients }: DataTierAclOptions): void {
  checks.group("dataTierAcl.clients", clients, 'As in { office: "192.168.0.0/16" }.');
  for (const [key, block] of Object.entries(clients ?? {})) {
    checks.require(isKnown(key), {
      prop: "dataTierAcl.clients",
      value: key,
      allowed: "keys that are known now, since the numbers of rules follow from them",
      remedy: 'Write it as in { office: "192.168.0.0/16" }.',
    });
    const prop = `dataTierAcl.clients.${key}`;
    const rule = {
      allowed: "the IPv4 block of a network that you know, as in 192.168.0.0/16",
      remedy: "Name the block that the client is in, or say dataTierAcl: false for no ACL.",
    };
    checks.given(prop, block, rule.allowed, rule.remedy);
    checks.matches(prop, block, /^[\d.]+\/(?!0)\d+$/, rule);
    checkIpv4Block(checks, prop, block);
  }
}

/** By the letter of a zone, or of a key that is one: a VPC lies in one region, whose zones differ in it. */
function numberOfZone(tier: keyof typeof FIRST_NUMBER, { key }: Zone): number {
  const letter = key.slice(regionOfZone(key)?.length ?? 0);
  return /^[a-z]$/.test(letter)
    ? FIRST_NUMBER[tier] + letter.charCodeAt(0) - "a".charCodeAt(0)
    : hashedNumber(`${tier}-${key}`);
}

function hashedNumber(key: string): number {
  const hash = createHash("sha256").update(key).digest().readUInt32BE(0);
  return FIRST_HASHED_NUMBER + (hash % (LAST_NUMBER - FIRST_HASHED_NUMBER + 1));
}
