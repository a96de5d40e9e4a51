import { CheckRow } from "../check-row";
import { both, remove, set, unset } from "../mutations";
import { Resource, Topology, block, blocks } from "../topology";
import { isPublic } from "./load-balancer";

const ACL = "aws_wafv2_web_acl";

/** A public balancer's web ACL, by the association. */
function webAclsOf(balancer: Resource, topology: Topology): Resource[] {
  return topology
    .naming(balancer, "aws_wafv2_web_acl_association")
    .flatMap(({ config }) => topology.namedIn(config.web_acl_arn, "aws_wafv2_web_acl"));
}

interface ManagedGroup {
  readonly name: string;
  readonly counts: boolean;
  readonly spared: readonly string[];
}

/** The groups of rules, kept by AWS or others, that a web ACL has. */
function managedGroups({ config }: Resource): ManagedGroup[] {
  return blocks(config.rule).flatMap((rule) =>
    blocks(block(rule.statement).managed_rule_group_statement).map((group) => ({
      name: group.name as string,
      counts: block(rule.override_action).count !== undefined,
      spared: [...blocks(group.rule_action_override), ...blocks(group.excluded_rule)].map(({ name }) => name),
    })),
  );
}

export const WEB_ACL: readonly CheckRow[] = [
  {
    ids: ["CKV2_AWS_28", "ELB.16"],
    demands: "a public balancer stands behind a web ACL",
    metBy: "WebAcl.protect",
    on: ["aws_lb"],
    where: isPublic,
    passes: (balancer, topology) => topology.naming(balancer, "aws_wafv2_web_acl_association").length > 0,
    breaks: remove("aws_wafv2_web_acl_association"),
  },
  {
    ids: ["CKV2_AWS_76"],
    demands: "the web ACL stops anonymous addresses and known bad input",
    metBy: "WebAcl, managedRules",
    on: ["aws_lb"],
    where: isPublic,
    passes: (balancer, topology) =>
      webAclsOf(balancer, topology).some((acl) => {
        const groups = managedGroups(acl).map(({ name }) => name);
        return ["AWSManagedRulesAnonymousIpList", "AWSManagedRulesKnownBadInputsRuleSet"].every((name) =>
          groups.includes(name),
        );
      }),
    breaks: set(ACL, "rule", []),
  },
  {
    ids: ["CKV_AWS_175", "WAF.10"],
    demands: "a web ACL has rules",
    metBy: "WebAcl",
    on: [ACL],
    passes: ({ config }) => blocks(config.rule).length > 0,
    breaks: set(ACL, "rule", []),
  },
  {
    ids: ["CKV_AWS_192"],
    demands: "the web ACL stops what exploits Log4j",
    metBy: "WebAcl",
    on: [ACL],
    passes: (acl) =>
      managedGroups(acl).some(
        ({ name, counts, spared }) =>
          name === "AWSManagedRulesKnownBadInputsRuleSet" &&
          !counts &&
          !spared.some((rule) => rule.startsWith("Log4JRCE")),
      ),
    breaks: [
      set(ACL, "rule.override_action", { count: {} }),
      set(ACL, "rule.statement.managed_rule_group_statement.rule_action_override", [
        { name: "Log4JRCE_BODY", action_to_use: { count: {} } },
      ]),
      set(ACL, "rule", []),
    ],
  },
  {
    ids: ["CKV_AWS_342"],
    demands: "every rule of a web ACL does something",
    metBy: "WebAcl",
    on: [ACL],
    passes: ({ config }) =>
      blocks(config.rule).every((rule) => rule.action !== undefined || rule.override_action !== undefined),
    breaks: both(unset(ACL, "rule.override_action"), unset(ACL, "rule.action")),
  },
  {
    ids: ["CKV2_AWS_31", "WAF.11"],
    demands: "a web ACL logs what it does",
    metBy: "WebAcl",
    on: [ACL],
    passes: (acl, topology) => topology.naming(acl, "aws_wafv2_web_acl_logging_configuration").length > 0,
    breaks: remove("aws_wafv2_web_acl_logging_configuration"),
  },
  {
    ids: ["WAF.12"],
    demands: "a web ACL and each of its rules have metrics",
    metBy: "WebAcl",
    on: [ACL],
    passes: ({ config }) =>
      [config, ...blocks(config.rule)].every(
        (one) => block(one.visibility_config).cloudwatch_metrics_enabled === true,
      ),
    breaks: set(ACL, "rule.visibility_config.cloudwatch_metrics_enabled", false),
  },
];
