import { Token } from "cdktf";
import { PropChecks } from "../validation";
import { checkIpv4Block, checkIpv6Block } from "./address-block";

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
    return network.ipv6 ? Peer.all(Peer.ANY_IPV4, Peer.ANY_IPV6) : Peer.ANY_IPV4;
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

  /** Several peers, as one. */
  public static all(...peers: readonly Peer[]): Peer {
    return new Peer(peers.flatMap((peer) => peer.targets));
  }

  private constructor(public readonly targets: readonly PeerTarget[]) {}

  /** @internal */
  public check(checks: PropChecks): void {
    for (const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } of this.targets) {
      checkIpv4Block(checks, "peer", cidrIpv4);
      checkIpv6Block(checks, "peer", cidrIpv6);
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

function keyOf(text: string, fallback: string): string {
  return Token.isUnresolved(text) ? fallback : text.replace(/[^A-Za-z0-9]+/g, "-");
}
