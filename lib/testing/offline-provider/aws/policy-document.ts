import { type Value, type Values, isAbsent, isObject } from "../values";

/** The JSON that data source `aws_iam_policy_document` makes of its blocks, in the form of the real one. */
export function policyDocument(config: Values): string {
  const own: Values = {
    Version: config.version ?? "2012-10-17",
    ...(config.policy_id ? { Id: config.policy_id } : {}),
    Statement: list(config.statement).map((block) => policyStatement(block as Values)),
  };
  const parts = [
    ...texts(config.source_policy_documents).map(parse),
    own,
    ...texts(config.override_policy_documents).map(parse),
  ];
  const { Version, Id, Statement } = parts.reduce(merged, {});
  return JSON.stringify({ Version, Id, Statement }, null, 2);
}

/** The newer document's id, the later version, and its statements in place of those of the same `Sid`. */
function merged(document: Values, newer: Values): Values {
  const statements = statementsOf(document);
  for (const statement of statementsOf(newer)) {
    const index = statement.Sid ? statements.findIndex(({ Sid }) => Sid === statement.Sid) : -1;
    statements.splice(index < 0 ? statements.length : index, 1, statement);
  }
  const version = [document.Version, newer.Version]
    .filter((one) => !isAbsent(one))
    .map(String)
    .sort()
    .at(-1);
  return {
    ...(version !== undefined && { Version: version }),
    ...((newer.Id || document.Id) && { Id: newer.Id || document.Id! }),
    Statement: statements,
  };
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
    [key]: sorted(byType, (identifiers) => single((identifiers as string[]).sort().reverse())),
  };
}

/** Keys in order, as Go writes maps. */
function sorted(values: Values, map: (value: Value) => Value): Values {
  return Object.fromEntries(
    Object.keys(values)
      .sort()
      .map((key) => [key, map(values[key]!)]),
  );
}

function single(values: Value): Value {
  return Array.isArray(values) && values.length === 1 ? values[0]! : values;
}

function conditions(blocks: readonly Values[]): Values {
  if (blocks.length === 0) return {};
  const byTest: Record<string, Values> = {};
  for (const { test, variable, values } of blocks) {
    const byVariable = (byTest[String(test)] ??= {});
    const wanted = [...list(byVariable[String(variable)]), ...texts(values).map(withVariables)];
    byVariable[String(variable)] = wanted;
  }
  return { Condition: sorted(byTest, (variables) => sorted(variables as Values, single)) };
}

function statementsOf({ Statement: statements }: Values): Values[] {
  return (Array.isArray(statements) ? [...statements] : isObject(statements) ? [statements] : []) as Values[];
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
