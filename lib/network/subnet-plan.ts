import { Fn, Token } from "cdktf";
import { IConstruct } from "constructs";
import { Address4 } from "ip-address";
import { PropChecks, isKnown } from "../validation";
import { Zone } from "./availability-zones";

/** The tiers of subnets, from the internet inwards. */
export const SUBNET_TIERS = ["public", "application", "data"] as const;

/** A tier of subnets: `public` for balancers, `application` for hosts, `data` for databases. */
export type SubnetTierName = (typeof SUBNET_TIERS)[number];

/** CIDR blocks of your own choice, by tier and zone: `{ public: { "eu-west-1a": "10.0.0.0/24" } }`. */
export type SubnetCidrs = Readonly<Partial<Record<SubnetTierName, Readonly<Record<string, string>>>>>;

export const DEFAULT_VPC_CIDR = "10.0.0.0/16";

// Each tier has room for eight zones, one for each letter from a to h. Three tiers take 24 of the 32 blocks;
// the last eight stay free for what comes later.
const SLOTS_PER_TIER = 8;
const NEW_BITS = 5;
/** A balancer needs subnets of at least this size: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
const SMALLEST_PUBLIC_PREFIX = 27;
/** Limits of VPCs and subnets: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const LARGEST_PREFIX = 16;
const SMALLEST_PREFIX = 28;

/**
 * Which block each subnet gets.
 *
 * A zone's place follows from the letter its name ends in, not from its place in a list, so that a zone can
 * be added or removed anywhere without moving another.
 */
export class SubnetPlan {
  private readonly checks: PropChecks;
  private readonly given: SubnetCidrs;

  public constructor(
    scope: IConstruct,
    private readonly vpcCidr: string,
    private readonly zones: readonly Zone[],
    options: { subnetCidrs?: SubnetCidrs; ipv6?: boolean },
  ) {
    this.checks = new PropChecks(scope);
    this.given = options.subnetCidrs ?? {};
    this.checkVpcCidr();
    this.checkGivenNames();
    this.checkLetters(options.ipv6 ?? false);
    this.checkRoom();
    this.checkBlocks();
  }

  /** The IPv4 block of one subnet. */
  public cidr(tier: SubnetTierName, zone: Zone): string {
    const given = this.given[tier]?.[zone.key];
    if (given !== undefined) return given;
    const slot = this.slot(tier, zone);
    if (Token.isUnresolved(this.vpcCidr)) return Fn.cidrsubnet(this.vpcCidr, NEW_BITS, slot);
    const vpc = new Address4(this.vpcCidr);
    const prefix = vpc.subnetMask + NEW_BITS;
    const start = vpc.startAddress().bigInt() + BigInt(slot) * 2n ** BigInt(32 - prefix);
    return `${Address4.fromBigInt(start).correctForm()}/${prefix}`;
  }

  /** Number of the subnet's /64 in the VPC's /56 IPv6 block. */
  public ipv6Slot(tier: SubnetTierName, zone: Zone): number {
    return this.slot(tier, zone);
  }

  private slot(tier: SubnetTierName, zone: Zone): number {
    return SUBNET_TIERS.indexOf(tier) * SLOTS_PER_TIER + (letterSlot(zone) ?? 0);
  }

  private checkVpcCidr(): void {
    if (!isKnown(this.vpcCidr)) return;
    const problem = {
      prop: "cidrBlock",
      value: this.vpcCidr,
      allowed: `an IPv4 block from /${LARGEST_PREFIX} to /${SMALLEST_PREFIX}, as in ${DEFAULT_VPC_CIDR}`,
    };
    const block = parseBlock(this.vpcCidr);
    this.checks.require(block !== undefined, {
      ...problem,
      remedy: "Write four numbers from 0 to 255 and a prefix length.",
    });
    this.checks.require(block!.correctForm() === block!.startAddress().correctForm(), {
      ...problem,
      remedy: `The address has bits beyond the prefix; the block is ${startOf(block!)}.`,
    });
    this.checks.require(block!.subnetMask >= LARGEST_PREFIX && block!.subnetMask <= SMALLEST_PREFIX, {
      ...problem,
      remedy: "Choose a block of a size that AWS allows for a VPC.",
    });
  }

  private checkGivenNames(): void {
    const keys = this.zones.map((zone) => zone.key);
    for (const [tier, blocks] of Object.entries(this.given)) {
      this.checks.oneOf("subnetCidrs", tier, SUBNET_TIERS, "Name the tier by one of these words.");
      for (const zone of Object.keys(blocks)) {
        this.checks.oneOf(`subnetCidrs.${tier}`, zone, keys, "Name a zone of availabilityZones.");
      }
    }
  }

  private checkLetters(ipv6: boolean): void {
    const automatic = this.zones.filter((zone) => ipv6 || this.hasAutomaticBlock(zone));
    const slots = automatic.map((zone) => letterSlot(zone));
    const clash = automatic.find(
      (_, position) => slots[position] === undefined || slots.indexOf(slots[position]) !== position,
    );
    this.checks.require(clash === undefined, {
      prop: "availabilityZones",
      value: automatic.map((zone) => zone.key),
      allowed:
        "zones (or keys) that end in different letters from a to h, which give each its place in the VPC",
      remedy: ipv6
        ? `With IPv6, leave out ${clash?.key} or give it a key that ends in a letter not yet taken.`
        : `Give the blocks of ${clash?.key} in subnetCidrs, for all three tiers, or a key that ends in another letter.`,
    });
  }

  private checkRoom(): void {
    if (!isKnown(this.vpcCidr)) return;
    const automatic = this.zones.some((zone) => this.hasAutomaticBlock(zone));
    const smallestVpc = SMALLEST_PUBLIC_PREFIX - NEW_BITS;
    this.checks.require(!automatic || new Address4(this.vpcCidr).subnetMask <= smallestVpc, {
      prop: "cidrBlock",
      value: this.vpcCidr,
      allowed: `a block of at least /${smallestVpc}, which has room for three tiers in up to eight zones`,
      remedy: "Choose a larger block, or give every subnet's block in subnetCidrs.",
    });
  }

  private hasAutomaticBlock(zone: Zone): boolean {
    return SUBNET_TIERS.some((tier) => this.given[tier]?.[zone.key] === undefined);
  }

  private checkBlocks(): void {
    const placed: { prop: string; block: Address4 }[] = [];
    const vpc = isKnown(this.vpcCidr) ? new Address4(this.vpcCidr) : undefined;
    for (const tier of SUBNET_TIERS) {
      for (const zone of this.zones) {
        const cidr = this.cidr(tier, zone);
        if (!isKnown(cidr)) continue;
        const prop = `subnetCidrs.${tier}.${zone.key}`;
        const block = this.checkBlock(prop, cidr, tier, vpc);
        const other = placed.find((one) => block.isInSubnet(one.block) || one.block.isInSubnet(block));
        this.checks.require(other === undefined, {
          prop,
          value: cidr,
          allowed: "a block that overlaps no other subnet",
          remedy: `It overlaps ${other?.prop}, ${other && startOf(other.block)}. Move one of them.`,
        });
        placed.push({ prop, block });
      }
    }
  }

  private checkBlock(prop: string, cidr: string, tier: SubnetTierName, vpc: Address4 | undefined): Address4 {
    const block = parseBlock(cidr);
    const smallest = tier === "public" ? SMALLEST_PUBLIC_PREFIX : SMALLEST_PREFIX;
    this.checks.require(
      block !== undefined &&
        block.correctForm() === block.startAddress().correctForm() &&
        block.subnetMask >= LARGEST_PREFIX &&
        block.subnetMask <= smallest,
      {
        prop,
        value: cidr,
        allowed: `an IPv4 block from /${LARGEST_PREFIX} to /${smallest} that starts at its first address`,
        remedy: block
          ? `The block that this address lies in is ${startOf(block)}.`
          : "Write it as 10.0.8.0/24.",
      },
    );
    this.checks.require(vpc === undefined || block!.isInSubnet(vpc), {
      prop,
      value: cidr,
      allowed: `a block inside the VPC's, ${this.vpcCidr}`,
      remedy: "Move the subnet into the VPC's block, or enlarge that in cidrBlock.",
    });
    return block!;
  }
}

/** Place of a zone by its last letter, or undefined where that is no letter from a to h. */
function letterSlot(zone: Zone): number | undefined {
  const letter = /(?:^|\d)([a-h])$/.exec(zone.key)?.[1];
  return letter === undefined ? undefined : letter.charCodeAt(0) - "a".charCodeAt(0);
}

function parseBlock(cidr: string): Address4 | undefined {
  return /^[\d.]+\/\d+$/.test(cidr) && Address4.isValid(cidr) ? new Address4(cidr) : undefined;
}

function startOf(block: Address4): string {
  return `${block.startAddress().correctForm()}/${block.subnetMask}`;
}
