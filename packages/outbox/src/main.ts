import { readFileSync } from "node:fs";
import { EXIT, type Exit } from "./command/exit.ts";
import { type Command, parseCommand, USAGE } from "./command/options.ts";
import {
  exportCommand,
  historyCommand,
  recoverCommand,
  resumeCommand,
  retryCommand,
  settleCommand,
  statusCommand,
} from "./command/others.ts";
import { runCommand } from "./command/run.ts";
import { OutboxError } from "./outbox-error.ts";

/**
 * The command. It writes what it has to say to the console.
 * @returns what the process exits with
 */
export async function main(args: readonly string[]): Promise<Exit> {
  try {
    return await perform(parseCommand(args));
  } catch (error) {
    console.error(
      `dots-outbox: ${error instanceof OutboxError ? error.message : `It failed: ${String(error)}`}`,
    );
    return EXIT.cannotStart;
  }
}

async function perform(command: Command): Promise<Exit> {
  switch (command.kind) {
    case "help":
      console.log(USAGE);
      return EXIT.done;
    case "version":
      console.log(version());
      return EXIT.done;
    case "run":
      return runCommand(command);
    case "resume":
      return resumeCommand(command);
    case "retry":
      return retryCommand(command);
    case "settle":
      return settleCommand(command);
    case "status":
      return statusCommand(command);
    case "export":
      return exportCommand(command);
    case "history":
      return historyCommand(command);
    case "recover":
      return recoverCommand(command);
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const value =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(value);
}
