import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type DatabaseRoles,
  InvalidRolesError,
  type RestoreSource,
  formatRoles,
  initialRoles,
  readRoles,
} from "../../database/roles";
import { CliError, type CliIo, REFUSED, UNUSABLE } from "../cli-io";
import { rolesPicture } from "./roles-picture";
import { statusText } from "./status-text";
import type { Step } from "./step";
import { stepReport } from "./step-report";
import { addReplicaStep, failOverStep, rebuildStep, restoreStep, retireStep, switchBackStep } from "./steps";

const DEFAULT_FILE = "database-roles.json";

interface StepOptions {
  readonly file: string;
  readonly identifier?: string;
  readonly dryRun?: true;
}

interface SourceOptions {
  readonly snapshot?: string;
  readonly instance?: string;
  readonly resourceId?: string;
  readonly automatedBackupsArn?: string;
  readonly time?: string;
}

export function addRolesCommands(program: Command, io: CliIo): void {
  const roles = program
    .command("roles")
    .summary("show and change who is primary of a pair of databases")
    .description(
      "Shows and changes the roles of a pair of databases, in a file that your program reads with readRoles(). Each " +
        "step is a change of the file, to be planned, committed and deployed by you: nothing is deployed here.\n\n" +
        "Exit status: 0 if the step is taken, 1 if it is refused, 2 if it can't be read or written.",
    );
  const command = (name: string, summary: string) =>
    roles
      .command(name)
      .summary(summary)
      .description(`${summary[0]!.toUpperCase()}${summary.slice(1)}.`);
  const step = (name: string, summary: string) =>
    withFile(command(name, summary))
      .option("--dry-run", "tell what the step does, and write nothing")
      .option("--identifier <text>", "what the instances' names in RDS begin with, for commands to copy");

  withFile(command("status", "show where the pair is, and what can be done next")).action(
    ({ file }: StepOptions) => io.write(statusText(read(file), file)),
  );

  withSource(withFile(command("init", "write the file of a new pair")))
    .option("--replicas <number>", "replicas of the primary", readNumber, 1)
    .action((options: StepOptions & SourceOptions & { readonly replicas: number }) => {
      const { file, replicas } = options;
      if (existsSync(file))
        throw new CliError(`${file} is there already. Name another one with --file.`, REFUSED);
      const made = guarded(() => initialRoles({ replicas, restoredFrom: sourceOf(options) }));
      write(file, made);
      io.write(
        `${rolesPicture(made).join("\n")}\n\nWritten to ${file}, for a pair that is new or has never failed over. ` +
          `Your program reads it: roles: readRoles(${JSON.stringify(file)}).\n`,
      );
    });

  step("failover", "let a replica, or a node restored from a backup, take over")
    .option("--to <node>", "the node that takes over; needed if there are several")
    .option("--lost", "the old primary does not exist any more")
    .action((options: StepOptions & { readonly to?: string; readonly lost?: true }) =>
      take(io, options, (before) => failOverStep(before, options)),
    );

  step("rebuild", "delete what is retired, and make the replicas that are missing")
    .option("--slot <letter>", "where a new replica is made (repeatable)", collect, [])
    .action((options: StepOptions & { readonly slot: readonly string[] }) =>
      take(io, options, (before) => rebuildStep(before, { slots: options.slot })),
    );

  step("switch-back", "let the node in slot a be the primary again").action((options: StepOptions) =>
    take(io, options, switchBackStep),
  );

  step("add-replica", "make one replica more")
    .option("--slot <letter>", "where it is made")
    .action((options: StepOptions & { readonly slot?: string }) =>
      take(io, options, (before) => addReplicaStep(before, options)),
    );

  step("retire", "take a replica, or a restored node, out of service")
    .argument("<node>", "as in b1")
    .option("--for-good", "the rebuild makes none in its place")
    .action((node: string, options: StepOptions & { readonly forGood?: true }) =>
      take(io, options, (before) => retireStep(before, node, options)),
    );

  withSource(step("restore", "make a node from a backup, beside those in service"))
    .option("--slot <letter>", "where it is made")
    .action((options: StepOptions & SourceOptions & { readonly slot?: string }) => {
      const source = sourceOf(options);
      if (!source) {
        throw new CliError(
          "No backup is named. Give --snapshot, --instance, --resource-id or --automated-backups-arn.",
          UNUSABLE,
        );
      }
      take(io, options, (before) => restoreStep(before, source, options));
    });
}

/** The variable is the one that main.ts has its file from. */
function withFile(command: Command): Command {
  return command.addOption(
    new Option("--file <file>", "the file of roles").default(DEFAULT_FILE).env("TANDEM_DATABASE_ROLES"),
  );
}

function withSource(command: Command): Command {
  return command
    .option("--snapshot <id>", "a snapshot to restore, by identifier or ARN")
    .option("--instance <identifier>", "an instance whose automatic backups to restore")
    .option("--resource-id <id>", "a deleted instance whose automatic backups were kept")
    .option("--automated-backups-arn <arn>", "backups that were replicated from another region")
    .option("--time <time>", "the moment in UTC, as in 2026-11-24T03:07:00Z (default: the latest)");
}

function sourceOf(options: SourceOptions): RestoreSource | undefined {
  const { snapshot, instance, resourceId, automatedBackupsArn, time } = options;
  const given = { snapshot, instance, resourceId, automatedBackupsArn, time };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as unknown as RestoreSource);
}

/** Tells what a step does, and writes it into the file. */
function take(
  io: CliIo,
  { file, dryRun, identifier }: StepOptions,
  make: (before: DatabaseRoles) => Step,
): void {
  const before = read(file);
  const step = guarded(() => make(before));
  io.write(`${stepReport(step, { columns: io.columns, identifier })}\n`);
  if (dryRun) {
    io.write(`Nothing is written (--dry-run). ${file} would be:\n\n${formatRoles(step.after)}`);
    return;
  }
  write(file, step.after);
  io.write(
    `Written to ${file}. Nothing is deployed yet. To go on: plan, check the plan (tandem check-plan), commit, deploy.\n` +
      `To take it back before the deploy: git checkout -- ${file} (or git revert, if it is committed).\n`,
  );
}

function read(file: string): DatabaseRoles {
  return guarded(() => readRoles(file), UNUSABLE);
}

/** Beside the file first, so that there is never half of it. */
function write(file: string, roles: DatabaseRoles): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, formatRoles(roles));
    renameSync(`${file}.new`, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(`${file} can't be written (${code}). Name another one with --file.`, UNUSABLE);
  }
}

function guarded<T>(body: () => T, status = REFUSED): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof InvalidRolesError) throw new CliError(error.message, status);
    throw error;
  }
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function readNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("A whole number is wanted.");
  return Number(text);
}
