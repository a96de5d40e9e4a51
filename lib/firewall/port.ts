import { Token } from "cdktf";

/** A port, or a range of ports, of one protocol. */
export class Port {
  /** TCP 80. */
  public static readonly HTTP = Port.tcp(80);
  /** TCP 443. */
  public static readonly HTTPS = Port.tcp(443);

  /**
   * One TCP port.
   *
   * @param port 0 to 65535
   * @param key part of the rule's address. @default - the number; needed where two ports of one connection
   * are known only after deploy
   */
  public static tcp(port: number, key?: string): Port {
    return new Port("tcp", port, port, key);
  }

  /** A range of TCP ports, both ends included. */
  public static tcpRange(from: number, to: number, key?: string): Port {
    return new Port("tcp", from, to, key);
  }

  /** One UDP port. */
  public static udp(port: number, key?: string): Port {
    return new Port("udp", port, port, key);
  }

  /** The part of a rule's address that says which port it is about. */
  public readonly key: string;

  private constructor(
    /** IP protocol, by name. */
    public readonly protocol: "tcp" | "udp",
    public readonly from: number,
    public readonly to: number,
    key?: string,
  ) {
    this.key = `${protocol}-${key ?? portText(from, to)}`;
  }
}

function portText(from: number, to: number): string {
  if (Token.isUnresolved(from) || Token.isUnresolved(to)) return "port";
  return from === to ? String(from) : `${from}-${to}`;
}
