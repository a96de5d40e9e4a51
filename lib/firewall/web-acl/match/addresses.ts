import { Token } from "cdktf";
import { knownText } from "../../../expressions";
import { PropChecks, isKnown } from "../../../validation";
import { checkAddressOrBlock, toBlock } from "../../address-block";
import { forwardedIpOfSet, Unreadable } from "./client-address";
import { FamilyOfAddresses, MatchLeaf, MatchPlace, StatementBlock } from "./match-leaf";

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MAX_ADDRESSES = 10_000;

/** What AWS compares with a set of addresses. */
abstract class AddressSetMatch implements MatchLeaf {
  public readonly capacity = 1;
  public readonly isReference = true;

  public statement(place: MatchPlace, unreadable: Unreadable): StatementBlock {
    return {
      ip_set_reference_statement: {
        arn: this.arn(place),
        ...forwardedIpOfSet(place.clientAddress, unreadable),
      },
    };
  }

  public abstract check(checks: PropChecks, prop: string): void;
  protected abstract arn(place: MatchPlace): string;
}

/** Addresses of one family, in a set of the web ACL's own. */
export class AddressesMatch extends AddressSetMatch {
  public constructor(
    private readonly family: FamilyOfAddresses,
    private readonly given: readonly string[],
  ) {
    super();
  }

  public check(checks: PropChecks, prop: string): void {
    const allowed = "a list of addresses and blocks";
    checks.given(prop, this.given, allowed, 'As in ["192.0.2.7", "2001:db8::/32"].');
    checkAddresses(checks, prop, this.given);
    checks.require(this.given.length > 0, {
      prop,
      value: this.given,
      allowed: "at least one address or block",
      remedy: "No request comes from nowhere: leave the comparison out.",
    });
    checks.require(this.family.key === undefined || isKnown(this.family.key), {
      prop,
      value: this.family.key,
      allowed: "a key that is known now, since it is part of Terraform addresses",
      remedy: 'Call the addresses by what they are: "office".',
    });
    checks.matches(prop, this.family.key, /^[\w-]{1,64}$/, {
      allowed: "a key of 1 to 64 letters, digits, hyphens and underscores",
      remedy: 'Call the addresses by what they are: "office".',
    });
  }

  protected arn(place: MatchPlace): string {
    return place.ipSetArn(this.family);
  }
}

/** Addresses in a set that somebody else looks after. */
export class ExistingSetMatch extends AddressSetMatch {
  public constructor(private readonly setArn: string) {
    super();
  }

  public check(checks: PropChecks, prop: string): void {
    checks.given(prop, this.setArn, "the ARN of an IP set", "IP sets are listed by: aws wafv2 list-ip-sets.");
    checks.arn(prop, this.setArn, "wafv2", "regional/ipset");
  }

  protected arn(): string {
    return this.setArn;
  }
}

/** Refuses what AWS takes into no set. */
export function checkAddresses(checks: PropChecks, prop: string, addresses: readonly string[]): void {
  checks.list(prop, addresses, 'As in ["192.0.2.7", "2001:db8::/32"].');
  if (!isKnown(addresses)) return;
  for (const address of addresses) {
    checkAddressOrBlock(checks, prop, address);
    checks.require(!isKnown(address) || !address.endsWith("/0"), {
      prop,
      value: address,
      allowed: "blocks smaller than all addresses",
      remedy: "For everybody there is defaultAction.",
    });
  }
  for (const { addresses: known } of familiesOf(addresses)) {
    checks.require(known.length <= MAX_ADDRESSES, {
      prop,
      value: `${known.length} addresses`,
      allowed: `up to ${MAX_ADDRESSES} addresses and blocks of IPv4, and as many of IPv6`,
      remedy: "Name the blocks that they lie in.",
    });
  }
}

/**
 * Addresses by family. What is known only after deploy counts as IPv4 unless what is known of it has a colon. At
 * least one family, so that what is wrong with an empty list is said where it is used.
 */
export function familiesOf(addresses: readonly string[]): readonly FamilyOfAddresses[] {
  if (!Array.isArray(addresses) || Token.isUnresolved(addresses)) return [{ type: "ipv4", addresses }];
  const isIpv6 = (address: string) => knownText(address).includes(":");
  const ipv6 = addresses.filter(isIpv6);
  const ipv4 = addresses.filter((address) => !isIpv6(address));
  return [
    ...(ipv4.length > 0 || ipv6.length === 0 ? [{ type: "ipv4", addresses: ipv4 } as const] : []),
    ...(ipv6.length > 0 ? [{ type: "ipv6", addresses: ipv6 } as const] : []),
  ];
}

/** Valid addresses as AWS wants them, each one once. */
export function toBlocks(addresses: readonly string[]): string[] {
  if (Token.isUnresolved(addresses)) return addresses as string[];
  return [...new Set(addresses.map((address) => (isKnown(address) ? toBlock(address) : address)))];
}
