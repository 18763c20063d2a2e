import { runCommand } from "./command.ts";

/** Wide enough for a sentence, where nobody says how wide the terminal is. */
const WIDTH = 100;

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  width: process.stdout.columns ?? WIDTH,
});
