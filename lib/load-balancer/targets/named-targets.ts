import { canonicalAddress, isAddress, isInBlock } from "../../firewall/address-block";
import { PropChecks, isKnown } from "../../validation";
import { TargetAddressType } from "./target-group";

/**
 * Targets by names of your own, `{ "web-1": "i-0123…" }`. What is known now has an address that follows from the
 * target, as in `Target-i-0123…`, so that it may be given another name. A value known only after deploy goes by its
 * name, and two of them must not swap names: each would be registered again, and then taken out as what the other one
 * was.
 */
export type NamedTargets = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
const PRIVATE_RANGES = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** The part of a Terraform address that says which target it is about. */
export function targetKey(name: string, target: string): string {
  return isKnown(target) ? canonicalAddress(target).replace(/[.:]/g, "-") : name;
}

/** Names that can be part of addresses, each for a target of its own. */
export function checkNames(checks: PropChecks, prop: string, targets: NamedTargets): void {
  const seen = new Map<string, string>();
  checks.require(Object.keys(targets).length > 0, {
    prop,
    value: targets,
    allowed: "at least one target",
    remedy: `Name it: { "web-1": … }.`,
  });
  for (const [name, target] of Object.entries(targets)) {
    checks.matches(prop, name, /^[A-Za-z0-9][A-Za-z0-9-]*$/, {
      allowed: "names of letters, digits and hyphens, since they are part of addresses",
      remedy: "Name it after the machine, as in web-1.",
    });
    if (!isKnown(target)) continue;
    const twin = seen.get(canonicalAddress(target));
    checks.require(twin === undefined, {
      prop: `${prop}.${name}`,
      value: target,
      allowed: "a target that has no other name",
      remedy: `It is ${prop}.${twin} too. Remove one of them.`,
    });
    seen.set(canonicalAddress(target), name);
  }
}

/** Where addresses are. */
export interface AddressPlace {
  readonly outsideVpc?: boolean;
  /** IPv4 block of the network, where it is known. */
  readonly cidrBlock?: string;
}

/** Addresses of one kind, and such as a balancer can reach. */
export function checkAddresses(
  checks: PropChecks,
  addresses: NamedTargets,
  type: TargetAddressType,
  { outsideVpc = false, cidrBlock }: AddressPlace,
): void {
  const [kind, sample] = type === "ipv6" ? ["IPv6", "2001:db8::1"] : ["IPv4", "10.0.1.20"];
  for (const [name, address] of Object.entries(addresses)) {
    if (!isKnown(address)) continue;
    const prop = `ips.${name}`;
    checks.require(isAddress(address, type), {
      prop,
      value: address,
      allowed: `an ${kind} address, as in ${sample}, as the others of the target group are`,
      remedy: "Put addresses of the other kind into a target of their own, and leave out zones as in %eth0.",
    });
    // A private address may be in a further block of the VPC, which nobody told us of.
    const isInVpc = !outsideVpc && (!isKnown(cidrBlock) || isInBlock(address, cidrBlock));
    checks.require(type === "ipv6" || isInVpc || isPrivate(address), {
      prop,
      value: address,
      allowed: `outside of the VPC${outsideVpc ? "" : `, which has ${cidrBlock}`}, an address in ${PRIVATE_RANGES.join(", ")}`,
      remedy:
        "A balancer doesn't reach public addresses; use the one inside the peered network, VPN or Direct Connect.",
    });
  }
}

function isPrivate(address: string): boolean {
  return PRIVATE_RANGES.some((range) => isInBlock(address, range));
}
