import { Address4, Address6 } from "ip-address";
import { PropChecks, isKnown } from "../validation";
import { TargetAddressType } from "./target-group";

/** Targets by names of your own, which are part of Terraform addresses: `{ "web-1": "i-0123…" }`. */
export type NamedTargets = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
const PRIVATE_RANGES = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

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
    const twin = seen.get(target);
    checks.require(twin === undefined, {
      prop: `${prop}.${name}`,
      value: target,
      allowed: "a target that has no other name",
      remedy: `It is ${prop}.${twin} too. Remove one of them.`,
    });
    seen.set(target, name);
  }
}

/** Addresses of one kind, and such as a balancer can reach. */
export function checkAddresses(
  checks: PropChecks,
  addresses: NamedTargets,
  type: TargetAddressType,
  outsideVpc: boolean | undefined,
): void {
  const [kind, sample] = type === "ipv6" ? [Address6, "2001:db8::1"] : [Address4, "10.0.1.20"];
  for (const [name, address] of Object.entries(addresses)) {
    if (!isKnown(address)) continue;
    const prop = `ips.${name}`;
    checks.require(kind.isValid(address) && !address.includes("/"), {
      prop,
      value: address,
      allowed: `an ${type === "ipv6" ? "IPv6" : "IPv4"} address, as in ${sample}, as the others of the target group are`,
      remedy: "Put the addresses of the other kind into a target of their own.",
    });
    if (!outsideVpc || type === "ipv6") continue;
    const isPrivate = PRIVATE_RANGES.some((range) => new Address4(address).isInSubnet(new Address4(range)));
    checks.require(isPrivate, {
      prop,
      value: address,
      allowed: `outside of the VPC, an address in ${PRIVATE_RANGES.join(", ")}`,
      remedy:
        "A balancer doesn't reach public addresses; use the one inside the peered network, VPN or Direct Connect.",
    });
  }
}
