import { runCli } from "./program";

// Whoever reads may have had enough, as head has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void runCli(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  columns: process.stdout.columns,
}).then((status) => {
  process.exitCode = status;
});
