import { type Value, type Values, isAbsent, isObject } from "../values";

/** The JSON that data source `aws_iam_policy_document` makes of its blocks, in the form of the real one. */
export function policyDocument(config: Values): string {
  const statements = list(config.statement).map((block) => policyStatement(block as Values));
  const sources = texts(config.source_policy_documents).map(parse);
  const overrides = texts(config.override_policy_documents).map(parse);
  const document = {
    Version: config.version ?? overrides.at(-1)?.Version ?? sources.at(-1)?.Version ?? "2012-10-17",
    ...(!isAbsent(config.policy_id) && { Id: config.policy_id }),
    Statement: overridden([...sources.flatMap(statementsOf), ...statements], overrides.flatMap(statementsOf)),
  };
  return JSON.stringify(document, null, 2);
}

function policyStatement(block: Values): Values {
  return {
    ...(block.sid ? { Sid: block.sid } : {}),
    Effect: block.effect ?? "Allow",
    ...oneOrMany("Action", block.actions),
    ...oneOrMany("NotAction", block.not_actions),
    ...oneOrMany("Resource", block.resources),
    ...oneOrMany("NotResource", block.not_resources),
    ...principals("Principal", block.principals),
    ...principals("NotPrincipal", block.not_principals),
    ...conditions(list(block.condition) as Values[]),
  };
}

function oneOrMany(key: string, value: Value | undefined): Values {
  const values = texts(value).map(withVariables).sort().reverse();
  if (values.length === 0) return {};
  return { [key]: values.length === 1 ? values[0]! : values };
}

function principals(key: string, value: Value | undefined): Values {
  const blocks = list(value) as Values[];
  if (blocks.length === 0) return {};
  const everybody = blocks.some(({ type, identifiers }) => type === "*" && texts(identifiers).includes("*"));
  if (everybody) return { [key]: "*" };
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of blocks) {
    (byType[String(type)] ??= []).push(...texts(identifiers).map(withVariables));
  }
  return {
    [key]: Object.fromEntries(
      Object.entries(byType).flatMap(([type, identifiers]) => Object.entries(oneOrMany(type, identifiers))),
    ),
  };
}

function conditions(blocks: readonly Values[]): Values {
  if (blocks.length === 0) return {};
  const byTest: Record<string, Values> = {};
  for (const { test, variable, values } of blocks) {
    const wanted = texts(values).map(withVariables);
    (byTest[String(test)] ??= {})[String(variable)] = wanted.length === 1 ? wanted[0]! : wanted;
  }
  return { Condition: byTest };
}

/** Statements of the same `Sid` give way to those that override them. */
function overridden(statements: readonly Values[], overrides: readonly Values[]): Values[] {
  const sids = new Set<Value | undefined>(
    overrides.map((statement) => statement.Sid).filter((sid) => sid !== undefined),
  );
  return [...statements.filter((statement) => !sids.has(statement.Sid)), ...overrides];
}

function statementsOf({ Statement: statements }: Values): Values[] {
  return (Array.isArray(statements) ? statements : isObject(statements) ? [statements] : []) as Values[];
}

/** Policy variables are written with `&{`, as `${` is Terraform's own. */
function withVariables(text: string): string {
  return text.replaceAll("&{", "${");
}

function parse(text: string): Values {
  const document = JSON.parse(text) as Value;
  return isObject(document) ? document : {};
}

function texts(value: Value | undefined): string[] {
  return list(value).map(String);
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}
