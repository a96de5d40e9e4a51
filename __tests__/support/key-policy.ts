import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { Config, Synthesized } from "./synth";

/** Parts of a key's ARN, by their place in it. */
const PARTS: Readonly<Record<string, string>> = { "1": "PARTITION", "3": "REGION", "4": "ACCOUNT" };

/** The statements of a key's policy by their sid, with words for what Terraform reads off the key's ARN. */
export function keyStatements(json: Synthesized, policy: KmsKeyPolicy): Record<string, Config> {
  const text: string = json
    .of(policy)
    .policy.replace(/\$\{lookup\((\{.*?\}), .*?, "amazonaws.com"\)\}/g, "DOMAIN")
    .replace(
      /\$\{element\(split\(":", aws_kms_key\.\w+\.arn\), (\d)\)\}/g,
      (_: string, at: string) => PARTS[at],
    );
  const statements: Config[] = JSON.parse(text).Statement;
  return Object.fromEntries(statements.map(({ Sid, ...statement }) => [Sid, statement]));
}
