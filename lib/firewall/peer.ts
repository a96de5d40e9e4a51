import { Token } from "cdktf";
import { Address4, Address6 } from "ip-address";
import { PropChecks, isKnown } from "../validation";

/** One address range or group at the other end of a connection. */
export interface PeerTarget {
  /** Part of the rule's address. */
  readonly key: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly referencedSecurityGroupId?: string;
}

/**
 * The other end of a connection, where it is no component of this library: addresses, or a security group
 * that somebody else looks after. Only our side of the connection gets rules.
 */
export class Peer {
  /** Everyone, over IPv4. */
  public static readonly ANY_IPV4 = new Peer([{ key: "anywhere-ipv4", cidrIpv4: "0.0.0.0/0" }]);
  /** Everyone, over IPv6. */
  public static readonly ANY_IPV6 = new Peer([{ key: "anywhere-ipv6", cidrIpv6: "::/0" }]);

  /** Everyone, over IPv4 and, where a network has it, IPv6. */
  public static anywhere(network: { readonly ipv6: boolean }): Peer {
    return network.ipv6 ? new Peer([...Peer.ANY_IPV4.targets, ...Peer.ANY_IPV6.targets]) : Peer.ANY_IPV4;
  }

  /**
   * An IPv4 block.
   *
   * @param key part of the rule's address. @default - the block; needed where that is known only after deploy
   */
  public static ipv4(cidr: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(cidr, "ipv4"), cidrIpv4: cidr }]);
  }

  /**
   * An IPv6 block.
   *
   * @param key part of the rule's address. @default - the block
   */
  public static ipv6(cidr: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(cidr, "ipv6"), cidrIpv6: cidr }]);
  }

  /**
   * A prefix list, as in `pl-0123…`.
   *
   * @param key part of the rule's address. @default - the id
   */
  public static prefixList(id: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(id, "prefix-list"), prefixListId: id }]);
  }

  /**
   * A security group that exists already, as in `sg-0123…`. Its own rules are not touched: it has to let
   * connections out, or in, by itself.
   *
   * @param key part of the rule's address. @default - the id; needed for groups known only after deploy
   */
  public static securityGroup(id: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(id, "security-group"), referencedSecurityGroupId: id }]);
  }

  private constructor(public readonly targets: readonly PeerTarget[]) {}

  /** @internal */
  public check(checks: PropChecks): void {
    for (const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } of this.targets) {
      checkBlock(checks, cidrIpv4, Address4, "an IPv4 block, as in 192.0.2.0/24");
      checkBlock(checks, cidrIpv6, Address6, "an IPv6 block, as in 2001:db8::/32");
      checks.matches("peer", prefixListId, /^pl-[0-9a-z]+$/, {
        allowed: "the id of a prefix list, as in pl-0123456789abcdef0",
        remedy: "Prefix lists are listed by: aws ec2 describe-managed-prefix-lists.",
      });
      checks.matches("peer", referencedSecurityGroupId, /^(\d{12}\/)?sg-[0-9a-z]+$/, {
        allowed:
          "the id of a security group, as in sg-0123456789abcdef0, or 123456789012/sg-… in another account",
        remedy: "Security groups are listed by: aws ec2 describe-security-groups.",
      });
    }
  }
}

/** AWS refuses a block whose address has bits beyond its prefix. */
function checkBlock(
  checks: PropChecks,
  block: string | undefined,
  kind: typeof Address4 | typeof Address6,
  allowed: string,
): void {
  if (!isKnown(block)) return;
  const valid = block.includes("/") && kind.isValid(block);
  const start = valid ? new kind(block).startAddress().correctForm() : undefined;
  checks.require(valid && start === new kind(block).correctForm(), {
    prop: "peer",
    value: block,
    allowed,
    remedy: valid
      ? `The block that this address lies in starts at ${start}.`
      : "One address is a block of /32, or /128.",
  });
}

function keyOf(text: string, fallback: string): string {
  return Token.isUnresolved(text) ? fallback : text.replace(/[^A-Za-z0-9]+/g, "-");
}
