/** What is known of a group of rules that AWS looks after. */
export interface ManagedRuleGroupFacts {
  /** What AWS calls it. */
  readonly name: string;
  /** Capacity units that it takes. */
  readonly capacity: number;
  /** Whether it is there where nothing is said. */
  readonly byDefault?: boolean;
  /** Whether it has versions; the lists of addresses change all the time. */
  readonly hasVersions: boolean;
  /** Its rules, for AWS passes over a name that none has. */
  readonly rules: readonly string[];
  /** Rules that count where nothing is said, since they stop what most sites need. */
  readonly counted?: readonly string[];
}

const PARTS = {
  all: ["BODY", "COOKIE", "QUERYARGUMENTS", "URIPATH"],
  noCookie: ["BODY", "QUERYARGUMENTS", "URIPATH"],
  request: ["BODY", "HEADER", "QUERYSTRING", "URIPATH"],
} as const;

function each(rule: string, parts: readonly string[]): string[] {
  return parts.map((part) => `${rule}_${part}`);
}

/**
 * The groups in the order that they look at requests: cheap ones about addresses first, then those that look into the
 * request.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const MANAGED_RULE_GROUPS = {
  ipReputation: {
    name: "AWSManagedRulesAmazonIpReputationList",
    capacity: 25,
    byDefault: true,
    hasVersions: false,
    rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
  },
  anonymousIp: {
    name: "AWSManagedRulesAnonymousIpList",
    capacity: 50,
    byDefault: true,
    hasVersions: false,
    rules: ["AnonymousIPList", "HostingProviderIPList"],
    // Webhooks, monitors and other people's servers come from clouds.
    counted: ["HostingProviderIPList"],
  },
  knownBadInputs: {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    capacity: 200,
    byDefault: true,
    hasVersions: true,
    rules: [
      ...each("JavaDeserializationRCE", PARTS.request),
      ...each("Log4JRCE", PARTS.request),
      "ExploitablePaths_URIPATH",
      "Host_localhost_HEADER",
      "PROPFIND_METHOD",
      "ReactJSRCE_BODY",
    ],
  },
  common: {
    name: "AWSManagedRulesCommonRuleSet",
    capacity: 700,
    byDefault: true,
    hasVersions: true,
    rules: [
      "NoUserAgent_HEADER",
      "UserAgent_BadBots_HEADER",
      "SizeRestrictions_Cookie_HEADER",
      ...each("SizeRestrictions", ["BODY", "QUERYSTRING", "URIPATH"]),
      ...each("EC2MetaDataSSRF", PARTS.all),
      ...each("CrossSiteScripting", PARTS.all),
      ...each("GenericLFI", PARTS.noCookie),
      ...each("GenericRFI", PARTS.noCookie),
      ...each("RestrictedExtensions", ["QUERYARGUMENTS", "URIPATH"]),
    ],
    // It stops every body over 8 KiB, all uploads among them; hosts take 10 MiB.
    counted: ["SizeRestrictions_BODY"],
  },
  sqlInjection: {
    name: "AWSManagedRulesSQLiRuleSet",
    capacity: 200,
    byDefault: true,
    hasVersions: true,
    rules: [
      ...each("SQLi", PARTS.all),
      ...each("SQLiExtendedPatterns", ["BODY", "HEADER", "QUERYARGUMENTS", "URIPATH"]),
    ],
  },
  adminProtection: {
    name: "AWSManagedRulesAdminProtectionRuleSet",
    capacity: 100,
    hasVersions: true,
    rules: ["AdminProtection_URIPATH"],
  },
  linux: {
    name: "AWSManagedRulesLinuxRuleSet",
    capacity: 200,
    hasVersions: true,
    rules: each("LFI", ["HEADER", "QUERYSTRING", "URIPATH"]),
  },
  posix: {
    name: "AWSManagedRulesUnixRuleSet",
    capacity: 100,
    hasVersions: true,
    rules: each("UNIXShellCommandsVariables", ["BODY", "HEADER", "QUERYARGUMENTS", "QUERYSTRING"]),
  },
  windows: {
    name: "AWSManagedRulesWindowsRuleSet",
    capacity: 200,
    hasVersions: true,
    rules: [
      ...each("WindowsShellCommands", ["BODY", "COOKIE", "HEADER", "QUERYARGUMENTS", "URIPATH"]),
      ...each("PowerShellCommands", ["BODY", "COOKIE", "QUERYARGUMENTS"]),
    ],
  },
  php: {
    name: "AWSManagedRulesPHPRuleSet",
    capacity: 100,
    hasVersions: true,
    rules: each("PHPHighRiskMethodsVariables", PARTS.request),
  },
  wordpress: {
    name: "AWSManagedRulesWordPressRuleSet",
    capacity: 100,
    hasVersions: true,
    rules: ["WordPressExploitableCommands_QUERYSTRING", "WordPressExploitablePaths_URIPATH"],
  },
} as const satisfies Readonly<Record<string, ManagedRuleGroupFacts>>;

/** A group of rules that AWS looks after, by a short word. */
export type ManagedRuleGroup = keyof typeof MANAGED_RULE_GROUPS;

/** All of them, in their order. */
export const MANAGED_RULE_GROUP_WORDS = Object.keys(MANAGED_RULE_GROUPS) as readonly ManagedRuleGroup[];

export function factsOf(group: ManagedRuleGroup): ManagedRuleGroupFacts {
  return MANAGED_RULE_GROUPS[group];
}
