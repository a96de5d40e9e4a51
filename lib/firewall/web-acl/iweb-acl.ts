import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";

/** A balancer that a web ACL can stand before: a `LoadBalancer`, or what `LoadBalancer.fromAttributes` describes. */
export interface IProtectedBalancer {
  /** ARN of a listener of the balancer. */
  readonly listenerArn: string;
  /** The end of the balancer's ARN, as CloudWatch names it: `app/web-1234/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: string;
}

/** A web ACL: `WebAcl` makes one; `WebAcl.fromArn` stands for one that exists. */
export interface IWebAcl {
  readonly arn: string;

  /**
   * Puts the web ACL before a balancer, in the web ACL's stack: an application load balancer of the same region, which
   * has no other one.
   *
   * @param balancer a balancer, or its ARN
   * @param key part of the address. @default - the balancer's path in its stack; needed for an ARN
   * @throws InvalidPropError for what is no application load balancer, and for one that it stands before already
   */
  protect(balancer: IProtectedBalancer | string, key?: string): Wafv2WebAclAssociation;
}
