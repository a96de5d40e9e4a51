import type { PlanJson } from "../terraform-plan";

const HOW = "Write one by: terraform plan -out plan.bin && terraform show -json plan.bin > plan.json.";

/**
 * Reads what `terraform show -json` printed of a plan.
 *
 * @param source what messages call it
 * @throws Error that says what it is instead
 */
export function readPlan(content: Buffer, source: string): PlanJson {
  // The plan file is a zip archive.
  if (content.subarray(0, 2).toString("latin1") === "PK") {
    throw new Error(`${source} is a plan file, which only Terraform can read. ${HOW}`);
  }
  const json = parse(content, source);
  const isObject = json !== null && typeof json === "object" && !Array.isArray(json);
  const plan = (isObject ? json : {}) as PlanJson & {
    readonly planned_values?: unknown;
    readonly values?: unknown;
  };
  if (plan.resource_changes !== undefined || plan.planned_values !== undefined) return plan;
  const what =
    plan.format_version !== undefined && plan.values !== undefined
      ? "a state, and no plan"
      : "no plan of Terraform's";
  throw new Error(`${source} is ${what}. ${HOW}`);
}

function parse(content: Buffer, source: string): unknown {
  // PowerShell writes UTF-16 with > unless told otherwise.
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  const text = content.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is no JSON (${(error as Error).message}). ${HOW}`, { cause: error });
  }
}
