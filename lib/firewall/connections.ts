import { TerraformStack, Token } from "cdktf";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { nameTag, pathInStack } from "../naming";
import { PropChecks } from "../validation";
import { Peer, PeerTarget } from "./peer";
import { Port } from "./port";

/** Something that takes part in connections: any component, or your own construct with security groups. */
export interface IConnectable {
  readonly connections: Connections;
}

export interface ConnectionsProps {
  /** Security groups whose rules are kept here. */
  readonly securityGroupIds: readonly string[];
  /** Port that others reach by `allowDefaultPortFrom`. @default - none */
  readonly defaultPort?: Port;
  /**
   * What rules call this end, part of their addresses.
   *
   * @default - path of the scope in its stack: `Web-Hosts`
   */
  readonly name?: string;
}

/** A security group at one end of a connection. */
interface End extends PeerTarget {
  /** Tells the second and later groups of an end apart in the ids of rules. */
  readonly suffix: string;
}

type Rule = Omit<PeerTarget, "key"> & {
  readonly securityGroupId: string;
  readonly fromPort: number;
  readonly toPort: number;
};

/**
 * Who may talk to whom.
 *
 * A connection is said once, between components, and becomes rules in the security groups of both ends. Each
 * rule is a resource of its own whose address says who talks to whom on which port, so that adding one moves
 * no other. Saying a connection twice is the same as saying it once.
 *
 * For your own security groups: `new Connections(scope, { securityGroupIds: [group.id] })`.
 *
 * @example
 * database.connections.allowDefaultPortFrom(hosts);
 * hosts.connections.allowTo(Peer.ipv4("192.168.0.0/16"), Port.tcp(6379));
 */
export class Connections implements IConnectable {
  public readonly connections = this;
  public readonly securityGroupIds: readonly string[];
  public readonly defaultPort?: Port;
  /** What rules call this end. */
  public readonly name: string;

  private readonly rules = new Map<string, Rule>();

  /** @param scope where the rules are made; they are part of its stack */
  public constructor(
    private readonly scope: Construct,
    props: ConnectionsProps,
  ) {
    this.securityGroupIds = props.securityGroupIds;
    this.defaultPort = props.defaultPort;
    this.name = props.name ?? pathInStack(scope);
    if (this.defaultPort) this.check(this.defaultPort);
  }

  /**
   * Lets another end reach a port of this one.
   *
   * @param description up to 255 characters, shown by AWS with the rule. @default - "Web-Hosts to Web-Database"
   */
  public allowFrom(other: IConnectable | Peer, port: Port, description?: string): void {
    this.check(port, description);
    for (const here of this.ends(this)) {
      for (const there of other instanceof Peer ? other.targets : this.ends(other.connections)) {
        const text = description ?? `${there.key} to ${here.key}`;
        this.addRule(VpcSecurityGroupIngressRule, `from-${there.key}${here.suffix}`, here, there, port, text);
        // The other end's way out lies beside our way in: with both rules in one place, two stacks can be
        // connected without each needing the other.
        if (!(other instanceof Peer)) {
          this.addRule(
            VpcSecurityGroupEgressRule,
            `out-of-${there.key}${here.suffix}`,
            there,
            here,
            port,
            text,
          );
        }
      }
    }
  }

  /** Lets this end reach a port of another one. */
  public allowTo(other: IConnectable | Peer, port: Port, description?: string): void {
    if (other instanceof Peer) {
      this.check(port, description);
      for (const here of this.ends(this)) {
        for (const there of other.targets) {
          const text = description ?? `${here.key} to ${there.key}`;
          this.addRule(VpcSecurityGroupEgressRule, `to-${there.key}${here.suffix}`, here, there, port, text);
        }
      }
      return;
    }
    other.connections.allowFrom(this, port, description);
  }

  /** Lets another end reach the port that this one is made for. */
  public allowDefaultPortFrom(other: IConnectable | Peer, description?: string): void {
    new PropChecks(this.scope).require(this.defaultPort !== undefined, {
      prop: "defaultPort",
      value: undefined,
      allowed: "connections that have a default port",
      remedy: "Name the port: connections.allowFrom(other, Port.tcp(8080)).",
    });
    this.allowFrom(other, this.defaultPort!, description);
  }

  /** Lets this end reach the port that another one is made for. */
  public allowToDefaultPort(other: IConnectable, description?: string): void {
    other.connections.allowDefaultPortFrom(this, description);
  }

  /** The security groups of an end, as rules of this one name them. */
  private ends(end: Connections): End[] {
    const foreign = TerraformStack.of(end.scope) !== TerraformStack.of(this.scope);
    const name = foreign ? `${TerraformStack.of(end.scope).node.id}-${end.name}` : end.name;
    return end.securityGroupIds.map((id, index) => ({
      key: index === 0 ? name : `${name}-${index}`,
      suffix: index === 0 ? "" : `-group-${index}`,
      referencedSecurityGroupId: id,
    }));
  }

  private addRule(
    kind: typeof VpcSecurityGroupIngressRule | typeof VpcSecurityGroupEgressRule,
    name: string,
    owner: PeerTarget,
    target: PeerTarget,
    port: Port,
    description: string,
  ): void {
    const id = `${name}-${port.key}`;
    const rule = {
      cidrIpv4: target.cidrIpv4,
      cidrIpv6: target.cidrIpv6,
      prefixListId: target.prefixListId,
      referencedSecurityGroupId: target.referencedSecurityGroupId,
      securityGroupId: owner.referencedSecurityGroupId!,
      fromPort: port.from,
      toPort: port.to,
    };
    if (this.isKnownRule(id, rule)) return;
    new kind(this.scope, id, {
      ...rule,
      ipProtocol: port.protocol,
      description,
      tags: nameTag(this.scope),
    });
  }

  /** True for a rule that was made before; a different rule of the same address is refused. */
  private isKnownRule(id: string, rule: Rule): boolean {
    const known = this.rules.get(id);
    this.rules.set(id, known ?? rule);
    const parts = Object.keys(rule) as (keyof Rule)[];
    new PropChecks(this.scope).require(
      known === undefined || parts.every((part) => known[part] === rule[part]),
      {
        prop: "connection",
        value: id,
        allowed: "connections whose peers and ports have different keys",
        remedy: 'Give one of them a key of its own: Port.tcp(port, "admin") or Peer.ipv4(cidr, "office").',
      },
    );
    return known !== undefined;
  }

  private check(port: Port, description?: string): void {
    const checks = new PropChecks(this.scope);
    const remedy = "Use the port that the service listens on.";
    checks.integer("port", port.from, { min: 0, max: 65535 }, remedy);
    checks.integer("port", port.to, { min: 0, max: 65535 }, remedy);
    const ordered = Token.isUnresolved(port.from) || Token.isUnresolved(port.to) || port.from <= port.to;
    checks.require(ordered, {
      prop: "port",
      value: [port.from, port.to],
      allowed: "a range from its lower to its higher end",
      remedy: `Swap the ends: Port.tcpRange(${port.to}, ${port.from}).`,
    });
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
    checks.matches("description", description, /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/, {
      allowed: "1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
      remedy: "Shorten it, or leave out other characters.",
    });
  }
}
