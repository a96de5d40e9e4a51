import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import {
  type Allowance,
  GUARD_RULES,
  type GuardFinding,
  type PlanVerdict,
  checkPlan,
  readPlan,
} from "../plan-guard";
import { CliError, type CliIo, REFUSED, UNUSABLE } from "./cli-io";

interface Options {
  readonly allow: readonly Allowance[];
  readonly json?: true;
  readonly rules?: true;
}

const STDIN = 0;

export function addCheckPlanCommand(program: Command, io: CliIo, end: (status: number) => void): void {
  program
    .command("check-plan")
    .summary("refuse a plan that loses a database's data, or can't work")
    .description(
      "Reads what `terraform show -json` prints of a plan, and refuses what loses data of RDS and Aurora databases, or " +
        "would fail half way. The plan may be of any configuration.\n\n" +
        "Exit status: 0 if the plan may be applied, 1 if it is refused, 2 if it can't be read.",
    )
    .argument("[plan.json]", "the file; - reads standard input", "-")
    .option(
      "--allow <rule[=address]>",
      "let a finding pass that you answer for (repeatable)",
      readAllowance,
      [],
    )
    .option("--json", "print the verdict as JSON")
    .option("--rules", "list the rules")
    .addHelpText(
      "after",
      "\nExample:\n  terraform plan -out plan.bin && terraform show -json plan.bin | tandem check-plan",
    )
    .action((file: string, options: Options) => {
      if (options.rules) {
        io.write(rulesText());
        return;
      }
      const verdict = judge(file, options);
      io.write(options.json ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(verdict));
      if (verdict.isRefused) end(REFUSED);
    });
}

function judge(file: string, { allow }: Options): PlanVerdict {
  if (file === "-" && process.stdin.isTTY) {
    throw new CliError("No plan is given. Name a file, or pipe terraform show -json into it.", UNUSABLE);
  }
  const source = file === "-" ? "standard input" : file;
  let content: Buffer;
  try {
    content = readFileSync(file === "-" ? STDIN : file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      `${source} can't be read (${code}). Name a file that terraform show -json wrote.`,
      UNUSABLE,
    );
  }
  try {
    return checkPlan(readPlan(content, source), { allow });
  } catch (error) {
    throw new CliError((error as Error).message, UNUSABLE);
  }
}

function readAllowance(text: string, before: readonly Allowance[]): Allowance[] {
  const [, rule, address] = /^([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  if (rule === undefined) throw new InvalidArgumentError("A rule is wanted, or rule=address.");
  return [...before, { rule, address }];
}

function verdictText({ isRefused, findings, allowed, databases, unusedAllowances }: PlanVerdict): string {
  const stops = findings.filter(({ severity }) => severity === "refused").length;
  const blocks = [
    ...findings.map((one) => findingText(one, one.severity)),
    ...allowed.map((one) => findingText(one, "allowed")),
    ...unusedAllowances.map(
      ({ rule, address }) => `Nothing was found that --allow ${rule}${address ? `=${address}` : ""} is for.`,
    ),
    isRefused
      ? `The plan is refused, for ${plural(stops, "reason")}. What you answer for passes with --allow rule=address.`
      : `The plan may be applied: ${passText(allowed.length, databases)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function passText(allowed: number, databases: number): string {
  if (databases === 0) return "it has no RDS instances and no Aurora clusters.";
  const but = allowed === 0 ? "" : `but for what you answer for (${plural(allowed, "finding")}), `;
  return `${but}no rule finds that it loses data of its ${plural(databases, "database")}, or fails.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function findingText({ rule, address, message, remedy }: GuardFinding, label: string): string {
  return `${label}: ${rule}\n  ${address}\n  ${message}\n  ${remedy}`;
}

function rulesText(): string {
  const width = Math.max(...GUARD_RULES.map(({ id }) => id.length));
  return GUARD_RULES.map(({ id, refuses }) => `${id.padEnd(width)}  refuses ${refuses}\n`).join("");
}
