import { runCommand } from "./command.ts";

/** The width if the terminal's is unknown: enough for a sentence. */
const WIDTH = 100;

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  width: process.stdout.columns ?? WIDTH,
});
