import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { addCheckPlanCommand } from "./check-plan-command";
import { CliError, type CliIo, UNUSABLE } from "./cli-io";
import { addRolesCommands } from "./roles/roles-commands";

/**
 * Runs the `tandem` command.
 *
 * @returns the exit status: 0 if all is well, 1 if something is refused, 2 if it could not run
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const program = new Command("tandem")
    .description("Steps and checks for infrastructure made with cdktf-tandem.")
    .version(version)
    .configureOutput({ writeOut: (text) => io.write(text), writeErr: (text) => io.complain(text) })
    .exitOverride()
    .showHelpAfterError("(tandem --help says more)");
  let status = 0;
  const end = (ended: number) => (status = ended);
  addRolesCommands(program, io);
  addCheckPlanCommand(program, io, end);
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNUSABLE;
    if (!(error instanceof CliError)) throw error;
    io.complain(`tandem: ${error.message}\n`);
    return error.status;
  }
}
