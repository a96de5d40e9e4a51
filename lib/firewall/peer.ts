import { Token } from "cdktf";

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

  /** An IPv6 block. */
  public static ipv6(cidr: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(cidr, "ipv6"), cidrIpv6: cidr }]);
  }

  /** A prefix list, as in `pl-0123…`. */
  public static prefixList(id: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(id, "prefix-list"), prefixListId: id }]);
  }

  /** A security group that exists already, as in `sg-0123…`. */
  public static securityGroup(id: string, key?: string): Peer {
    return new Peer([{ key: key ?? keyOf(id, "security-group"), referencedSecurityGroupId: id }]);
  }

  private constructor(public readonly targets: readonly PeerTarget[]) {}
}

function keyOf(text: string, fallback: string): string {
  return Token.isUnresolved(text) ? fallback : text.replace(/[^A-Za-z0-9]+/g, "-");
}
