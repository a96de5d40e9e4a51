import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import { Peer, Port } from "../../firewall";
import { nameTag } from "../../naming";
import { PropChecks } from "../../validation";
import { Authentication, actionsOf } from "../authentication";
import { Listener } from "../listener";
import { RuleConditions, checkConditions, conditionBlocks } from "./conditions";
import { Action, ListenerRules } from "./listener-rules";

/** Which requests a rule is for, and its place among the others. */
export interface RuleOptions extends RuleConditions {
  /**
   * Place of the rule, 1 to 16664; the smallest number comes first. No two rules of a listener have the same. AWS
   * gets it plus 33336, since the numbers before are kept for the maintenance page and those it lets through. On a
   * listener that exists AWS gets the number itself, 1 to 50000, unless `behindMaintenance` says whose it is.
   *
   * AWS changes one rule after the other: for two rules that are to swap numbers, the deploy fails. Deploy one of
   * them with a number that is free first.
   *
   * @default - from 1000, so that more specific rules come first whatever their order in the code: exact hosts
   * before hosts with wildcards and those before any host; then exact paths, deeper paths, shallow ones, any
   * path; then rules with further conditions. Rules that are equally specific, and could be for the same
   * request, need one
   */
  readonly priority?: number;

  /**
   * Who may get through: users sign in first. Needs HTTPS.
   *
   * @default - everyone
   */
  readonly authenticate?: Authentication;
}

export interface ListenerRuleProps extends RuleOptions {
  readonly listener: Listener;
  /** The listener's other rules. */
  readonly rules: ListenerRules;
}

/** A rule of a listener: what is done with some of the requests. */
export class ListenerRule extends Construct {
  /** Place of the rule; the smallest number comes first. */
  public readonly priority: number;

  private readonly conditions: RuleConditions;
  private resource?: LbListenerRule;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ListenerRuleProps,
  ) {
    super(scope, id);
    const { hosts, paths, methods, headers, queryStrings, sourceIps, priority, authenticate } = props;
    const checks = new PropChecks(this);
    this.conditions = { hosts, paths, methods, headers, queryStrings, sourceIps };
    checkConditions(checks, this.conditions);
    authenticate?.check(checks, props.listener.listens.protocol === "HTTPS");
    this.priority = props.rules.place(checks, { id, conditions: this.conditions, priority });
    if (authenticate) letOutToIdentityProvider(props.listener);
  }

  /** The rule itself. */
  public get rule(): LbListenerRule {
    return this.resource!;
  }

  /**
   * Does this with the requests, from now on.
   *
   * @internal
   */
  public act(action: Action): LbListenerRule {
    const actions = actionsOf(this.props.authenticate, action);
    if (this.resource) this.resource.putAction(actions);
    else this.resource = this.createRule(actions);
    this.props.rules.tell({
      id: this.node.id,
      conditions: this.conditions,
      priority: this.priority,
      actions,
    });
    return this.resource;
  }

  private createRule(action: Action[]): LbListenerRule {
    this.props.rules.count(this);
    return new LbListenerRule(this, "Rule", {
      listenerArn: this.props.listener.listenerArn,
      priority: this.props.rules.numberOf(this.priority),
      condition: conditionBlocks(this.conditions),
      action,
      tags: nameTag(this),
    });
  }
}

/** Balancers ask identity providers over IPv4 only, whatever their network has. */
export function letOutToIdentityProvider(listener: Listener): void {
  listener.connections.allowTo(Peer.ANY_IPV4, Port.HTTPS);
}
