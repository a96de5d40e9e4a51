import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Writes the program that someone would write by hand for a synthesized stack: one provider class a resource,
 * attributes of other resources where they are referred to, nothing else.
 */
export function handWritten(json) {
  const imports = new Map();
  const resources = order(
    Object.entries(json.resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, config]) => ({ type, name, config })),
    ),
  );
  const names = new Set(resources.map(({ type, name }) => `${type}.${name}`));
  const lines = resources.map(({ type, name, config }) => {
    const path = pathOf(type);
    imports.set(path, classOf(path, type));
    // A class takes iterators here; the expression they render goes in as it is.
    const { for_each, ...rest } = config;
    const made = `const ${variable(type, name)} = new ${imports.get(path)}(stack, ${JSON.stringify(name)}, ${write(rest, names)});`;
    return for_each === undefined
      ? `  ${made}`
      : `  ${made}\n  ${variable(type, name)}.addOverride("for_each", ${JSON.stringify(for_each)});`;
  });
  const overrides = Object.entries(json.ephemeral ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([name, config]) =>
        `  stack.addOverride(${JSON.stringify(`ephemeral.${type}.${name}`)}, ${JSON.stringify(config)});`,
    ),
  );
  if (json.terraform.required_version !== undefined) {
    const version = JSON.stringify(json.terraform.required_version);
    overrides.push(`  stack.addOverride("terraform.required_version", ${version});`);
  }
  return [
    'const { App, TerraformStack, Token } = require("cdktf");',
    'const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");',
    ...[...imports].map(([path, name]) => `const { ${name} } = require("${path}");`),
    "const [outdir, stacks] = process.argv.slice(2);",
    "const text = (value) => (typeof value === 'number' ? Token.asString(value) : value);",
    "const app = new App({ outdir });",
    "for (let number = 0; number < Number(stacks); number++) {",
    "  const stack = new TerraformStack(app, `stack${number}`);",
    '  new AwsProvider(stack, "aws", { region: "eu-west-1" });',
    ...lines,
    ...overrides,
    "}",
    "app.synth();",
    "",
  ].join("\n");
}

/** terraform_data is Terraform's own, and so in CDKTF itself. */
function pathOf(type) {
  if (type === "terraform_data") return "cdktf";
  return `@cdktf/provider-aws/lib/${type.replace(/^aws_/, "").replaceAll("_", "-")}`;
}

function classOf(path, type) {
  const found = Object.entries(require(path)).find(([, value]) => value?.tfResourceType === type);
  if (!found) throw new Error(`no class for ${type} in ${path}`);
  return found[0];
}

/** Resources after those they refer to. */
function order(resources) {
  const left = new Map(resources.map((one) => [`${one.type}.${one.name}`, one]));
  const ordered = [];
  const take = (address) => {
    const one = left.get(address);
    if (!one) return;
    left.delete(address);
    for (const [other] of [...left].filter(([other]) => JSON.stringify(one.config).includes(other)))
      take(other);
    ordered.push(one);
  };
  for (const address of [...left.keys()]) take(address);
  return ordered;
}

function write(value, names) {
  if (Array.isArray(value)) return `[${value.map((one) => write(one, names)).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, one]) => `${JSON.stringify(isData(key) ? key : camel(key))}: ${member(key, one, names)}`);
    return `{ ${parts.join(", ")} }`;
  }
  const reference = typeof value === "string" && /^\$\{([a-z0-9_]+)\.([\w-]+)\.([a-z0-9_]+)\}$/.exec(value);
  if (reference && names.has(`${reference[1]}.${reference[2]}`)) {
    return `text(${variable(reference[1], reference[2])}.${camel(reference[3])})`;
  }
  return JSON.stringify(value);
}

function member(key, value, names) {
  if (key === "depends_on") return dependencies(value);
  // The bindings know no types of a web ACL's statements, and take them as they are.
  return key === "statement" ? JSON.stringify(value) : write(value, names);
}

const dependencies = (addresses) =>
  `[${addresses.map((address) => variable(...address.split("."))).join(", ")}]`;
const variable = (type, name) => `${type}_${name}`.replace(/\W/g, "_");
const camel = (key) => key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
/** Keys of maps are the user's, and stay as they are: here only tags, whose keys start in upper case. */
const isData = (key) => /^[A-Z]/.test(key);
