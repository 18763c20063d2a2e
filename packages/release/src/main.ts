import { runCommand } from "./commands.ts";

const { code, text } = await runCommand(process.cwd(), process.argv.slice(2));
(code === 0 ? console.log : console.error)(text);
process.exitCode = code;
