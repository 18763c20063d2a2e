import { readFileSync } from "node:fs";
import { accountOptions } from "./api/account-options.ts";
import { bundledApi } from "./api/bundled-api.ts";
import { isApiFailure } from "./api/failures.ts";
import { addCommand } from "./command/add.ts";
import { acknowledgeCommand, recoverCommand, settleCommand } from "./command/decide.ts";
import { exportCommand } from "./command/export.ts";
import { historyCommand } from "./command/history.ts";
import { retryCommand } from "./command/retry.ts";
import { resumeCommand, runCommand } from "./command/run.ts";
import { readBackCommand, statusCommand } from "./command/status.ts";
import { workCommand } from "./command/work.ts";
import type { Command } from "./command-line/command.ts";
import { parseCommand } from "./command-line/parse-command.ts";
import { usage } from "./command-line/usage.ts";
import { messageOf, OutboxError } from "./outbox-error.ts";
import { EXIT, type Exit } from "./terminal/exit.ts";
import { say, warn } from "./terminal/say.ts";

/**
 * The command. It writes its output to the console.
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<Exit> {
  try {
    return await perform(parseCommand(args, accountOptions(bundledApi())));
  } catch (error) {
    warn(`dots-outbox: ${whatFailed(error)}`);
    return EXIT.cannotStart;
  }
}

function whatFailed(error: unknown): string {
  if (error instanceof OutboxError) return error.message;
  if (isApiFailure(error)) return `The API cannot be reached: ${messageOf(error)}`;
  return `It failed: ${String(error)}`;
}

async function perform(command: Command): Promise<Exit> {
  switch (command.kind) {
    case "help":
      say(usage(accountOptions(bundledApi())));
      return EXIT.done;
    case "version":
      say(version());
      return EXIT.done;
    case "run":
      return runCommand(command);
    case "add":
      return addCommand(command);
    case "resume":
      return resumeCommand(command);
    case "work":
      return workCommand(command);
    case "retry":
      return retryCommand(command);
    case "settle":
      return settleCommand(command);
    case "acknowledge":
      return acknowledgeCommand(command);
    case "status":
      return statusCommand(command);
    case "export":
      return exportCommand(command);
    case "history":
      return historyCommand(command);
    case "read-back":
      return readBackCommand(command);
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
