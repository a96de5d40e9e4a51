import { isJsonObject, parseJson } from "../json";
import type { PlanJson } from "../terraform-plan";

const HOW = "Write one by: terraform plan -out plan.bin && terraform show -json plan.bin > plan.json.";

/** Major version of the format that is known. */
const NEWEST_FORMAT = 1;

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
  const plan = isJsonObject(json) ? json : {};
  const isPlan = isListOfChanges(plan.resource_changes) || isJsonObject(plan.planned_values);
  if (!isPlan) {
    const isState = plan.values !== undefined || (plan.lineage !== undefined && plan.resources !== undefined);
    throw new Error(`${source} is ${isState ? "a state, and no plan" : "no plan of Terraform's"}. ${HOW}`);
  }
  const version = plan.format_version;
  if (typeof version === "string" && Number(version.split(".")[0]) > NEWEST_FORMAT) {
    throw new Error(
      `${source} has the format ${version}, which this version does not know. Update cdktf-tandem, or use Terraform 1.`,
    );
  }
  return plan;
}

function isListOfChanges(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one) => isJsonObject(one) && isJsonObject(one.change) && Array.isArray(one.change.actions))
  );
}

function parse(content: Buffer, source: string): unknown {
  // PowerShell writes UTF-16 with > unless told otherwise.
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  const text = content.toString(isUtf16 ? "utf16le" : "utf8");
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${source} is no JSON (${(error as Error).message}). ${HOW}`, { cause: error });
  }
}
