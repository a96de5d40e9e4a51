import { ACCOUNT_ID } from "../made-up-values";
import type { Value, Values } from "../values";
import { policyDocument } from "./policy-document";
import type { ProviderSettings } from "./provider-settings";

type Answer = (config: Values, settings: ProviderSettings) => Values;

/** What is answered for the data sources of AWS that plans most often depend on. Others get made-up values. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  aws_caller_identity: () => ({
    id: ACCOUNT_ID,
    account_id: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:user/offline`,
    user_id: "AIDAOFFLINEOFFLINE123",
  }),
  aws_partition: (_, { region }) => {
    const isChina = region.startsWith("cn-");
    const partition = isChina ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return {
      id: partition,
      partition,
      dns_suffix: isChina ? "amazonaws.com.cn" : "amazonaws.com",
      reverse_dns_prefix: isChina ? "cn.com.amazonaws" : "com.amazonaws",
    };
  },
  aws_region: (config, settings) => {
    const region = String(config.region ?? config.name ?? settings.region);
    return { id: region, name: region, region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
  },
  aws_availability_zones: (config, settings) => {
    const region = String(config.region ?? settings.region);
    const excluded = (config.exclude_names ?? []) as Value[];
    const letters = ["a", "b", "c"].filter((letter) => !excluded.includes(region + letter));
    return {
      id: region,
      names: letters.map((letter) => region + letter),
      zone_ids: letters.map((letter) => `offline-az${letter.charCodeAt(0) - 96}`),
      group_names: [region],
    };
  },
  aws_iam_policy_document: (config) => {
    const json = policyDocument(config);
    return { id: "policy-document", json, minified_json: JSON.stringify(JSON.parse(json)) };
  },
  aws_ssm_parameter: (config, settings) => ({
    id: config.name!,
    arn: `arn:aws:ssm:${String(config.region ?? settings.region)}:${ACCOUNT_ID}:parameter/${String(config.name).replace(/^\//, "")}`,
    type: "String",
    value: "offline-parameter",
    insecure_value: "offline-parameter",
    version: 1,
  }),
};

/** What reading a data source gives; nothing for those whose values are made up. */
export function answer(type: string, config: Values, settings: ProviderSettings): Values {
  return ANSWERS[type]?.(config, settings) ?? {};
}
