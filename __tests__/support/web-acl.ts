import { RequestMatch, WebAcl, WebAclProps } from "../../lib";
import { Config, synth, testStack } from "./synth";

/** A balancer by its ARN. */
export const balancerArn = (name = "web") =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/${name}/50dc6c495c0c9188`;

/** A web ACL, what it is in AWS, and its rules by their names. */
export function testWebAcl(props: WebAclProps = {}, stack = testStack()) {
  const webAcl = new WebAcl(stack, "WebAcl", props);
  const tf = () => synth(stack);
  const acl = (): Config => tf().of(webAcl.webAcl);
  const rules = (): Record<string, Config> =>
    Object.fromEntries(acl().rule.map((rule: Config) => [rule.name, rule]));
  return { stack, webAcl, tf, acl, rules };
}

/** A statement as it is synthesized, in a rule that blocks. */
export function statementOf(statement: RequestMatch, props: WebAclProps = {}): Config {
  return testWebAcl({ ...props, rules: { mine: { statement, action: "block" } } }).rules().mine!.statement;
}
