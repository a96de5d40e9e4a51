import { runCli } from "./program";

void runCli(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  columns: process.stdout.columns,
}).then((status) => {
  process.exitCode = status;
});
