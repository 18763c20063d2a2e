import { runCommand } from "./command/run-command.ts";

const { stdout, stderr, env } = process;
// A pipe that is closed early (| head) is not an error of the run.
stdout.on("error", () => {});
process.exitCode = await runCommand(process.argv.slice(2), { stdout, stderr, env });
