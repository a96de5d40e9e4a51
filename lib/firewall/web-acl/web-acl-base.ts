import { Fn, ITerraformDependable, Token } from "cdktf";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Construct } from "constructs";
import { pathSeenFrom } from "../../naming";
import { PropChecks, isKnown } from "../../validation";
import { IProtectedBalancer, IWebAcl } from "./iweb-acl";

const BALANCER_ARN = /^arn:aws[a-z-]*:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/app\/[^/]+\/[^/]+$/;

/** What AWS takes at the longest to see that a new web ACL is there: hashicorp/terraform-provider-aws#17527. */
const PATIENCE = "15m";

/** What every web ACL does, whoever looks after it. */
export abstract class WebAclBase extends Construct implements IWebAcl {
  public abstract readonly arn: string;

  private readonly associationsByKey = new Map<string, Wafv2WebAclAssociation>();

  /** What has to be there before requests come. */
  protected abstract readonly readyWhen: readonly ITerraformDependable[];

  public protect(balancer: IProtectedBalancer | string, key?: string): Wafv2WebAclAssociation {
    const checks = new PropChecks(this);
    const resourceArn = arnOf(checks, balancer);
    const name = key ?? keyOf(this, balancer);
    checkKey(checks, name);
    checks.require(!this.associationsByKey.has(name!), {
      prop: "protect",
      value: name,
      allowed: "another key for another balancer",
      remedy: "The web ACL stands before a balancer of this key already.",
    });
    const association = new Wafv2WebAclAssociation(this, `Association-${name}`, {
      resourceArn,
      webAclArn: this.arn,
      dependsOn: [...this.readyWhen],
      timeouts: { create: PATIENCE },
    });
    this.associationsByKey.set(name!, association);
    return association;
  }

  /** What puts the web ACL before balancers, by their keys. */
  public get associations(): Readonly<Record<string, Wafv2WebAclAssociation>> {
    return Object.fromEntries(this.associationsByKey);
  }
}

function arnOf(checks: PropChecks, balancer: IProtectedBalancer | string): string {
  const rule = {
    allowed:
      "an application load balancer, or its ARN, as in " +
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
    remedy:
      "AWS WAF stands before application load balancers only. They are listed by: aws elbv2 describe-load-balancers.",
  };
  checks.given("protect", balancer, rule.allowed, rule.remedy);
  const arn = typeof balancer === "string" ? balancer : arnOfBalancer(checks, balancer, rule);
  checks.matches("protect", arn, BALANCER_ARN, rule);
  return arn;
}

function arnOfBalancer(
  checks: PropChecks,
  balancer: IProtectedBalancer,
  rule: { readonly allowed: string; readonly remedy: string },
): string {
  const { listenerArn, loadBalancerArnSuffix, loadBalancer } = balancer as IProtectedBalancer & {
    /** A balancer that was made has its resource, whose ARN says so. */
    readonly loadBalancer?: { readonly arn?: unknown };
  };
  if (typeof loadBalancer?.arn === "string") return loadBalancer.arn;
  const isBalancer = typeof listenerArn === "string" && typeof loadBalancerArnSuffix === "string";
  checks.require(isBalancer, { prop: "protect", value: typeof balancer, ...rule });
  const known = isKnown(listenerArn) && isKnown(loadBalancerArnSuffix);
  if (known) return listenerArn.replace(/:listener\/.*$/, `:loadbalancer/${loadBalancerArnSuffix}`);
  const start = Fn.element(Fn.split(":listener/", listenerArn), 0);
  return Fn.join("", [Token.asString(start), ":loadbalancer/", loadBalancerArnSuffix]);
}

function keyOf(scope: Construct, balancer: IProtectedBalancer | string): string | undefined {
  if (!Construct.isConstruct(balancer)) return undefined;
  return pathSeenFrom(scope, balancer);
}

function checkKey(checks: PropChecks, key: string | undefined): void {
  const rule = {
    allowed: "a key of 1 to 128 letters, digits, hyphens and underscores, known now",
    remedy: 'Call the balancer by what it is, as part of an address: webAcl.protect(arn, "shop").',
  };
  checks.require(key !== undefined && isKnown(key) && /^[\w-]{1,128}$/.test(key), {
    prop: "protect.key",
    value: key,
    ...rule,
  });
}
