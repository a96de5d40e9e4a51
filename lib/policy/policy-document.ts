import { Token } from "cdktf";

/** One statement of an IAM policy; `Effect` is `Allow` unless said otherwise. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: Readonly<Record<string, string | readonly string[]>> | "*";
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * An IAM policy as JSON, written here and not read from the `aws_iam_policy_document` data source, so that a
 * plan shows it without asking an account.
 */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  const document = {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      ...(statement.sid && { Sid: statement.sid }),
      Effect: statement.effect ?? "Allow",
      ...(statement.principals && { Principal: statement.principals }),
      Action: oneOrMany(statement.actions),
      ...(statement.resources && { Resource: oneOrMany(statement.resources) }),
      ...(statement.conditions && { Condition: statement.conditions }),
    })),
  };
  return JSON.stringify(document);
}

/** The trust policy that lets one AWS service take a role. */
export function assumeRolePolicy(service: string): string {
  return policyDocument({ actions: ["sts:AssumeRole"], principals: { Service: service } });
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 && !Token.isUnresolved(values) ? values[0]! : values;
}

/** Something with a role that permissions can be given to: hosts, or your own construct. */
export interface IGrantable {
  /**
   * Adds a policy to the role.
   *
   * @param id part of the policy's address; repeating it is refused by CDKTF
   */
  addPolicy(id: string, ...statements: readonly PolicyStatement[]): void;
}
