import { Address4, Address6 } from "ip-address";
import { PropChecks, isKnown } from "../../validation";

/** An address, or a block of them, with the one place that says what it is. */
type Block = Address4 | Address6;

/** AWS takes blocks only; people write addresses, too. */
export function checkAddresses(checks: PropChecks, prop: string, addresses: readonly string[]): void {
  for (const address of addresses) {
    if (!isKnown(address)) continue;
    const block = parse(address);
    const start = block?.startAddress().correctForm();
    checks.require(block !== undefined && start === block.correctForm(), {
      prop,
      value: address,
      allowed: "addresses and blocks of IPv4 or IPv6, as in 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32",
      remedy: block
        ? `The block that this address lies in starts at ${start}.`
        : "Give the address that the balancer sees, which may be that of your network's way out.",
    });
  }
}

/** As AWS wants them, each one once. */
export function toBlocks(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => (isKnown(address) ? text(parse(address)!) : address)))];
}

/** What lies in a block of the one list and in a block of the other; undefined where that is not known now. */
export function commonBlocks(some: readonly string[], others: readonly string[]): string[] | undefined {
  if (![...some, ...others].every((address) => isKnown(address))) return undefined;
  const common = some.flatMap((one) =>
    others.flatMap((other) => {
      const [left, right] = [parse(one)!, parse(other)!];
      if (isIn(left, right)) return [text(left)];
      return isIn(right, left) ? [text(right)] : [];
    }),
  );
  return [...new Set(common)];
}

function isIn(inner: Block, outer: Block): boolean {
  if (inner instanceof Address4) return outer instanceof Address4 && inner.isInSubnet(outer);
  return outer instanceof Address6 && inner.isInSubnet(outer);
}

function parse(address: string): Block | undefined {
  if (Address4.isValid(address)) return new Address4(address);
  return Address6.isValid(address) && !address.includes("%") ? new Address6(address) : undefined;
}

function text(block: Block): string {
  return `${block.correctForm()}/${block.subnetMask}`;
}
