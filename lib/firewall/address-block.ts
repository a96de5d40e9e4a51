import { Address4, Address6 } from "ip-address";
import { PropChecks, isKnown } from "../validation";

/** An address, or a block of them, with the one place that says what it is. */
type Block = Address4 | Address6;

/** A version of the Internet Protocol, as AWS calls it. */
export type AddressType = "ipv4" | "ipv6";

/** An IPv4 block that starts at its first address: AWS refuses bits beyond the prefix. */
export function checkIpv4Block(checks: PropChecks, prop: string, block: string | undefined): void {
  checkBlock(checks, prop, block, Address4, "an IPv4 block, as in 192.0.2.0/24");
}

/** An IPv6 block that starts at its first address. */
export function checkIpv6Block(checks: PropChecks, prop: string, block: string | undefined): void {
  checkBlock(checks, prop, block, Address6, "an IPv6 block, as in 2001:db8::/32");
}

/** An address, or a block that starts at its first one. */
export function checkAddressOrBlock(checks: PropChecks, prop: string, text: string): void {
  if (!isKnown(text)) return;
  const block = parse(text);
  checks.require(block !== undefined && isWhole(block), {
    prop,
    value: text,
    allowed: "addresses and blocks of IPv4 or IPv6, as in 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32",
    remedy: block
      ? startRemedy(block)
      : "Give the address that the balancer sees, which may be that of your network's way out.",
  });
}

/** Whether a text is one address of a kind, without a zone. */
export function isAddress(text: string, type: AddressType): boolean {
  return !text.includes("/") && parse(text) instanceof (type === "ipv6" ? Address6 : Address4);
}

/** A valid address as everybody spells it: IPv6 has many spellings. */
export function canonicalAddress(address: string): string {
  return parse(address)?.correctForm() ?? address;
}

/** A valid address or block as AWS wants it: as a block. */
export function toBlock(text: string): string {
  const block = parse(text)!;
  return `${block.correctForm()}/${block.subnetMask}`;
}

/** Whether two valid blocks have an address in common. */
export function blocksOverlap(one: string, other: string): boolean {
  return commonBlock(one, other) !== undefined;
}

/** What lies in two valid blocks: the smaller of them, as one of two contains the other or they are apart. */
export function commonBlock(one: string, other: string): string | undefined {
  if (isInBlock(one, other)) return toBlock(one);
  return isInBlock(other, one) ? toBlock(other) : undefined;
}

/** Whether a valid address or block lies in another one. */
export function isInBlock(inner: string, outer: string): boolean {
  const [small, large] = [parse(inner)!, parse(outer)!];
  if (small instanceof Address4) return large instanceof Address4 && small.isInSubnet(large);
  return large instanceof Address6 && small.isInSubnet(large);
}

/** AWS takes neither zones (`fe80::1%eth0`) nor masks with a leading zero. */
function parse(text: string): Block | undefined {
  if (/%|\/0./.test(text)) return undefined;
  if (Address4.isValid(text)) return new Address4(text);
  return Address6.isValid(text) ? new Address6(text) : undefined;
}

function isWhole(block: Block): boolean {
  return block.startAddress().correctForm() === block.correctForm();
}

function startRemedy(block: Block): string {
  return `The block that this address lies in starts at ${block.startAddress().correctForm()}.`;
}

function checkBlock(
  checks: PropChecks,
  prop: string,
  text: string | undefined,
  kind: typeof Address4 | typeof Address6,
  allowed: string,
): void {
  if (!isKnown(text)) return;
  const parsed = text.includes("/") ? parse(text) : undefined;
  const block = parsed instanceof kind ? parsed : undefined;
  checks.require(block !== undefined && isWhole(block), {
    prop,
    value: text,
    allowed,
    remedy: block ? startRemedy(block) : "One address is a block of /32, or /128.",
  });
}
