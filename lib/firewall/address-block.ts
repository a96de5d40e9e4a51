import { Address4, Address6 } from "ip-address";
import { PropChecks, isKnown } from "../validation";

/** An IPv4 block that starts at its first address: AWS refuses bits beyond the prefix. */
export function checkIpv4Block(checks: PropChecks, prop: string, block: string | undefined): void {
  checkBlock(checks, prop, block, Address4, "an IPv4 block, as in 192.0.2.0/24");
}

/** An IPv6 block that starts at its first address. */
export function checkIpv6Block(checks: PropChecks, prop: string, block: string | undefined): void {
  checkBlock(checks, prop, block, Address6, "an IPv6 block, as in 2001:db8::/32");
}

/** Whether two valid blocks have an address in common. */
export function blocksOverlap(one: string, other: string): boolean {
  if (one.includes(":") !== other.includes(":")) return false;
  const [left, right] = one.includes(":")
    ? [new Address6(one), new Address6(other)]
    : [new Address4(one), new Address4(other)];
  return left.isInSubnet(right) || right.isInSubnet(left);
}

function checkBlock(
  checks: PropChecks,
  prop: string,
  block: string | undefined,
  kind: typeof Address4 | typeof Address6,
  allowed: string,
): void {
  if (!isKnown(block)) return;
  const valid = block.includes("/") && kind.isValid(block);
  const start = valid ? new kind(block).startAddress().correctForm() : undefined;
  checks.require(valid && start === new kind(block).correctForm(), {
    prop,
    value: block,
    allowed,
    remedy: valid
      ? `The block that this address lies in starts at ${start}.`
      : "One address is a block of /32, or /128.",
  });
}
