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
   * What rules call this end, part of their addresses; needed for the second `Connections` of a scope.
   *
   * @default - path of the scope in its stack: `Web-Hosts`
   */
  readonly name?: string;
  /**
   * What the rules are made under.
   *
   * @default - the scope; where a name is given, a construct of that name in it
   */
  readonly rulesIn?: Construct;
}

/** One end of a connection, as rules name it. */
interface End extends PeerTarget {
  /** Whose rules are kept here; absent for a peer, whose side is somebody else's. */
  readonly owner?: Connections;
  /** Tells the second and later groups of an end apart in the ids of rules. */
  readonly suffix: string;
}

const KINDS = { ingress: VpcSecurityGroupIngressRule, egress: VpcSecurityGroupEgressRule } as const;

/**
 * Who may talk to whom.
 *
 * A connection is said once, between components, and becomes rules in the security groups of both ends. Each
 * rule is a resource of its own whose address says who talks to whom on which port, so that adding one moves
 * no other. Saying a connection twice, or from both ends, is the same as saying it once.
 *
 * The rules of both ends are made where the connection is said first. Between stacks, say it at the end whose
 * stack needs the other one anyway: `hosts.connections.allowToDefaultPort(database)` where the hosts' stack
 * uses the database's.
 *
 * For your own security groups: `new Connections(scope, { securityGroupIds: [group.id] })`; a group that has
 * rules written into itself (`ingress`, `egress`) would lose them again.
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

  private readonly rulesIn: Construct;
  /** What each rule made here says, by its id. */
  private readonly idsMade = new Map<string, string>();
  /** What the rules of these groups say already, whoever made them. */
  private readonly said = new Set<string>();

  /** @param scope where the rules are made; they are part of its stack */
  public constructor(
    private readonly scope: Construct,
    props: ConnectionsProps,
  ) {
    this.securityGroupIds = props.securityGroupIds;
    this.defaultPort = props.defaultPort;
    this.name = props.name ?? pathInStack(scope);
    this.rulesIn = props.rulesIn ?? (props.name === undefined ? scope : new Construct(scope, props.name));
    const remedy = "Give the ids of the groups: { securityGroupIds: [group.id] }.";
    new PropChecks(scope).require(props.securityGroupIds.length > 0, {
      prop: "securityGroupIds",
      value: props.securityGroupIds,
      allowed: "at least one security group, whose rules are kept here",
      remedy,
    });
    if (this.defaultPort) this.check(this, this.defaultPort);
  }

  /**
   * Lets another end reach a port of this one.
   *
   * @param description up to 255 characters, shown by AWS with the rule. @default - "Web-Hosts to Web-Database"
   */
  public allowFrom(other: IConnectable | Peer, port: Port, description?: string): void {
    this.check(other, port, description);
    for (const here of this.endsOf(this)) {
      for (const there of this.endsOf(other)) {
        const text = description ?? `${there.key} to ${here.key}`;
        this.addRule("ingress", `from-${there.key}${here.suffix}`, here, there, port, text);
        this.addRule("egress", `out-of-${there.key}${here.suffix}`, there, here, port, text);
      }
    }
  }

  /** Lets this end reach a port of another one. */
  public allowTo(other: IConnectable | Peer, port: Port, description?: string): void {
    this.check(other, port, description);
    for (const here of this.endsOf(this)) {
      for (const there of this.endsOf(other)) {
        const text = description ?? `${here.key} to ${there.key}`;
        this.addRule("egress", `to-${there.key}${here.suffix}`, here, there, port, text);
        this.addRule("ingress", `into-${there.key}${here.suffix}`, there, here, port, text);
      }
    }
  }

  /** Lets another end reach the port that this one is made for. */
  public allowDefaultPortFrom(other: IConnectable | Peer, description?: string): void {
    this.allowFrom(other, this.needDefaultPort(), description);
  }

  /** Lets this end reach the port that another one is made for. */
  public allowToDefaultPort(other: IConnectable, description?: string): void {
    this.checkPeer(other);
    this.allowTo(other, other.connections.needDefaultPort(), description);
  }

  private needDefaultPort(): Port {
    new PropChecks(this.scope).require(this.defaultPort !== undefined, {
      prop: "defaultPort",
      value: undefined,
      allowed: "connections that have a default port",
      remedy: "Name the port: connections.allowFrom(other, Port.tcp(8080)).",
    });
    return this.defaultPort!;
  }

  /** The ends of a connection as rules made here name them. */
  private endsOf(other: IConnectable | Peer): End[] {
    if (other instanceof Peer) return other.targets.map((target) => ({ ...target, suffix: "" }));
    const owner = other.connections;
    const foreign = TerraformStack.of(owner.scope) !== TerraformStack.of(this.scope);
    const name = foreign ? `${TerraformStack.of(owner.scope).node.id}-${owner.name}` : owner.name;
    return owner.securityGroupIds.map((id, index) => ({
      key: index === 0 ? name : `${name}-${index}`,
      suffix: index === 0 ? "" : `-group-${index}`,
      referencedSecurityGroupId: id,
      owner,
    }));
  }

  private addRule(
    kind: keyof typeof KINDS,
    name: string,
    { owner, referencedSecurityGroupId: securityGroupId }: End,
    target: End,
    port: Port,
    description: string,
  ): void {
    if (owner === undefined) return;
    const id = `${name}-${port.key}`;
    const rule = {
      securityGroupId: securityGroupId!,
      cidrIpv4: target.cidrIpv4,
      cidrIpv6: target.cidrIpv6,
      prefixListId: target.prefixListId,
      referencedSecurityGroupId: target.referencedSecurityGroupId,
      ipProtocol: port.protocol,
      fromPort: port.from,
      toPort: port.to,
    };
    const content = JSON.stringify([kind, rule]);
    this.checkId(id, content);
    // AWS refuses a second rule that says the same.
    if (owner.said.has(content)) return;
    owner.said.add(content);
    new KINDS[kind](this.rulesIn, id, { ...rule, description, tags: nameTag(this.rulesIn) });
  }

  /** Two rules that say different things can't have one address. */
  private checkId(id: string, content: string): void {
    const known = this.idsMade.get(id);
    const taken = known === undefined && this.rulesIn.node.tryFindChild(id) !== undefined;
    new PropChecks(this.scope).require(!taken && (known === undefined || known === content), {
      prop: "connection",
      value: id,
      allowed: "connections whose peers and ports have different keys",
      remedy:
        'Give one of them a key of its own: Port.tcp(port, "admin"), Peer.securityGroup(id, "backend"), or the ' +
        "name of your Connections.",
    });
    this.idsMade.set(id, content);
  }

  private check(other: IConnectable | Peer, port: Port, description?: string): void {
    const checks = new PropChecks(this.scope);
    this.checkPeer(other);
    if (other instanceof Peer) other.check(checks);
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

  private checkPeer(other: IConnectable | Peer): void {
    const isPeer =
      other instanceof Peer || (other as Partial<IConnectable> | undefined)?.connections !== undefined;
    new PropChecks(this.scope).require(isPeer, {
      prop: "peer",
      value: other,
      allowed: "a component, or a Peer",
      remedy:
        'Name addresses or a group as a Peer: Peer.ipv4("192.0.2.0/24"), Peer.securityGroup("sg-…", "backend").',
    });
  }
}
